using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>One use of a key, or one thing that depends on it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">
/// The entity that it is about: the one that has or lists the key, that was signed, that imports, or whose credentials they are.
/// </param>
public sealed record NatsKeyUsage(KeyUsageKind Kind, EntityPath Path)
{
    /// <summary>How far down it lies: 0 for a use of the key itself, 1 for what the key signed, 2 for what lies below that.</summary>
    public int Depth { get; init; }

    /// <summary>The key itself; of what depends on it, the entity's own public key.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The public key that signed it.</summary>
    public string? Issuer { get; init; }

    /// <summary>For people: whose key signed it, as far as the store knows; null where nothing is signed.</summary>
    public string? SignedBy => Issuer is null ? null
        : Depth > 0 && !string.IsNullOrEmpty(Role) ? TextSanitizer.Clean($"role {Role}")
        : Entity?.Issuer == Issuer ? Entity!.SignedBy
        : Issuer;

    /// <summary>The role of the signing key, or of the one that signed; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>When the token expires; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The file in which the store keeps the user's credentials; null where there is none.</summary>
    public string? CredentialPath { get; init; }

    /// <summary>The end of <see cref="CredentialPath"/>, by which people tell it: operator, account and user; null where there is none.</summary>
    public string? Credentials =>
        string.IsNullOrEmpty(CredentialPath) ? null : string.Join('/', CredentialPath.Split('/', '\\').TakeLast(3));

    /// <summary>For people: what it is, with the role first where it is one.</summary>
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

    /// <summary>The import that takes from the account; null for other uses.</summary>
    public NatsImport? Import { get; init; }

    /// <summary>The entity as it was read; null where none was.</summary>
    public NatsEntity? Entity { get; init; }

    /// <summary>Who is connected with the token now; null where servers were not asked.</summary>
    public IReadOnlyList<LiveConnection>? Connections
    {
        get;
        init => field = value is null ? null : new PrintableList<LiveConnection>(value);
    }

    /// <summary>How many clients are connected with the token now; null where servers were not asked.</summary>
    public int? Clients => Connections?.Count;

    /// <summary>For people.</summary>
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
