using System.Collections;
using System.Globalization;
using System.Reflection;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Formatting;

/// <summary>The texts of what tokens state, in the default views.</summary>
public static class ViewClaims
{
    /// <summary>The signing keys of an operator or account, one a line, with their roles.</summary>
    /// <param name="claims">The claims that list them.</param>
    public static string SigningKeys(ClaimSet claims) => ViewText.Lines(claims switch
    {
        OperatorClaims operatorClaims => operatorClaims.SigningKeys,
        AccountClaims account => account.SigningKeys.Select(key => key.IsScoped ? $"{key.Key} (role '{key.Role}')" : key.Key),
        _ => [],
    });

    /// <summary>Every member of claims with its value, one a line.</summary>
    /// <param name="claims">The claims, or a part of them.</param>
    public static string Members(ClaimObject claims)
    {
        PropertyInfo[] members = claims.GetType().GetProperties();
        int width = members.Max(member => member.Name.Length);
        return string.Join('\n', members.Select(member => $"{member.Name.PadRight(width)} : {Value(member.GetValue(claims))}"));
    }

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
        ViewText.Lines(
            exports.Select(
                export => $"{Label(export.Name)}{export.Type ?? "?"} {export.Subject} "
                    + $"({(export.TokenReq ? "private" : "public")}{Following(Traits(export))})"));

    /// <summary>What an export has beside type, subject and access.</summary>
    /// <param name="export">The export.</param>
    public static string Export(AccountExport export) =>
        string.Join(", ", new[] { export.Name, Traits(export), export.Description }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>What an account imports, one a line.</summary>
    /// <param name="imports">The imports.</param>
    public static string Imports(IEnumerable<AccountImport> imports) => ViewText.Lines(imports.Select(import =>
    {
        string local = import.LocalSubject ?? import.To ?? "";
        string renamed = local.Length > 0 ? $" as {local}" : "";
        string access = string.IsNullOrEmpty(import.Token) ? "public" : "private";
        return $"{Label(import.Name)}{import.Type ?? "?"} {import.Subject}{renamed} from {import.Account} ({access})";
    }));

    /// <summary>Whose export an import takes: the account's name where the store has it, else the first letters of its key.</summary>
    /// <param name="import">The import.</param>
    public static string Exporter(NatsImport import) =>
        import.From is { } key && import.Store.FindAccountByKey(import.Operator, key) is { } exporter ? exporter.Name : ViewText.Short(import.From);

    /// <summary>What an import has beside type, subjects and exporter.</summary>
    /// <param name="import">The import.</param>
    public static string Import(NatsImport import) => string.Join(", ", new[]
    {
        import.Activation is { } activation
            ? activation.Expires is null ? "activation" : $"activation until {ViewText.Date(activation.Expires)}"
            : string.IsNullOrEmpty(import.Claims.Token) ? null : "activation that cannot be read",
        import.Claims.Share ? "shares who asks" : null,
        import.Claims.AllowTrace ? "traced" : null,
        import.Name,
    }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>Where an account sends the messages of subjects, one a line.</summary>
    /// <param name="claims">The account's claims.</param>
    public static string Mappings(AccountClaims claims) => ViewText.Lines(claims.Mappings.SelectMany(mapping => mapping.Value.Select(target =>
        $"{mapping.Key} to {target.Subject} "
            + $"({(target.Weight == 0 ? 100 : target.Weight)}%{(string.IsNullOrEmpty(target.Cluster) ? "" : $" in {target.Cluster}")})")));

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
            return ViewText.Lines(limits.TieredLimits.Select(tier => $"{tier.Key}: {Tier(tier.Value)}"));
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
        : ViewText.Lines(permissions.Times.Select(range => $"{range.Start}-{range.End} {permissions.TimesLocation}".TrimEnd()));

    private static string Label(string? name) => string.IsNullOrEmpty(name) ? "" : $"{name}: ";

    private static string Traits(AccountExport export) => string.Join(", ", new[]
    {
        export.ResponseType,
        export.AccountTokenPosition > 0 ? $"account key at {export.AccountTokenPosition}" : null,
        export.ResponseThreshold > 0 ? $"answers within {Time(export.ResponseThreshold)}" : null,
        export.ServiceLatency is { } latency
            ? $"latency to {latency.Results} ({(latency.Sampling == 0 ? "by headers" : $"{latency.Sampling}%")})"
            : null,
        export.Advertise ? "advertised" : null,
        export.AllowTrace ? "traced" : null,
        export.Revocations.Count > 0 ? $"{export.Revocations.Count} revoked" : null,
    }.Where(part => !string.IsNullOrEmpty(part)));

    private static string Value(object? value) => value switch
    {
        string text => text,
        IEnumerable values => $"{{{string.Join(", ", values.Cast<object>())}}}",
        _ => $"{value}",
    };

    private static string Following(string details) => details.Length == 0 ? "" : $", {details}";

    private static string Time(long nanoseconds) =>
        TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick).ToString("c", CultureInfo.InvariantCulture);

    private static string Tier(JetStreamLimits limits) => string.Join(", ", new[]
    {
        $"disk {ViewText.Size(limits.DiskStorage)}",
        $"memory {ViewText.Size(limits.MemStorage)}",
        $"streams {ViewText.Limit(limits.Streams)}",
        $"consumers {ViewText.Limit(limits.Consumer)}",
        limits.DiskMaxStreamBytes > 0 ? $"disk of a stream {ViewText.Size(limits.DiskMaxStreamBytes)}" : null,
        limits.MemMaxStreamBytes > 0 ? $"memory of a stream {ViewText.Size(limits.MemMaxStreamBytes)}" : null,
        limits.MaxAckPending > 0 ? $"unacknowledged {ViewText.Limit(limits.MaxAckPending)}" : null,
        limits.MaxBytesRequired ? "streams must have a size" : null,
    }.OfType<string>());
}
