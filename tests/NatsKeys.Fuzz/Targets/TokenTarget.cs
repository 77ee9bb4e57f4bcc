using NatsKeys.Jwt;
using NatsKeys.Rules;

namespace NatsKeys.Fuzz.Targets;

/// <summary>Tokens that were damaged on their way.</summary>
internal sealed class TokenTarget(Corpus corpus) : IFuzzTarget
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private readonly Mutator mutator = new(corpus.Tokens, ".", "..", "=", "\r\n", "+/", "eyJ", "-_", " ", "A");

    public string Name => "tokens";

    public byte[] Make(Random random) => mutator.Make(random);

    public bool Run(byte[] input)
    {
        string text = InputText.WithHalves(input);
        bool typed = Attempt.Run(() => JwtReader.Read(text));
        bool generic = Attempt.Run(() => _ = ((Claims.GenericClaims)JwtReader.ReadGeneric(text).Claims).Data);
        Attempt.Run(() => TokenFinder.Find(text));
        bool open = Attempt.Run(() => JwtReader.ReadUnchecked(text));
        Hold.That(open || !typed, "a token reads only when its signature is checked");
        bool isGood = JwtValidator.Check(text, Now).All(finding => !finding.Rule.StartsWith("token.", StringComparison.Ordinal));
        Hold.That(isGood == typed, "validation and reading differ");
        return typed || generic;
    }
}
