using System.Net;
using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Rules;

/// <summary>
/// Decides like a server in operator mode whether a client may connect, with which permissions, or why it is refused. The steps and their order are
/// those of the server (validation rules, part B).
/// </summary>
public sealed class ServerTrust
{
    private readonly Func<string, string?> findAccount;
    private readonly OperatorClaims operatorClaims;
    private NatsJwt? lastAccount;
    private CheckedAccount? lastChecked;

    /// <summary>Creates the view of a server.</summary>
    /// <param name="operatorToken">The operator's token. Servers check neither its expiry nor its issuer.</param>
    /// <param name="findAccount">Returns the token of an account by its public key; null if the server's resolver does not have it.</param>
    /// <exception cref="NatsKeysException">The operator's token cannot be read.</exception>
    public ServerTrust(string operatorToken, Func<string, string?> findAccount)
    {
        this.findAccount = findAccount;
        operatorClaims = JwtReader.Read(operatorToken).Claims as OperatorClaims
            ?? throw new NatsKeysException(ErrorCode.InvalidClaims, "The operator's token is not an operator token.");
    }

    /// <summary>
    /// Gets the keys that may sign accounts on a server that was started with the given operators. Operators that cannot be read are ignored.
    /// </summary>
    internal static IReadOnlySet<string> KeysOf(IEnumerable<string> operatorTokens) => operatorTokens
        .Select(token => JwtReader.TryRead(token)?.Claims).OfType<OperatorClaims>().SelectMany(Signers.Of).ToHashSet(StringComparer.Ordinal);

    /// <summary>The connection types that servers know, as they are in tokens.</summary>
    public static IReadOnlyList<string> ConnectionTypes { get; } =
        ["STANDARD", "WEBSOCKET", "LEAFNODE", "LEAFNODE_WS", "MQTT", "MQTT_WS", "IN_PROCESS"];

    /// <summary>Decides about a connecting client.</summary>
    /// <param name="attempt">The client.</param>
    public ConnectDecision Decide(ConnectAttempt attempt)
    {
        var findings = new Findings(attempt.Server);
        return Decide(attempt, findings) ?? new ConnectDecision { Refusal = findings.All.First(IsBlocking) };
    }

    /// <summary>Finds the reason why servers reject an account; null if they accept it.</summary>
    /// <param name="account">The account's public key.</param>
    /// <param name="now">The time of the server.</param>
    /// <param name="server">The version of the server; null for the newest.</param>
    internal Finding? RefusalOf(string account, DateTimeOffset now, ServerVersion? server = null)
    {
        var findings = new Findings(server);
        return FindAccount(account, now, findings) is null ? findings.All.First(IsBlocking) : null;
    }

    private static bool HasBlocking(Findings findings) => findings.All.Any(IsBlocking);

    private static bool IsBlocking(Finding finding) => finding.Severity != FindingSeverity.Warning;

    private ConnectDecision? Decide(ConnectAttempt attempt, Findings findings)
    {
        if (string.IsNullOrEmpty(attempt.Token))
        {
            findings.Add(TrustRules.TokenMissing, "jwt");
            return null;
        }

        if (TokenLimits.ExceedsControlLine(attempt.Token.Length))
        {
            findings.Add(
                ValidationRules.ControlLine,
                "jwt",
                $"The token has {attempt.Token.Length} characters, which do not fit into a control line of {TokenLimits.MaximumControlLine} bytes.");
            return null;
        }

        if ((attempt.Checked ?? JwtValidator.TryRead(attempt.Token, findings)) is not { } jwt)
        {
            return null;
        }

        if (jwt.Claims is not UserClaims user)
        {
            findings.Add(TrustRules.TokenMissing, "type", $"The token has kind {jwt.Claims.KindText ?? "generic"}. A user token is required.");
            return null;
        }

        if (user.Permissions.ProxyRequired && !attempt.ThroughTrustedProxy && attempt.Server?.Has(ServerFeature.TrustedProxies) != false)
        {
            findings.Add(TrustRules.Proxy, "proxy_required");
            return null;
        }

        ClaimValidator.Check(user, attempt.Time, findings);
        string subject = string.IsNullOrEmpty(user.IssuerAccount) ? user.Issuer! : user.IssuerAccount;
        if (HasBlocking(findings) || FindAccount(subject, attempt.Time, findings) is not { } account)
        {
            return null;
        }

        return DecideInAccount(attempt, jwt, user, account, findings);
    }

    /// <summary>Finds an account and checks it as servers do; null if they reject it.</summary>
    private AccountClaims? FindAccount(string subject, DateTimeOffset now, Findings findings)
    {
        if (findAccount(subject) is not { } token)
        {
            findings.Add(TrustRules.AccountUnknown, "issuer_account", $"The server does not know the account {subject}.");
            return null;
        }

        // The account is cached, because many users have the same one and verifying its signature takes long. Other threads may replace it at any
        // time.
        NatsJwt? jwt = lastAccount;
        if (jwt?.Token != token)
        {
            lastAccount = jwt = JwtValidator.TryRead(token, findings);
        }

        if (jwt is null)
        {
            return null;
        }

        if (jwt.Claims is not AccountClaims account || account.Subject != subject)
        {
            findings.Add(TrustRules.AccountSubject, "sub", $"The token that the server has for {subject} has the subject {jwt.Subject}.");
            return null;
        }

        if (Signers.FaultOf(account.Issuer, operatorClaims) != SignerFault.None)
        {
            findings.Add(
                TrustRules.AccountIssuer,
                "iss",
                $"The account '{account.Name}' was signed by {account.Issuer}, which the operator '{operatorClaims.Name}' does not trust.");
            return null;
        }

        CheckAccount(jwt, now, findings);
        if (account.Expires > 0 && account.Expires <= now.ToUnixTimeSeconds())
        {
            findings.Add(TrustRules.AccountExpired, "exp", $"The account '{account.Name}' expired at {UnixTime.ToDate(account.Expires):u}.");
        }

        return HasBlocking(findings) ? null : account;
    }

    /// <summary>Checks an account against the rules, once a second for all its users.</summary>
    private void CheckAccount(NatsJwt jwt, DateTimeOffset now, Findings findings)
    {
        long second = now.ToUnixTimeSeconds();
        if (lastChecked is not { } known || known.Account != jwt || known.Second != second || known.Servers != findings.Servers)
        {
            var own = new Findings(findings.Servers);
            ClaimValidator.Check(jwt.Claims, now, own);
            lastChecked = known = new CheckedAccount(jwt, second, findings.Servers, own.All);
        }

        findings.AddRange(known.Found);
    }

    private ConnectDecision? DecideInAccount(ConnectAttempt attempt, NatsJwt jwt, UserClaims user, AccountClaims account, Findings findings)
    {
        if (Signers.FaultOf(user, user.Issuer, account, Signers.Of(account, operatorClaims)) != SignerFault.None)
        {
            findings.Add(
                TrustRules.UserIssuer, "iss", $"'{user.Name}' was signed by {user.Issuer}, which is not a key of the account '{account.Name}'.");
            return null;
        }

        AccountSigningKey? scope = account.ScopeOf(user.Issuer);
        UserPermissions permissions = user.Permissions;
        if (scope is not null)
        {
            if (!ScopeRules.Check(jwt, scope, findings)
                || TemplateExpander.Expand(scope.Template, user, account, findings, attempt.Server) is not { } expanded)
            {
                return null;
            }

            permissions = expanded;
        }

        return CheckClient(attempt, user, permissions, account, findings)
            ? InForce(permissions, account, scope)
            : null;
    }

    private static bool CheckClient(ConnectAttempt attempt, UserClaims user, UserPermissions permissions, AccountClaims account, Findings findings)
    {
        // Older servers check the connection types in the user's own token, and a user of a role has none there.
        UserPermissions typesFrom = attempt.Server?.Has(ServerFeature.RoleConnectionTypes) == false ? user.Permissions : permissions;
        if (permissions.BearerToken && account.Limits.DisallowBearer)
        {
            findings.Add(
                ValidationRules.TrustBearer, "bearer_token", $"'{user.Name}' is a bearer user, but the account '{account.Name}' disallows bearer "
                    + "tokens.");
        }
        else if (!attempt.Somehow && !IsConnectionTypeAllowed(typesFrom, attempt.ConnectionType))
        {
            findings.Add(
                TrustRules.ConnectionType,
                "allowed_connection_types",
                $"'{user.Name}' may connect by {string.Join(", ", permissions.AllowedConnectionTypes)}, not by {attempt.ConnectionType}.");
        }
        else if (!permissions.BearerToken && attempt.Proof != NonceProof.Good)
        {
            findings.Add(TrustRules.Signature, "sub", $"The client does not prove that it has the key {user.Subject}.");
        }
        else if (Revocations.IsRevoked(account.Revocations, user))
        {
            findings.Add(ValidationRules.TrustRevoked, "revocations", $"The account '{account.Name}' revoked '{user.Name}'.");
        }
        else if (attempt.RemoteAddress is { } address && !IsSourceAllowed(permissions, address))
        {
            findings.Add(TrustRules.Source, "src", $"'{user.Name}' may not connect from {address}.");
        }
        else if (!attempt.Somehow && permissions.Times.Count > 0 && ConnectionTimes.EndOfRange(permissions, attempt.Time, attempt.Server) is null)
        {
            findings.Add(TrustRules.TimeOfDay, "times", $"'{user.Name}' may not connect at this time of day.");
        }
        else if (account.Limits.Conn != -1 && attempt.ActiveConnections >= account.Limits.Conn)
        {
            findings.Add(
                TrustRules.Connections,
                "limits.conn",
                $"The account '{account.Name}' may have {account.Limits.Conn} connections, and {attempt.ActiveConnections} are in use.");
        }

        return !HasBlocking(findings);
    }

    /// <summary>Whether an address is allowed. Servers stop at the first invalid network, which only the template of a role may have.</summary>
    private static bool IsSourceAllowed(UserPermissions permissions, IPAddress address) =>
        permissions.Src.Count == 0
        || permissions.Src
            .Select(SourceNetwork.Parse).TakeWhile(network => network is not null)
            .Any(network => SourceNetwork.Contains(network!.Value, address));

    private static bool IsConnectionTypeAllowed(UserPermissions permissions, string connectionType)
    {
        if (permissions.AllowedConnectionTypes.Count == 0)
        {
            return true;
        }

        // Servers drop unknown types. If none remains, no connection is allowed.
        return ConnectionTypes.Contains(connectionType, StringComparer.OrdinalIgnoreCase)
            && permissions.AllowedConnectionTypes.Contains(connectionType, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Gets the permissions in force for a user: its own or those of its role, or else the default permissions of the account.</summary>
    /// <param name="permissions">The user's own permissions, or those of its role, expanded for the user.</param>
    /// <param name="account">The account.</param>
    /// <param name="scope">The role; null for none.</param>
    internal static ConnectDecision InForce(UserPermissions permissions, AccountClaims account, AccountSigningKey? scope)
    {
        // The denies of a template may expand to nothing for this user. The template still counts as permissions.
        bool hasOwn = PermissionEvaluator.HasAny(permissions) || (scope is not null && PermissionEvaluator.HasAny(scope.Template));
        bool hasDefault = PermissionEvaluator.HasAny(account.DefaultPermissions);
        return new ConnectDecision
        {
            Permissions = hasOwn ? permissions : account.DefaultPermissions,
            Source = (hasOwn, scope is not null, hasDefault) switch
            {
                (true, true, _) => PermissionSource.Template,
                (true, false, _) => PermissionSource.User,
                (false, _, true) => PermissionSource.AccountDefault,
                _ => PermissionSource.Unrestricted,
            },
            Role = scope?.Role,
        };
    }

    /// <summary>The findings about an account, for certain servers and one second.</summary>
    private sealed record CheckedAccount(NatsJwt Account, long Second, ServerVersions Servers, IReadOnlyList<Finding> Found);
}
