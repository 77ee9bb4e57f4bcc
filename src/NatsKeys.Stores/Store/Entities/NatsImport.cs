using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Store;

/// <summary>An import of an account.</summary>
public sealed class NatsImport : AccountItem
{
    internal NatsImport(NatsAccount account, AccountImport claims)
        : base(account)
    {
        Claims = claims;
    }

    /// <summary>A name for people.</summary>
    public string? Name => Claims.Name;

    /// <summary><c>stream</c> or <c>service</c>.</summary>
    public string? Type => Claims.Type;

    /// <summary>The subject on the exporter's side.</summary>
    public string? Subject => Claims.Subject;

    /// <summary>The subject on the importer's side, where the passphrase is wrong.</summary>
    public string? LocalSubject => Claims.LocalSubject;

    /// <summary>The name of the exporting account; its public key where the store does not have it.</summary>
    public string? From => KnownNames.OfAccount(Store, Operator, Exporter);

    /// <summary>The public key of the exporting account.</summary>
    public string? Exporter => Claims.Account;

    /// <summary><c>private</c> where it has an activation, else <c>public</c>.</summary>
    public string Access => string.IsNullOrEmpty(Claims.Token) ? "public" : "private";

    /// <summary>When its activation expires; null for never, and where it has none.</summary>
    public DateTimeOffset? ActivationExpires => Activation?.Expires;

    /// <summary>Services: whether the exporter learns who asks.</summary>
    public bool Share => Claims.Share;

    /// <summary>Streams: whether traces may come through.</summary>
    public bool AllowTrace => Claims.AllowTrace;

    /// <summary>What it has beside its type, subjects and exporter, for people.</summary>
    public string Details => ClaimSummary.Join(
        Activation is { } activation
            ? activation.Expires is null ? "activation" : $"activation until {TimeParser.Show(activation.Expires)}"
            : string.IsNullOrEmpty(Claims.Token) ? null : "activation that cannot be read",
        Claims.Share ? "shares who asks" : null,
        Claims.AllowTrace ? "traced" : null,
        Name);

    /// <summary>The activation, where the import has one that can be read.</summary>
    public NatsJwt? GetActivation() => Activation;

    /// <summary>Everything that the account states of it.</summary>
    public AccountImport GetClaims() => Claims;

    internal NatsJwt? Activation => JwtReader.TryRead(Claims.Token);

    internal AccountImport Claims { get; }

    /// <summary>Its name, type, subjects, exporter and access.</summary>
    public override string ToString()
    {
        string local = Claims.LocalSubject ?? Claims.To ?? "";
        string renamed = local.Length > 0 ? $" as {local}" : "";
        return TextSanitizer.Clean($"{ClaimSummary.Label(Name)}{Type ?? "?"} {Subject}{renamed} from {From} ({Access})");
    }
}
