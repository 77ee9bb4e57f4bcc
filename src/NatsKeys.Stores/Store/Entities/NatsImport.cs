using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Store;

/// <summary>Represents an import of an account.</summary>
public sealed class NatsImport : AccountItem
{
    internal NatsImport(NatsAccount account, AccountImport claims)
        : base(account)
    {
        Claims = claims;
    }

    /// <summary>A descriptive name.</summary>
    public string? Name => Claims.Name;

    /// <summary><c>stream</c> or <c>service</c>.</summary>
    public string? Type => Claims.Type;

    /// <summary>The subject on the exporter's side.</summary>
    public string? Subject => Claims.Subject;

    /// <summary>The subject on the importer's side, if it differs.</summary>
    public string? LocalSubject => Claims.LocalSubject;

    /// <summary>The name of the exporting account, or its public key if the store does not have the account.</summary>
    public string? From => KnownNames.OfAccount(Store, Operator, Exporter);

    /// <summary>The public key of the exporting account.</summary>
    public string? Exporter => Claims.Account;

    /// <summary><c>private</c> if the import has an activation, otherwise <c>public</c>.</summary>
    public string Access => string.IsNullOrEmpty(Claims.Token) ? "public" : "private";

    /// <summary>When its activation expires; null if it never expires or there is none.</summary>
    public DateTimeOffset? ActivationExpires => Activation?.Expires;

    /// <summary>Services: whether the exporter receives information about the requesting client.</summary>
    public bool Share => Claims.Share;

    /// <summary>Streams: whether message traces may cross the import.</summary>
    public bool AllowTrace => Claims.AllowTrace;

    /// <summary>Its properties other than type, subjects and exporter, as readable text.</summary>
    public string Details => ClaimSummary.Join(
        Activation is { } activation
            ? activation.Expires is null ? "activation" : $"activation until {TimeParser.Show(activation.Expires)}"
            : string.IsNullOrEmpty(Claims.Token) ? null : "activation that cannot be read",
        Claims.Share ? "shares client information" : null,
        Claims.AllowTrace ? "traced" : null,
        Name);

    /// <summary>Gets the activation; null if the import has none or it cannot be read.</summary>
    public NatsJwt? GetActivation() => Activation;

    /// <summary>Gets its complete claims.</summary>
    public AccountImport GetClaims() => Claims;

    internal NatsJwt? Activation => JwtReader.TryRead(Claims.Token);

    internal AccountImport Claims { get; }

    /// <summary>Returns its name, type, subjects, exporter and access.</summary>
    public override string ToString()
    {
        string local = Claims.LocalSubject ?? Claims.To ?? "";
        string renamed = local.Length > 0 ? $" as {local}" : "";
        return TextSanitizer.Clean($"{ClaimSummary.Label(Name)}{Type ?? "?"} {Subject}{renamed} from {From} ({Access})");
    }
}
