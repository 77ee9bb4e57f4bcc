using System.Text;
using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Fuzz.Targets;

/// <summary>Signing requests that somebody altered who knows how to make their digest right again.</summary>
internal sealed class RequestTarget(Corpus corpus) : IFuzzTarget
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private readonly NatsStore store = NatsStore.InMemory();

    private readonly Mutator mutator = new(
        [.. Requests(corpus)],
        "above:\n", "requests:\n", "completed:\n", "changes:\n", "- x 2 → 1\n", "wanted:\n", "- entity: O\n", "- entity: O/A/U\n", "../", "/",
        "kind: user\n", "kind: signing-request\n", "format: 2\n", "digest: x\n",
        "created: 0\n", "expires: 1\n", "jwt: a.b.c\n", "issuer: x\n", "\n", "\n  ", "- ", "[]", "{}", "~", "'", "\"", "#");

    public string Name => "requests";

    public byte[] Make(Random random) => mutator.Make(random);

    public bool Run(byte[] input)
    {
        string text = InputText.OfFile(input).TrimEnd('\n') + "\n";
        return Attempt.Run(() => Check(Read(text)));
    }

    /// <summary>Each account of the vectors, asked for below an operator.</summary>
    private static IEnumerable<byte[]> Requests(Corpus corpus)
    {
        NatsJwt[] tokens = [.. corpus.Tokens.Select(token => Try(() => JwtReader.Read(Encoding.UTF8.GetString(token)))).OfType<NatsJwt>()];
        NatsJwt owner = tokens.First(token => token.Kind == ClaimKind.Operator);
        return tokens.Where(token => token.Kind == ClaimKind.Account).Select(token => Try(() => Request(owner, token))).OfType<byte[]>();
    }

    private static byte[] Request(NatsJwt owner, NatsJwt account)
    {
        var place = new EntityPath(owner.Name ?? "");
        var entities = new RequestEntities(NatsStore.InMemory());
        NatsEntity above = entities.Add(place, owner);
        NatsEntity entity = entities.Make(place.Child(account.Name ?? ""), new EntityDocument(account.Claims, account.Token));
        return Encoding.UTF8.GetBytes(RequestWriter.Text(Now, expires: null, [above], [new RequestedSignature(entity, new VerifiedEntities())]));
    }

    private static T? Try<T>(Func<T> make)
        where T : class
    {
        try
        {
            return make();
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }

    private NatsSigningRequest Read(string text) => RequestReader.Read("request", $"{text}digest: {RequestFile.DigestOf(text)}\n", store);

    /// <summary>Whatever was read says the same once it is written again, and can be shown.</summary>
    private void Check(NatsSigningRequest request)
    {
        NatsEntity[] asked = [.. request.GetSignatures().Select(signature => signature.Entity)];
        IEnumerable<NatsEntity> above = asked.SelectMany(entity => new[] { entity.Parent.Parent, entity.Parent }).Except(asked);
        string written = RequestWriter.Text(request.Created, request.Expires, above.OrderBy(entity => entity.Kind), request.GetSignatures());
        NatsSigningRequest again = Hold.Reads("a signing request that was written is refused", written, () => Read(written));
        string first = string.Join('\n', request.GetSignatures().Select(signature => signature.Text));
        Hold.That(first == string.Join('\n', again.GetSignatures().Select(signature => signature.Text)),
            "a signing request shows something else when it is read and written", () => first);
        Hold.That(!first.Any(letter => char.IsControl(letter) && letter != '\n'), "a signing request shows what moves the cursor", () => first);
    }
}
