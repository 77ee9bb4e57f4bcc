using System.Text;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using NSec.Cryptography;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;

namespace NatsKeys.Benchmarks;

/// <summary>Reading a token with all its checks. The peer verifies the signature over as many bytes and reads nothing.</summary>
[MemoryDiagnoser]
public class DecodeUser
{
    private const int LargeLength = 12_000;

    private string token = "";
    private byte[] signed = [];
    private byte[] signature = [];
    private NSec.Cryptography.PublicKey? issuer;

    /// <summary>Which token is read.</summary>
    public enum Sample
    {
        /// <summary>A user with nothing but a name: 550 characters.</summary>
        SmallUser,

        /// <summary>An account with many exports: 12,000 characters.</summary>
        LargeAccount,
    }

    /// <summary>Which token is read.</summary>
    [ParamsAllValues]
    public Sample Token { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        token = Token == Sample.SmallUser ? SmallUser() : LargeAccount();
        using Key key = Key.Create(SignatureAlgorithm.Ed25519);
        issuer = key.PublicKey;
        signed = Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]);
        signature = SignatureAlgorithm.Ed25519.Sign(key, signed);
    }

    [Benchmark(Description = "NatsKeys: read and verify")]
    public NatsJwt Read() => JwtReader.Read(token);

    [Benchmark(Description = "NatsKeys: read, verify and validate")]
    public IReadOnlyList<Finding> Validate() => ClaimValidator.Check(JwtReader.Read(token).Claims, DateTimeOffset.UtcNow);

    [Benchmark(Description = "NSec: verify", Baseline = true)]
    public bool Verify() => SignatureAlgorithm.Ed25519.Verify(issuer!, signed, signature);

    private static string SmallUser()
    {
        JsonNode vectors = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "jwt-v2-exact.json")))!;
        return vectors["cases"]!.AsArray().Single(entry => entry!["name"]!.ToString() == "user-min")!["token"]!.ToString();
    }

    private static string LargeAccount()
    {
        using NatsKeyPair operatorKey = NatsKeyPair.Generate(NatsKeyType.Operator);
        using NatsKeyPair account = NatsKeyPair.Generate(NatsKeyType.Account);
        var claims = new AccountClaims { Name = "large", Subject = account.PublicKey };
        string written = "";
        while (written.Length < LargeLength)
        {
            claims.Exports.Add(new AccountExport { Name = $"export {claims.Exports.Count}", Subject = $"services.number{claims.Exports.Count}.>",
                Type = "service", ResponseType = "Singleton" });
            written = JwtWriter.Write(claims, operatorKey);
        }

        return written;
    }
}
