using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Validation;

namespace NatsKeys.Core.Tests.Validation;

public partial class IssuanceTests
{
    public static TheoryData<string, string> Cases => Vectors.Cases("did-sign.json", "cases", "claims");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tells_who_signed(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        Match claims = Sentence().Match(vector.Text("claims"));
        ClaimSet subject = claims.Groups["kind"].Value switch
        {
            "operator" => new OperatorClaims(),
            "account" => new AccountClaims(),
            _ => new UserClaims { IssuerAccount = claims.Groups["for"].Value is { Length: > 0 } label ? Key(label) : null },
        };
        subject.Subject = Key(claims.Groups["sub"].Value);
        subject.Issuer = Key(claims.Groups["iss"].Value);

        bool signed = vector.Text("by").StartsWith("operator", StringComparison.Ordinal)
            ? Issuance.DidSign(new OperatorClaims { Subject = Key("O1"), SigningKeys = [Key("O2")], StrictSigningKeyUsage = vector.Flag("strict") }, subject)
            : Issuance.DidSign(
                new AccountClaims { Subject = Key("A1"), SigningKeys = [new AccountSigningKey { Key = Key("A1S1") }, new AccountSigningKey { Key = Key("A1S2"), IsScoped = true }] }, subject);
        Assert.True(vector.Flag("did_sign") == signed, id);
    }

    private static string Key(string label)
    {
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed(label));
        return key.PublicKey;
    }

    [GeneratedRegex(@"^(?<kind>\w+) (?<sub>\w+) issued by (?<iss>\w+)(?: with issuer_account \[(?<for>\w*)\])?$")]
    private static partial Regex Sentence();
}
