using System.Text.Json.Nodes;

namespace NatsKeys.Tests;

/// <summary>An edit changes what it was asked to change and nothing else.</summary>
public class EditTests : ModuleTest
{
    private readonly string token = Vector("account-full")["token"]!.ToString();

    public EditTests()
    {
        Run("New-NatsOperator O -Key $seed | Out-Null", ("seed", Vector("account-full")["signer_seed"]!.ToString()));
        Directory.CreateDirectory(PathOf("store/O/accounts/AcctFull/users"));
        WriteFile("store/O/accounts/AcctFull/account.yaml", EntityFiles.Yaml(token, "AcctFull"));
        Holds("(Get-NatsAccount).State -eq 'Signed'");
    }

    [Fact]
    public void A_signing_key_more_leaves_every_other_field_of_the_account()
    {
        Run("$k = Get-NatsAccount | Add-NatsSigningKey");

        (JsonObject before, JsonObject after) = (Comparable(token), Comparable((string)Value("(Get-NatsAccount).Jwt")!));
        string added = (string)Value("$k.PublicKey")!;
        JsonNode entry = Assert.Single(KeysOf(after), node => node!.ToString() == added)!;
        KeysOf(after).Remove(entry);
        AssertSame(before, after);
        Holds("(Get-NatsAccount).State -eq 'Signed'");
    }

    [Fact]
    public void A_signing_key_less_leaves_every_other_field_of_the_account()
    {
        string key = KeysOf(Comparable(token)).First(node => node is JsonValue)!.ToString();

        Run($"Get-NatsAccount | Remove-NatsSigningKey -Confirm:$false {key}");

        (JsonObject before, JsonObject after) = (Comparable(token), Comparable((string)Value("(Get-NatsAccount).Jwt")!));
        KeysOf(before).Remove(KeysOf(before).First(node => node!.ToString() == key));
        AssertSame(before, after);
    }

    [Fact]
    public void What_the_file_says_beyond_the_token_is_signed_with_the_edit()
    {
        string file = PathOf("store/O/accounts/AcctFull/account.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"conn\":30", "\"conn\":31", StringComparison.Ordinal));
        Holds("(Get-NatsAccount).State -eq 'Modified'");

        Run("Get-NatsAccount | Add-NatsSigningKey | Out-Null");

        Holds(
            "(Get-NatsAccount).State -eq 'Signed'",
            "(Get-NatsAccount).Limits.Conn -eq 31",
            "(Get-NatsAccount).Limits.DisallowBearer");
    }

    [Fact]
    public void A_claim_that_this_version_does_not_know_survives_in_file_and_token()
    {
        string file = PathOf("store/O/accounts/AcctFull/account.yaml");
        File.WriteAllText(file,
            File.ReadAllText(file).Replace("claims: {", "claims: {\"from_the_future\":{\"a\":[1,\"x\",true]},", StringComparison.Ordinal));

        Run("Get-NatsAccount | Add-NatsSigningKey | Out-Null");

        JsonNode kept = EntityFiles.Payload((string)Value("(Get-NatsAccount).Jwt")!)["nats"]!["from_the_future"]!;
        Assert.Equal("""{"a":[1,"x",true]}""", kept.ToJsonString());
        Assert.Contains("from_the_future", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_more_of_an_operator_leaves_every_other_field()
    {
        JsonNode full = Vector("operator-full");
        string operatorToken = full["token"]!.ToString();
        Run("New-NatsOperator Full -Key $seed | Out-Null", ("seed", full["signer_seed"]!.ToString()));
        WriteFile("store/Full/operator.yaml", EntityFiles.Yaml(operatorToken, EntityFiles.Payload(operatorToken)["name"]!.ToString()));

        Run("$k = Add-NatsSigningKey -Operator Full");

        (JsonObject before, JsonObject after) = (Comparable(operatorToken), Comparable((string)Value("(Get-NatsOperator Full).Jwt")!));
        string added = (string)Value("$k.PublicKey")!;
        KeysOf(after).Remove(KeysOf(after).Single(node => node!.ToString() == added));
        AssertSame(before, after);
    }

    private static JsonNode Vector(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "jwt-v2-exact.json")))!["cases"]!.AsArray()
            .Single(entry => entry!["name"]!.ToString() == name)!;

    /// <summary>A token's payload without what every signature changes, its signing keys in the order of their texts.</summary>
    private static JsonObject Comparable(string token)
    {
        JsonObject payload = EntityFiles.Payload(token);
        payload.Remove("jti");
        payload.Remove("iat");
        JsonNode[] sorted = [.. KeysOf(payload).Select(key => key!.DeepClone()).OrderBy(key => key.ToJsonString(), StringComparer.Ordinal)];
        payload["nats"]!["signing_keys"] = new JsonArray(sorted);
        return payload;
    }

    private static JsonArray KeysOf(JsonObject payload) => payload["nats"]!["signing_keys"]!.AsArray();

    private static void AssertSame(JsonObject before, JsonObject after) =>
        Assert.True(JsonNode.DeepEquals(before, after), $"{before.ToJsonString()}\n{after.ToJsonString()}");
}
