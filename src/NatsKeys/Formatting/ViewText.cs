using System.Globalization;
using NatsKeys.Claims;
using NatsKeys.Entities;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Requests;
using NatsKeys.Store;

namespace NatsKeys.Formatting;

/// <summary>The texts of the default views, as the view definitions ask for them.</summary>
public static class ViewText
{
    private const string None = "None";
    private const string Unlimited = "Unlimited";

    /// <summary>A date, in UTC; "Never" for none.</summary>
    /// <param name="date">The date.</param>
    public static string Date(DateTimeOffset? date) =>
        date?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "Never";

    /// <summary>A limit: "Unlimited" for -1.</summary>
    /// <param name="value">The limit.</param>
    public static string Limit(long value) => value == -1 ? Unlimited : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A size in bytes: "Unlimited" for -1.</summary>
    /// <param name="value">The size.</param>
    public static string Size(long value) => value switch
    {
        -1 => Unlimited,
        < 1024 => $"{value} B",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{value / 1024.0:0.#} KiB ({value} bytes)"),
        < 1024 * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{value / (1024.0 * 1024):0.#} MiB ({value} bytes)"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value / (1024.0 * 1024 * 1024):0.#} GiB ({value} bytes)"),
    };

    /// <summary>Texts, one a line; "None" for none.</summary>
    /// <param name="values">The texts.</param>
    public static string Lines(IEnumerable<string> values) => string.Join('\n', values) is { Length: > 0 } text ? text : None;

    /// <summary>The first of some things, one a line, and how many more there are; "None" for none.</summary>
    /// <param name="values">The things.</param>
    public static string Some(IEnumerable<object> values)
    {
        const int most = 10;
        object[] all = [.. values];
        return Lines([.. all.Take(most).Select(value => value.ToString()!), .. all.Length > most ? [$"and {all.Length - most} more"] : Array.Empty<string>()]);
    }

    /// <summary>The signing keys of an operator or account, one a line, with their roles.</summary>
    /// <param name="claims">The claims that list them.</param>
    public static string SigningKeys(ClaimSet claims) => Lines(claims switch
    {
        OperatorClaims operatorClaims => operatorClaims.SigningKeys,
        AccountClaims account => account.SigningKeys.Select(key => key.IsScoped ? $"{key.Key} (role '{key.Role}')" : key.Key),
        _ => [],
    });

    /// <summary>Whose key the issuer is, as far as the store knows.</summary>
    /// <param name="source">An entity or a token.</param>
    public static string SignedBy(object source) => source switch
    {
        NatsEntity { Issuer: null } => "nobody yet",
        NatsEntity entity => Whose(entity),
        NatsJwt jwt => jwt.Issuer == jwt.Subject ? "itself" : jwt.IssuerAccount is null ? "another key" : "a signing key of its account",
        _ => "",
    };

    /// <summary>What a user may do: by its own token, or by the template of the scoped signing key that signed it.</summary>
    /// <param name="source">A user or a user's token.</param>
    public static UserPermissions? Permissions(object source) => source switch
    {
        NatsUser user => user.Template ?? user.Permissions,
        NatsJwt { Claims: UserClaims claims } => claims.Permissions,
        _ => null,
    };

    /// <summary>What an account exports, one a line.</summary>
    /// <param name="exports">The exports.</param>
    public static string Exports(IEnumerable<AccountExport> exports) =>
        Lines(exports.Select(export => $"{Label(export.Name)}{export.Type ?? "?"} {export.Subject} ({(export.TokenReq ? "private" : "public")}{Following(Traits(export))})"));

    /// <summary>What an export has beside type, subject and access.</summary>
    /// <param name="export">The export.</param>
    public static string Export(AccountExport export) => string.Join(", ", new[] { export.Name, Traits(export), export.Description }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>What an account imports, one a line.</summary>
    /// <param name="imports">The imports.</param>
    public static string Imports(IEnumerable<AccountImport> imports) => Lines(imports.Select(import =>
    {
        string local = import.LocalSubject ?? import.To ?? "";
        string renamed = local.Length > 0 ? $" as {local}" : "";
        string access = string.IsNullOrEmpty(import.Token) ? "public" : "private";
        return $"{Label(import.Name)}{import.Type ?? "?"} {import.Subject}{renamed} from {import.Account} ({access})";
    }));

    /// <summary>Whose export an import takes: the account's name where the store has it, else the first letters of its key.</summary>
    /// <param name="import">The import.</param>
    public static string Exporter(NatsImport import) =>
        import.From is { } key && import.Store.FindAccountByKey(import.Operator, key) is { } exporter ? exporter.Name : Short(import.From);

    /// <summary>What an import has beside type, subjects and exporter.</summary>
    /// <param name="import">The import.</param>
    public static string Import(NatsImport import) => string.Join(", ", new[]
    {
        import.Activation is { } activation ? activation.Expires is null ? "activation" : $"activation until {Date(activation.Expires)}" : string.IsNullOrEmpty(import.Claims.Token) ? null : "activation that cannot be read",
        import.Claims.Share ? "shares who asks" : null,
        import.Claims.AllowTrace ? "traced" : null,
        import.Name,
    }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>Where an account sends the messages of subjects, one a line.</summary>
    /// <param name="claims">The account's claims.</param>
    public static string Mappings(AccountClaims claims) => Lines(claims.Mappings.SelectMany(mapping => mapping.Value.Select(target =>
        $"{mapping.Key} to {target.Subject} ({(target.Weight == 0 ? 100 : target.Weight)}%{(string.IsNullOrEmpty(target.Cluster) ? "" : $" in {target.Cluster}")})")));

    /// <summary>What may be published or subscribed to.</summary>
    /// <param name="permission">The permission of one direction.</param>
    public static string Subjects(SubjectPermission permission) => (permission.Allow.Count, permission.Deny.Count) switch
    {
        (0, 0) => "All",
        (_, 0) => $"allow {string.Join(", ", permission.Allow)}",
        (0, _) => $"deny {string.Join(", ", permission.Deny)}",
        _ => $"allow {string.Join(", ", permission.Allow)}\ndeny {string.Join(", ", permission.Deny)}",
    };

    /// <summary>The permission to answer requests.</summary>
    /// <param name="permission">The permission; null for none.</param>
    public static string Responses(ResponsePermission? permission)
    {
        if (permission is null)
        {
            return "Not set";
        }

        return $"{permission.Max} within {Time(permission.Ttl)}";
    }

    /// <summary>JetStream's limits, flat or per tier.</summary>
    /// <param name="limits">The limits of an account.</param>
    public static string JetStream(AccountLimits limits)
    {
        if (limits.TieredLimits.Count > 0)
        {
            return Lines(limits.TieredLimits.Select(tier => $"{tier.Key}: {Tier(tier.Value)}"));
        }

        return limits.IsEnabled ? Tier(limits) : "Disabled";
    }

    /// <summary>JetStream's limits of one tier, or flat ones.</summary>
    /// <param name="limit">The limits.</param>
    public static string JetStream(NatsJetStreamLimit limit) => Tier(limit.Limits);

    /// <summary>Times of the day, one range a line.</summary>
    /// <param name="permissions">The permissions that have them.</param>
    public static string Times(UserPermissions permissions) => permissions.Times.Count == 0
        ? "Any"
        : Lines(permissions.Times.Select(range => $"{range.Start}-{range.End} {permissions.TimesLocation}".TrimEnd()));

    /// <summary>What a signing request asks for, one a line.</summary>
    /// <param name="signatures">The signatures that it asks for.</param>
    public static string Signatures(IEnumerable<RequestedSignature> signatures) => Lines(signatures.Select(signature =>
        $"{signature.Path} by {signature.SigningKey}, {(signature.Token is { } token ? $"signed at {Date(token.IssuedAt)}" : "not signed yet")}"));

    /// <summary>The first letters of a public key, for tables.</summary>
    /// <param name="publicKey">The public key.</param>
    public static string Short(string? publicKey)
    {
        const int shown = 12;
        return publicKey is { Length: > shown } ? publicKey[..shown] + "…" : publicKey ?? "";
    }

    /// <summary>The end of the path of a user's credentials, by which people tell it: operator, account and user.</summary>
    /// <param name="path">The path; null for none.</param>
    public static string CredentialFile(string? path)
    {
        const int parts = 3;
        return path is null ? "" : string.Join('/', path.Split(Path.DirectorySeparatorChar)[^parts..]);
    }

    /// <summary>A name, or the first letters of the public key that stands in its place, for tables.</summary>
    /// <param name="name">The name.</param>
    public static string NameOrKey(string name) => PublicKey.TryGetType(name, out _) ? Short(name) : name;

    /// <summary>A short time.</summary>
    /// <param name="time">The time.</param>
    public static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.###} ms");

    private static string Label(string? name) => string.IsNullOrEmpty(name) ? "" : $"{name}: ";

    private static string Traits(AccountExport export) => string.Join(", ", new[]
    {
        export.ResponseType,
        export.AccountTokenPosition > 0 ? $"account key at {export.AccountTokenPosition}" : null,
        export.ResponseThreshold > 0 ? $"answers within {Time(export.ResponseThreshold)}" : null,
        export.ServiceLatency is { } latency ? $"latency to {latency.Results} ({(latency.Sampling == 0 ? "by headers" : $"{latency.Sampling}%")})" : null,
        export.Advertise ? "advertised" : null,
        export.AllowTrace ? "traced" : null,
        export.Revocations.Count > 0 ? $"{export.Revocations.Count} revoked" : null,
    }.Where(part => !string.IsNullOrEmpty(part)));

    private static string Following(string details) => details.Length == 0 ? "" : $", {details}";

    private static string Time(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick).ToString("c", CultureInfo.InvariantCulture);

    private static string Tier(JetStreamLimits limits) => string.Join(", ", new[]
    {
        $"disk {Size(limits.DiskStorage)}",
        $"memory {Size(limits.MemStorage)}",
        $"streams {Limit(limits.Streams)}",
        $"consumers {Limit(limits.Consumer)}",
        limits.DiskMaxStreamBytes > 0 ? $"disk of a stream {Size(limits.DiskMaxStreamBytes)}" : null,
        limits.MemMaxStreamBytes > 0 ? $"memory of a stream {Size(limits.MemMaxStreamBytes)}" : null,
        limits.MaxAckPending > 0 ? $"unacknowledged {Limit(limits.MaxAckPending)}" : null,
        limits.MaxBytesRequired ? "streams must have a size" : null,
    }.OfType<string>());

    private static string Whose(NatsEntity entity)
    {
        if (entity.Path.Parent is null)
        {
            return entity.Issuer == entity.Subject ? "itself" : "another key";
        }

        NatsEntity? parent = entity.Store.Find(entity.Path.Parent);
        if (entity.Issuer == parent?.Subject)
        {
            return $"identity key of {parent!.Path}";
        }

        if (entity.State == EntityState.Untrusted)
        {
            return $"a key that {entity.Path.Parent} does not list";
        }

        string? role = (parent as NatsAccount)?.Claims.SigningKeys.Find(key => key.Key == entity.Issuer)?.Role;
        return string.IsNullOrEmpty(role) ? $"signing key of {entity.Path.Parent}" : $"signing key of {entity.Path.Parent}, role '{role}'";
    }
}
