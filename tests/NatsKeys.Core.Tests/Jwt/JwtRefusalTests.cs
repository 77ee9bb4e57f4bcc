using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Jwt;

/// <summary>What cannot be written, by the reference and here alike.</summary>
public class JwtRefusalTests
{
    public static TheoryData<string, string> Cases => Vectors.Cases("jwt-encode-refusals.json", "cases", "id");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Refuses_what_the_reference_refuses(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        (ClaimSet claims, string signer) = Make(vector.Text("id"));
        using NatsKeyPair full = NatsKeyPair.FromSeed(Vectors.Seed(signer));
        using NatsKeyPair key = vector.Text("id") == "public-only" ? NatsKeyPair.FromPublicKey(full.PublicKey) : full.Copy();
        bool refused = false;
        try
        {
            JwtWriter.Write(claims, key);
        }
        catch (NatsKeysException)
        {
            refused = true;
        }

        Assert.True((vector.Text("result") == "refused") == refused, id);
    }

    private static (ClaimSet Claims, string Signer) Make(string id)
    {
        string o = Key("O1");
        string a = Key("A1");
        string u = Key("U1");
        return id switch
        {
            "operator-by-account" => (new OperatorClaims { Subject = o }, "A1"),
            "operator-sub-account" => (new OperatorClaims { Subject = a }, "O1"),
            "operator-bad-account-url" => (new OperatorClaims { Subject = o, AccountServerUrl = "localhost" }, "O1"),
            "operator-bad-service-url" => (new OperatorClaims { Subject = o, OperatorServiceUrls = ["http://h"] }, "O1"),
            "account-by-user" => (new AccountClaims { Subject = a }, "U1"),
            "account-by-other-account" => (new AccountClaims { Subject = a }, "A2"),
            "account-sub-user" => (new AccountClaims { Subject = u }, "O1"),
            "user-by-operator" => (new UserClaims { Subject = u }, "O1"),
            "user-sub-account" => (new UserClaims { Subject = a }, "A1"),
            "activation-sub-star" => (new ActivationClaims { Subject = "*" }, "A1"),
            "activation-by-user" => (new ActivationClaims { Subject = a }, "U1"),
            "authreq-by-account" => (new AuthorizationRequestClaims { Subject = a }, "A1"),
            "authreq-any-subject" => (new AuthorizationRequestClaims { Subject = "anything" }, "N1"),
            "authresp-by-server" => (new AuthorizationResponseClaims { Subject = u }, "N1"),
            "generic-any" => (new GenericClaims { Subject = "anything" }, "U1"),
            "public-only" => (new UserClaims { Subject = u }, "A1"),
            "export-type-unset" => (new AccountClaims { Subject = a, Exports = [new AccountExport { Subject = "a" }] }, "O1"),
            "latency-101" => (WithLatency(a, 101), "O1"),
            "latency-minus-1" => (WithLatency(a, -1), "O1"),
            _ => throw new InvalidOperationException($"unknown case {id}"),
        };
    }

    private static AccountClaims WithLatency(string subject, long sampling) => new()
    {
        Subject = subject,
        Exports = [new AccountExport { Subject = "a", Type = "service", ServiceLatency = new ServiceLatency { Sampling = sampling, Results = "r" } }],
    };

    private static string Key(string label)
    {
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed(label));
        return key.PublicKey;
    }
}
