using System.Text.Json.Nodes;

namespace NatsKeys.Tests.Bases;

/// <summary>
/// A test of what tokens state: operator O2 with a signing key, its account A with a plain signing key and the roles that a test gives it,
/// and user U of the account's identity key. Claims for which there is no cmdlet are written by hand and signed.
/// </summary>
public abstract class ClaimsTest : ModuleTest
{
    private const string AccountFile = "store/O2/accounts/A/account.yaml";

    private protected ClaimsTest() => Run(
        """
        $o = New-NatsOperator O2
        $ok = $o | Add-NatsSigningKey
        $a = $ok | New-NatsAccount A
        $ak = $a | Add-NatsSigningKey
        $a = Get-NatsAccount A
        $u = New-NatsUser U -Account A -SigningKey $a.Subject
        $reader = New-NatsKeyPair Account
        Import-NatsKeyPair -Seed $reader.ToSeed() -Store (Get-NatsStore) | Out-Null
        """);

    /// <summary>Changes the claims of the operator.</summary>
    private protected void ChangeOperator(Action<JsonObject> change) =>
        Change("(Get-NatsOperator O2)", "store/O2/operator.yaml", "O2", "$o.Subject", change);

    /// <summary>Changes the <c>nats</c> claims of the account.</summary>
    private protected void ChangeAccount(Action<JsonObject> change) => ChangeAccountToken(payload => change(payload["nats"]!.AsObject()));

    /// <summary>Changes the whole payload of the account.</summary>
    private protected void ChangeAccountToken(Action<JsonObject> change) => Change("(Get-NatsAccount A)", AccountFile, "A", "$ok", change);

    /// <summary>Changes the <c>nats</c> claims of a user.</summary>
    private protected void ChangeUser(Action<JsonObject> change, string name = "U", string key = "$a.Subject") =>
        ChangeUserToken(payload => change(payload["nats"]!.AsObject()), name, key);

    /// <summary>Changes the whole payload of a user.</summary>
    private protected void ChangeUserToken(Action<JsonObject> change, string name = "U", string key = "$a.Subject") =>
        Change($"(Get-NatsUser {name})", $"store/O2/accounts/A/users/{name}.yaml", name, key, change);

    /// <summary>Gives the account the role 'reader', whose key signs by that name.</summary>
    private protected void AddReader(string template)
    {
        string key = (string)Value("$reader.PublicKey")!;
        JsonObject limits = JsonNode.Parse("""{"pub":{},"sub":{},"subs":-1,"data":-1,"payload":-1}""")!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(template)!.AsObject())
        {
            limits[name] = value?.DeepClone();
        }

        ChangeAccount(nats =>
            nats["signing_keys"]!.AsArray()
                .Add(new JsonObject { ["kind"] = "user_scope", ["key"] = key, ["role"] = "reader", ["template"] = limits }));
    }

    /// <summary>JSON text as a node.</summary>
    private protected static JsonNode Json(string text) => JsonNode.Parse(text)!;

    private void Change(string entity, string file, string name, string key, Action<JsonObject> change)
    {
        JsonObject payload = EntityFiles.Payload((string)Value($"{entity}.Jwt")!);
        change(payload);
        string token = (string)Run($"($json | ConvertTo-NatsJwt -SigningKey {key}).Token", ("json", payload.ToJsonString())).Single.BaseObject;
        WriteFile(file, EntityFiles.Yaml(token, name));
    }
}
