using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Fuzz.Targets;

/// <summary>Entity files, which people and merges edit.</summary>
internal sealed class EntityTarget(Corpus corpus) : IFuzzTarget
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    private readonly Mutator mutator = new(
        corpus.Entities,
        "&a ", "*a", "<<: ", "!!str ", "!<x> ", "%YAML 1.1\n---\n", "%TAG ! tag:x,2000:\n---\n", "---\n", "...\n", "|\n", ">-\n", "|9\n", "? ", ": ",
        "- ", "\n", "\n  ", "\t", "\"", "'", "{", "}", "[", "]", ",", "#", "null", "~",
        "\"\\ud800\"", "\"\\x41\\U0010FFFF\"", "\"\\UFFFFFFFF\"", "Tags: [a]\n", "  Tags: [a]\n", "  Version: 3\n",
        "  x: {y: [1, 1e400, 0x1F, .inf]}\n", "other:\n  Exp: 1\n", "other: {x: 1}\n", "expires: 9999-12-31T23:59:59-14:00\n",
        "expires: 0001-01-01T00:00:00+14:00\n", "not_before: -1\n", "kind: user\n", "kind: account\n", "kind: operator\n", "yes", "0o7", "=", "@",
        "`");

    public string Name => "entities";

    public byte[] Make(Random random) => mutator.Make(random);

    public bool Run(byte[] input)
    {
        string text = InputText.OfFile(input);
        bool taken = false;
        foreach (EntityKind kind in Enum.GetValues<EntityKind>())
        {
            taken |= Attempt.Run(() =>
            {
                Check(EntityFile.Read(text, kind), kind);
                CheckRewrite(text, kind);
            });
        }

        return taken;
    }

    /// <summary>However a file is written, an edit of it says what was wanted, and none changes no letter that matters.</summary>
    private static void CheckRewrite(string text, EntityKind kind)
    {
        EntityDocument document = EntityFile.Read(text, kind);
        var claims = (ClaimSet)document.Wanted.Copy();
        claims.Name = "edited";
        claims.Tags.Add("by#fuzz");
        claims.Expires = 4_000_000_000;
        document = document with { Wanted = claims };
        string expected = EntityFile.Write(document);
        string written = EntityFile.Rewrite(text, document, kind);
        EntityDocument again = Hold.Reads("an entity file that was edited is refused", written, () => EntityFile.Read(written, kind));
        Hold.That(EntityFile.Write(again) == expected, "an edited entity file says something else", () => $"{text}\n=>\n{written}");
    }

    private static void Check(EntityDocument document, EntityKind kind)
    {
        string first = EntityFile.Write(document);
        EntityDocument again = Hold.Reads("an entity file that was written is refused", first, () => EntityFile.Read(first, kind));
        string second = EntityFile.Write(again);
        Hold.That(first == second && document.Jwt == again.Jwt, "an entity file says something else when it is read and written", () =>
            $"{first}\n{second}");
        ClaimSet wanted = document.Wanted;
        Hold.That(Jwt.ClaimJson.SameWish(wanted, again.Wanted), "an entity file wants something else when it is read and written", () => first);
        ClaimValidator.Check(wanted, Now);
        RoundTrip.CheckToken(wanted);
    }
}
