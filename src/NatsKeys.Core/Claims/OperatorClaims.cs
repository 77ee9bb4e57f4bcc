namespace NatsKeys.Claims;

/// <summary>What an operator's token states (<c>nats</c> object of type <c>operator</c>).</summary>
public sealed class OperatorClaims : ClaimSet
{
    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.Operator;

    /// <summary>Operator public keys that sign accounts in the operator's place, in the order in which they were added.</summary>
    public List<string> SigningKeys { get; set; } = [];

    /// <summary>Where account tokens are published: <c>nats://…</c> for a NATS resolver, or <c>https://host/jwt/v1</c>.</summary>
    public string? AccountServerUrl { get; set; }

    /// <summary>Addresses of the operator's servers (nats, tls, ws, wss).</summary>
    public List<string> OperatorServiceUrls { get; set; } = [];

    /// <summary>The public key of the system account.</summary>
    public string? SystemAccount { get; set; }

    /// <summary>The oldest server version that may serve this operator, three numbers with dots.</summary>
    public string? AssertServerVersion { get; set; }

    /// <summary>Whether only signing keys may sign, and never the identity keys.</summary>
    public bool StrictSigningKeyUsage { get; set; }

    internal override IEnumerable<string> ListedKeys => SigningKeys;

    internal override void Map(ClaimMap map)
    {
        SigningKeys = map.Texts("signing_keys", SigningKeys);
        AccountServerUrl = map.Text("account_server_url", AccountServerUrl);
        OperatorServiceUrls = map.Texts("operator_service_urls", OperatorServiceUrls);
        SystemAccount = map.Text("system_account", SystemAccount);
        AssertServerVersion = map.Text("assert_server_version", AssertServerVersion);
        StrictSigningKeyUsage = map.Flag("strict_signing_key_usage", StrictSigningKeyUsage);
    }
}
