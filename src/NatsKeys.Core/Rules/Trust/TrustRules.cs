namespace NatsKeys.Rules;

/// <summary>The rules by which a server refuses a client, in addition to the rules for the claims.</summary>
internal static class TrustRules
{
    internal static readonly ValidationRule TokenMissing = Error("connect.token", "A client sends a user token.");
    internal static readonly ValidationRule Proxy = Error("connect.proxy", "A user with 'proxy_required' connects through a trusted proxy.");
    internal static readonly ValidationRule AccountUnknown = Error("connect.account", "The server knows the user's account.");
    internal static readonly ValidationRule AccountSubject = Error("connect.account-subject", "The subject of an account's token is the account.");
    internal static readonly ValidationRule AccountIssuer = Error(
        "connect.account-issuer", "An account is signed by a key that the operator trusts.");
    internal static readonly ValidationRule AccountExpired = Error("connect.account-expired", "The account has not expired.");
    internal static readonly ValidationRule UserIssuer = Error(
        "connect.user-issuer", "A user is signed by its account or by one of the account's signing keys.");
    internal static readonly ValidationRule Template = Error(
        "connect.template", "The template of a scoped signing key can be expanded for the user.");
    internal static readonly ValidationRule TemplateCrash = Error(
        "connect.template-crash", "Servers before 2.10.5 crash when a user connects that lacks some of the tags of a template's subject.");
    internal static readonly ValidationRule ConnectionType = Error("connect.connection-type", "The user is allowed this connection type.");
    internal static readonly ValidationRule Signature = Error("connect.signature", "The client proves that it has the user's key.");
    internal static readonly ValidationRule Source = Error("connect.src", "The client connects from an allowed network.");
    internal static readonly ValidationRule TimeOfDay = Error("connect.times", "The client connects at an allowed time of day.");
    internal static readonly ValidationRule Connections = Error("connect.connections", "The account has room for one more connection.");

    private static ValidationRule Error(string name, string summary) => new(name, FindingSeverity.Error, summary);
}
