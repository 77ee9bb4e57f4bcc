using System.Buffers.Text;
using System.Text;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Fuzz.Targets;

/// <summary>Payloads of tokens, which a stranger with a key of his own can sign whatever they state. The first byte chooses the header.</summary>
internal sealed class PayloadTarget(Corpus corpus) : IFuzzTarget
{
    private static readonly string HeaderOne = Base64Url.EncodeToString("""{"typ":"jwt","alg":"ed25519"}"""u8);
    private readonly Mutator mutator = new(
        corpus.Payloads, "null", "\"\"", "{}", "[]", "\"type\":\"user\",", "\"version\":1,", "\"nats\":", "1e400", ",", ":", "\"", "/**/");
    private readonly JsonMutator json = new(corpus.Payloads, [.. corpus.Texts.Take(2000).Select(Encoding.UTF8.GetString)]);

    public string Name => "payloads";

    public byte[] Make(Random random)
    {
        byte[] payload = random.Next(3) switch
        {
            0 => mutator.Make(random),
            1 => json.Make(random),
            _ => random.Next(4) == 0 ? mutator.Damage(random, json.Make(random)) : json.Make(random),
        };
        byte header = (byte)(payload.AsSpan().IndexOf("\"type\":\"user\",\"nats\""u8) >= 0 || random.Next(8) == 0 ? '1' : '2');
        return [header, (byte)('0' + random.Next(4)), .. payload];
    }

    public bool Run(byte[] input)
    {
        bool versionOne = input[0] == '1';
        byte[] payload = input[2..];
        string signed = $"{(versionOne ? HeaderOne : JwtWriter.Header)}.{Base64Url.EncodeToString(payload)}";
        NatsJwt? jwt = null;
        bool taken = Attempt.Run(() => jwt = JwtReader.ReadUnchecked(signed + ".AA"));
        if (jwt is null)
        {
            return taken;
        }

        // Signing takes as long as all the rest, so only some are signed.
        if (input[1] == '0' && corpus.SeedOf(jwt.Issuer) is { } seed)
        {
            CheckSigned(signed, versionOne, seed);
        }

        Attempt.Run(() => RoundTrip.Check(jwt));
        return true;
    }

    private static void CheckSigned(string signed, bool versionOne, string seed)
    {
        using NatsKeyPair key = NatsKeyPair.FromSeed(seed);
        if (key.Type == NatsKeyType.Curve)
        {
            return;
        }

        byte[] signature = new byte[ISigner.SignatureLength];
        key.Sign(Encoding.ASCII.GetBytes(versionOne ? signed.Split('.')[1] : signed), signature);
        string token = $"{signed}.{Base64Url.EncodeToString(signature)}";
        Attempt.Run(() => JwtReader.Read(token));
        NatsJwt generic = Hold.Reads("a signed token that opens is refused by the generic reader", token, () => JwtReader.ReadGeneric(token));
        _ = ((GenericClaims)generic.Claims).Data.Count;
        Attempt.Run(() => RoundTrip.Check(generic));
    }
}
