using System.Text.Json.Nodes;
using NatsKeys.Jwt;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

public class ScopeRulesTests
{
    public static TheoryData<string, string> Cases => Vectors.Cases("scoped-user.json", "cases", "id");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Users_of_scoped_keys_bring_nothing(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        string issuer = JsonNode.Parse(vector.Text("payload_json"))!["iss"]!.ToString();
        NatsJwt jwt = JwtReader.ReadUnchecked(Tokens.Sign(vector.Text("payload_json"), "A1S2"));
        Assert.True(vector.Flag("has_empty_permissions") == ScopeRules.BringsNothing(jwt), id);

        bool isScopeKey = issuer == Vectors.Load("scoped-user.json").Text("scope_key");
        Assert.Equal(vector.Flag("accepted"), isScopeKey && ScopeRules.BringsNothing(jwt));
    }
}
