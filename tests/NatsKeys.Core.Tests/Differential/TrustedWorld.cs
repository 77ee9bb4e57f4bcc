using System.Text.Json.Nodes;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Differential;

/// <summary>An operator with accounts whose tokens are put together by hand, so that they may state what no cmdlet would write.</summary>
internal sealed class TrustedWorld : IDisposable
{
    private readonly NatsKeyPair identity = NatsKeyPair.Generate(NatsKeyType.Operator);
    private readonly Dictionary<string, string> accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NatsKeyPair> keys = new(StringComparer.Ordinal);

    internal TrustedWorld()
    {
        NatsKeyPair system = AddKey(NatsKeyType.Account, "SYS");
        AddAccount("SYS", new JsonObject());
        OperatorToken = Sign(
            identity.PublicKey, "O", new JsonObject { ["type"] = "operator", ["version"] = 2, ["system_account"] = system.PublicKey }, identity);
    }

    /// <summary>Gets the token of the operator.</summary>
    internal string OperatorToken { get; }

    /// <summary>Makes a key pair, or gets the one that was made under a name.</summary>
    internal NatsKeyPair AddKey(NatsKeyType type, string name) =>
        keys.TryGetValue(name, out NatsKeyPair? known) ? known : keys[name] = NatsKeyPair.Generate(type);

    /// <summary>Gets the key pair that was made under a name.</summary>
    internal NatsKeyPair Key(string name) => keys[name];

    /// <summary>Gets the token of an account, as a resolver does.</summary>
    internal string? Find(string publicKey) => accounts.GetValueOrDefault(publicKey);

    /// <summary>Makes an account that states something.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="nats">What it states.</param>
    /// <param name="limited">Its limits, where there are any.</param>
    internal void AddAccount(string name, JsonObject nats, JsonObject? limited = null)
    {
        NatsKeyPair key = AddKey(NatsKeyType.Account, name);
        nats["type"] = "account";
        nats["version"] = 2;
        nats["limits"] = new JsonObject
        {
            ["subs"] = -1, ["data"] = -1, ["payload"] = -1, ["imports"] = -1, ["exports"] = -1, ["wildcards"] = true, ["conn"] = -1, ["leaf"] = -1,
        };
        foreach ((string limit, JsonNode? value) in limited ?? [])
        {
            nats["limits"]![limit] = value!.DeepClone();
        }

        accounts[key.PublicKey] = Sign(key.PublicKey, name, nats, identity);
    }

    /// <summary>Makes a token.</summary>
    internal static string Sign(
        string subject, string name, JsonObject nats, NatsKeyPair signer, long issuedAt = 1_700_000_000, JsonObject? times = null)
    {
        var payload = new JsonObject
        {
            ["jti"] = "X", ["iat"] = issuedAt, ["iss"] = signer.PublicKey, ["name"] = name, ["sub"] = subject, ["nats"] = nats.DeepClone(),
        };
        foreach ((string time, JsonNode? value) in times ?? [])
        {
            payload[time] = value!.DeepClone();
        }

        return Tokens.Sign(payload.ToJsonString(), signer);
    }

    /// <summary>Gets the configuration of a server that knows all accounts.</summary>
    internal string Configuration() =>
        $"operator: {OperatorToken}\nresolver: MEMORY\nresolver_preload: "
            + $"{{\n{string.Concat(accounts.Select(account => $"  {account.Key}: {account.Value}\n"))}}}\n";

    public void Dispose()
    {
        identity.Dispose();
        foreach (NatsKeyPair key in keys.Values)
        {
            key.Dispose();
        }
    }
}
