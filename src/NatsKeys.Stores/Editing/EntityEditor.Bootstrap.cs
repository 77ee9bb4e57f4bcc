using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal sealed partial class EntityEditor
{
    private const string SystemUser = "sys";
    private const string SystemRole = "admin";
    private static readonly TimeSpan SystemUserLifetime = TimeSpan.FromDays(365);

    /// <summary>
    /// Creates an operator and its system account. The account has a role for administrators and one user of that role, which expires after the
    /// store's default time, or else after a year. If a part fails, nothing is created.
    /// </summary>
    /// <param name="request">The operator. Its first new signing key, if it has one, signs the account.</param>
    /// <param name="systemAccount">The name of the system account.</param>
    /// <param name="configure">Sets further claims of the operator; null for the defaults.</param>
    /// <exception cref="NatsKeysException">A name is taken or not valid, or the key cannot sign.</exception>
    public NatsOperator CreateOperatorWithSystemAccount(
        NewEntity request, string systemAccount, Action<OperatorClaims>? configure = null) => Conflicts.Retry(() =>
    {
        string name = EntityName.Check(systemAccount);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair signingKey = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair? generated = request.Key is null ? NatsKeyPair.Generate(NatsKeyType.Operator) : null;
        NatsKeyPair identity = request.Key ?? generated!;
        using StoreTransaction change = Begin();
        NatsOperator made = CreateOperator(change, request with { Key = identity }, claims =>
        {
            configure?.Invoke(claims);
            claims.SystemAccount = key.PublicKey;
        });

        // The new keys are only in memory and not saved yet.
        SigningKeyChoice signer = request.NewSigningKeys is [var first, ..] ? SigningKeyChoice.Of(first)
            : request.SigningKey == SigningKeyChoice.Default ? SigningKeyChoice.Of(identity)
            : request.SigningKey;
        var account = new NewEntity(name) { Key = key, SigningKey = signer, NewSigningKeys = [signingKey] };
        NatsAccount system = CreateAccount(change, account, made.Path, claims =>
        {
            AddMonitoring(claims.Exports);
            AddRole(claims.SigningKeys[0]);
        });
        DateTimeOffset now = Store.Clock.GetUtcNow();
        var user = new NewEntity(SystemUser)
        {
            SigningKey = SigningKeyChoice.Of(signingKey),
            Expires = Store.Defaults.ExpiryOf(now) ?? now + SystemUserLifetime,
        };
        CreateUser(change, user, system.Path);
        change.Commit();
        return made;
    });

    /// <summary>Adds the role of administrators in a system account, who query servers, send them account tokens and receive their events.</summary>
    private static void AddRole(AccountSigningKey key)
    {
        (key.IsScoped, key.Role, key.Description) = (true, SystemRole, "Queries and manages servers, and receives their events.");
        key.Template.Pub.Allow.AddRange(["$SYS.REQ.>", "$SYS.DEBUG.>", "$SYS.ACCOUNT.*.CLAIMS.UPDATE"]);
        key.Template.Sub.Allow.AddRange(["$SYS.>", "_INBOX.>"]);
    }

    /// <summary>Adds the exports through which every account can monitor itself, the same as those of the reference tool.</summary>
    private static void AddMonitoring(ClaimList<AccountExport> exports)
    {
        exports.Add(new AccountExport
        {
            Name = "account-monitoring-services",
            Subject = "$SYS.REQ.ACCOUNT.*.*",
            Type = "service",
            ResponseType = "Stream",
            AccountTokenPosition = 4,
            Description = "What servers know of an account: connections, subscriptions, leaf nodes, JetStream.",
        });
        exports.Add(new AccountExport
        {
            Name = "account-monitoring-streams",
            Subject = "$SYS.ACCOUNT.*.>",
            Type = "stream",
            AccountTokenPosition = 3,
            Description = "What servers report of an account as it happens.",
        });
    }
}
