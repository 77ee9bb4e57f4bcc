namespace NatsKeys.Claims;

/// <summary>The claims of an operator (<c>nats</c> object of type <c>operator</c>).</summary>
public sealed class OperatorClaims : ClaimSet
{
    private ClaimList<string> signingKeys = [];
    private string? accountServerUrl;
    private ClaimList<string> operatorServiceUrls = [];
    private string? systemAccount;
    private string? assertServerVersion;
    private bool strictSigningKeyUsage;

    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.Operator;

    /// <summary>The signing keys for accounts, in the order in which they were added.</summary>
    public ClaimList<string> SigningKeys { get => signingKeys; set => Set(ref signingKeys, value); }

    /// <summary>The address to which account tokens are published: <c>nats://…</c> for a NATS resolver, or <c>https://host/jwt/v1</c>.</summary>
    public string? AccountServerUrl { get => accountServerUrl; set => Set(ref accountServerUrl, value); }

    /// <summary>Addresses of the operator's servers (nats, tls, ws, wss).</summary>
    public ClaimList<string> OperatorServiceUrls { get => operatorServiceUrls; set => Set(ref operatorServiceUrls, value); }

    /// <summary>The public key of the system account.</summary>
    public string? SystemAccount { get => systemAccount; set => Set(ref systemAccount, value); }

    /// <summary>The oldest server version that the operator allows: three numbers with dots.</summary>
    public string? AssertServerVersion { get => assertServerVersion; set => Set(ref assertServerVersion, value); }

    /// <summary>Whether only signing keys, never identity keys, may sign.</summary>
    public bool StrictSigningKeyUsage { get => strictSigningKeyUsage; set => Set(ref strictSigningKeyUsage, value); }

    internal override IEnumerable<string> ListedKeys => SigningKeys;

    internal override void Map(ClaimMap map)
    {
        map.Texts("signing_keys", ref signingKeys);
        map.Text("account_server_url", ref accountServerUrl);
        map.Texts("operator_service_urls", ref operatorServiceUrls);
        map.Text("system_account", ref systemAccount);
        map.Text("assert_server_version", ref assertServerVersion);
        map.Flag("strict_signing_key_usage", ref strictSigningKeyUsage);
    }
}
