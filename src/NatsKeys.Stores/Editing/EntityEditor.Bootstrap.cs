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
    /// Makes an operator with a system account, which it names: with a role for administrators, and a user of it that expires after a year. When a
    /// part of it fails, nothing of it stays.
    /// </summary>
    /// <param name="request">The operator. Its first new signing key, where it has one, signs the account.</param>
    /// <param name="systemAccount">The name of the system account.</param>
    /// <exception cref="NatsKeysException">A name is taken or cannot be one, or the key cannot sign.</exception>
    public NatsOperator CreateOperatorWithSystemAccount(NewEntity request, string systemAccount) => Conflicts.Retry(() =>
    {
        string name = EntityName.Check(systemAccount);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair signingKey = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair? generated = request.Key is null ? NatsKeyPair.Generate(NatsKeyType.Operator) : null;
        NatsKeyPair identity = request.Key ?? generated!;
        using StoreTransaction change = Begin();
        NatsOperator made = CreateOperator(change, request with
        {
            Key = identity,
            Configure = claims =>
            {
                request.Configure?.Invoke(claims);
                ((OperatorClaims)claims).SystemAccount = key.PublicKey;
            },
        });

        // The new keys are in memory, and not saved yet.
        SigningKeyChoice signer = request.NewSigningKeys is [var first, ..] ? SigningKeyChoice.Of(first)
            : request.SigningKey == SigningKeyChoice.Default ? SigningKeyChoice.Of(identity)
            : request.SigningKey;
        var account = new NewEntity(name)
        {
            Key = key,
            SigningKey = signer,
            NewSigningKeys = [signingKey],
            Configure = claims =>
            {
                AddMonitoring(claims);
                AddRole(((AccountClaims)claims).SigningKeys[0]);
            },
        };
        NatsAccount system = CreateAccount(change, account, made.Path);
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

    /// <summary>What administrators do as users of a system account: ask servers, tell them of accounts, and listen to their events.</summary>
    private static void AddRole(AccountSigningKey key)
    {
        (key.IsScoped, key.Role, key.Description) = (true, SystemRole, "Queries and manages servers, and receives their events.");
        key.Template.Pub.Allow.AddRange(["$SYS.REQ.>", "$SYS.DEBUG.>", "$SYS.ACCOUNT.*.CLAIMS.UPDATE"]);
        key.Template.Sub.Allow.AddRange(["$SYS.>", "_INBOX.>"]);
    }

    /// <summary>What every account may ask of its servers, as the reference tool exports it from a system account.</summary>
    private static void AddMonitoring(ClaimSet claims)
    {
        ClaimList<AccountExport> exports = ((AccountClaims)claims).Exports;
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
