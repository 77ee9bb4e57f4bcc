using System.Net;
using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Rules;

/// <summary>
/// Answers what a server in operator mode would: whether it lets a client in, with what permissions, and if not why. The steps and their
/// order are those of the server (validation rules, part B).
/// </summary>
public sealed class ServerTrust
{
    private readonly Func<string, string?> findAccount;
    private readonly OperatorClaims operatorClaims;
    private NatsJwt? lastAccount;
    private CheckedAccount? lastChecked;

    /// <summary>Makes the view of a server.</summary>
    /// <param name="operatorToken">The operator's token. Servers ask neither for its expiry nor for its issuer.</param>
    /// <param name="findAccount">Gives the token of an account by its public key; null when the server's resolver does not have it.</param>
    /// <exception cref="NatsKeysException">The operator's token cannot be read.</exception>
    public ServerTrust(string operatorToken, Func<string, string?> findAccount)
    {
        this.findAccount = findAccount;
        operatorClaims = JwtReader.Read(operatorToken).Claims as OperatorClaims
            ?? throw new NatsKeysException(ErrorCode.InvalidClaims, "The operator's token is not an operator token.");
    }

    /// <summary>
    /// The keys by which accounts must be signed on a server that was started with some operators. One that cannot be read has none.
    /// </summary>
    internal static IReadOnlySet<string> KeysOf(IEnumerable<string> operatorTokens) => operatorTokens
        .Select(token => JwtReader.TryRead(token)?.Claims).OfType<OperatorClaims>().SelectMany(Signers.Of).ToHashSet(StringComparer.Ordinal);

    /// <summary>The connection types that servers know, as they are in tokens.</summary>
    public static IReadOnlyList<string> ConnectionTypes { get; } =
        ["STANDARD", "WEBSOCKET", "LEAFNODE", "LEAFNODE_WS", "MQTT", "MQTT_WS", "IN_PROCESS"];

    /// <summary>Decides about a client that connects.</summary>
    /// <param name="attempt">The client.</param>
    public ConnectDecision Decide(ConnectAttempt attempt)
    {
        var findings = new Findings(attempt.Server);
        return Decide(attempt, findings) ?? new ConnectDecision { Refusal = findings.All.First(IsBlocking) };
    }

    /// <summary>Why servers do not take an account; null when they do.</summary>
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

    /// <summary>An account, accepted as servers accept it.</summary>
    private AccountClaims? FindAccount(string subject, DateTimeOffset now, Findings findings)
    {
        if (findAccount(subject) is not { } token)
        {
            findings.Add(TrustRules.AccountUnknown, "issuer_account", $"The server does not know the account {subject}.");
            return null;
        }

        // Many users of one account ask, and its signature takes long to check. What one thread keeps, another may miss.
        if ((lastAccount?.Token == token ? lastAccount : lastAccount = JwtValidator.TryRead(token, findings)) is not { } jwt)
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

    /// <summary>Holds an account against the rules, once a second for all of its users.</summary>
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
        // Older servers ask for the connection types of the user's own token, and those of a role's user has none.
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
        else if (!attempt.Somehow && permissions.Times.Count > 0 && TimesOfDay.EndOfRange(permissions, attempt.Time, attempt.Server) is null)
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

    /// <summary>Servers go no further than what is no network, which the template of a role may have.</summary>
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

        // Unknown types are dropped; when none is left, nothing is allowed.
        return ConnectionTypes.Contains(connectionType, StringComparer.OrdinalIgnoreCase)
            && permissions.AllowedConnectionTypes.Contains(connectionType, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The permissions that hold for a user who is let in: its own or those of its role, or else the account's default.</summary>
    /// <param name="permissions">Those of the user, or those of its role for the user.</param>
    /// <param name="account">The account.</param>
    /// <param name="scope">The role; null for none.</param>
    internal static ConnectDecision InForce(UserPermissions permissions, AccountClaims account, AccountSigningKey? scope)
    {
        // What a template denies to some of its users may be nothing for the one in question, who has the template all the same.
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

    /// <summary>What was found of an account, for some servers and for one second.</summary>
    private sealed record CheckedAccount(NatsJwt Account, long Second, ServerVersions Servers, IReadOnlyList<Finding> Found);
}
