using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>A use of a key, or something that depends on it.</summary>
/// <param name="Kind">The kind of use.</param>
/// <param name="Path">The entity that has or lists the key, was signed by it, imports, or owns the credentials.</param>
public sealed record NatsKeyUsage(KeyUsageKind Kind, EntityPath Path)
{
    /// <summary>The distance from the key: 0 for a use of the key itself, 1 for what the key signed, 2 for what is below that.</summary>
    public int Depth { get; init; }

    /// <summary>For a use of the key, the key itself. For a dependent entity, its own public key.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The public key that signed the entity.</summary>
    public string? Issuer { get; init; }

    /// <summary>The name of the signing key: its role or its owner if the store knows it, or its public key. Null if nothing is signed.</summary>
    public string? SignedBy => Issuer is null ? null
        : Depth > 0 && !string.IsNullOrEmpty(Role) ? TextSanitizer.Clean($"role {Role}")
        : Signer is not null ? SignerName.Of(Signer, Issuer)
        : Entity?.Issuer == Issuer ? Entity!.SignedBy
        : Issuer;

    /// <summary>The account whose key signed an activation; null for what has a parent in the store.</summary>
    internal NatsAccount? Signer { get; init; }

    /// <summary>The role of the signing key, or of the key that signed; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>When the token expires; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The user's credentials file in the store; null if there is none.</summary>
    public string? CredentialPath { get; init; }

    /// <summary>The end of <see cref="CredentialPath"/>: operator, account and user; null if there is none.</summary>
    public string? Credentials =>
        string.IsNullOrEmpty(CredentialPath) ? null : string.Join('/', CredentialPath.Split('/', '\\').TakeLast(3));

    /// <summary>The use as text. A role is named first.</summary>
    public string Usage
    {
        get
        {
            bool isRole = Kind == KeyUsageKind.SigningKey && !string.IsNullOrEmpty(Role);
            string use = isRole ? TextSanitizer.Clean($"role '{Role}' of {Path}") : ToString();
            return Clients switch
            {
                null or 0 => use,
                1 => $"{use}, 1 client",
                { } many => $"{use}, {many} clients",
            };
        }
    }

    /// <summary>Gets the import from the account; null for other uses.</summary>
    public NatsImport? GetImport() => Import;

    internal NatsImport? Import { get; init; }

    /// <summary>Gets the entity that was read; null if none was.</summary>
    public NatsEntity? GetEntity() => Entity;

    internal NatsEntity? Entity { get; init; }

    /// <summary>Gets the clients that are connected with the token; null if servers were not asked.</summary>
    public IReadOnlyList<LiveConnection>? GetConnections() => Connections;

    internal IReadOnlyList<LiveConnection>? Connections
    {
        get;
        init => field = value is null ? null : new PrintableList<LiveConnection>(value);
    }

    /// <summary>The number of clients that are connected with the token; null if servers were not asked.</summary>
    public int? Clients => Connections?.Count;

    /// <summary>The use as text, such as <c>signing key of account O2/A</c>.</summary>
    public override string ToString() => Kind switch
    {
        KeyUsageKind.Identity => $"identity of {Path}",
        KeyUsageKind.SigningKey => $"signing key of {Path}{(string.IsNullOrEmpty(Role) ? "" : $", role '{Role}'")}",
        KeyUsageKind.EncryptionKey => $"curve key of the callout of {Path}",
        KeyUsageKind.CalloutUser => $"callout user of {Path}",
        KeyUsageKind.CalloutAccount => $"account for the callout of {Path}",
        KeyUsageKind.SystemAccount => $"system account of {Path}",
        KeyUsageKind.Exporter => $"exporter for {Path}",
        KeyUsageKind.Unlisted => $"key that {Path} does not list",
        KeyUsageKind.Activation => $"activation of '{Import?.Subject}' for {Path}",
        KeyUsageKind.Import => $"import of '{Import?.Subject}' by {Path}",
        KeyUsageKind.Client => $"clients in {Path}",
        KeyUsageKind.Credential => $"credentials of {Path}",
        _ => Path.ToString(),
    };
}
