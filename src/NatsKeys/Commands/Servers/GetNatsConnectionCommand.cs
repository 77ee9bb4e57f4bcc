using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Pipeline;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gets the clients that are connected to running servers, and what the store knows about their users.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Connection)]
[OutputType(typeof(LiveConnection))]
public sealed class GetNatsConnectionCommand : ServerCmdlet
{
    private NatsOperator? asked;

    /// <summary>
    /// The key that signed the users: a signing key, a key pair, a public key, a role's name, a seed, or the path of a key file; or an entity or its
    /// name, which stands for the users below it. The key of an operator stands for the accounts that it signed.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ListedKeyCompleter))]
    public RequestedKeyArgument? Key { get; set; }

    /// <summary>The account of the users.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The user.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserArgument? User { get; set; }

    /// <summary>The role of the signing key that signed the users.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(AccountRoleCompleter))]
    public string? Role { get; set; }

    /// <summary>
    /// Only clients that should not be connected according to the store: their user or account is not in it, or their token is revoked, expired or
    /// signed by a key that the account does not list.
    /// </summary>
    [Parameter]
    public SwitchParameter Unwanted { get; set; }

    private protected override ServerTask ServerTask => ServerTask.Clients;

    private protected override object? CurrentItem => Key ?? (object?)User ?? Account;

    private protected override void ProcessItem()
    {
        asked = null;
        ConnectionFilter filter = FilterOf();
        NatsOperator owner = asked ?? OperatorArgument.Resolve(Operator, Stores.Open);
        SystemAccountClient client = Client(owner);
        foreach (LiveConnection connection in AskMany(owner, client.ConnectionsAsync(filter, new ConnectedUsers(owner), Stopped)))
        {
            WriteObject(connection);
        }

        WriteSilence(owner, client);
    }

    private ConnectionFilter FilterOf()
    {
        var filter = new ConnectionFilter { IsUnwanted = Unwanted };
        NatsAccount? account = Account is null ? null : AccountArgument.Resolve(Account, Operator, Stores.Open);
        if (account is not null)
        {
            Ask(account);
            filter = filter with { Accounts = KeysOf(account) };
        }

        if (User is not null)
        {
            NatsUser user = User.Resolve(Stores.Open, Account, Operator);
            Ask(user);
            filter = filter with { Users = KeysOf(user) };
        }

        if (Role is not null)
        {
            NatsSigningKey[] keys = [.. Roles(account).Where(key => key.Role == Role)];
            if (keys.Length == 0)
            {
                throw RoleNames.Unknown(
                    $"No signing key of {account?.Path.ToString() ?? "any account"} has the role '{Role}'.",
                    RoleNames.Suggest(Roles(account), Role));
            }

            Ask(keys[0].GetOwner());
            filter = filter with { SigningKeys = keys.Select(key => key.PublicKey).ToHashSet() };
        }

        return Key is null ? filter : OfKey(filter, account);
    }

    private ConnectionFilter OfKey(ConnectionFilter filter, NatsAccount? account)
    {
        NatsEntity? scope = Scope(account);
        (NatsEntity? entity, string? key) = Key!.Resolve(
            () => Roles(account), name => new EntityReader(this).Named(name, scope), Paths.Full, scope);
        if (entity is not null)
        {
            Ask(entity);
        }

        if (key is null)
        {
            return entity switch
            {
                NatsUser => filter with { Users = Both(filter.Users, KeysOf(entity)) },
                NatsAccount => filter with { Accounts = Both(filter.Accounts, KeysOf(entity)) },
                _ => filter,
            };
        }

        return PublicNkey.Is(key, NatsKeyType.User) ? filter with { Users = Both(filter.Users, [key]) }
            : PublicNkey.Is(key, NatsKeyType.Operator) ? filter with { Accounts = Both(filter.Accounts, SignedBy(key)) }
            : filter with { SigningKeys = Both(filter.SigningKeys, [key]) };
    }

    /// <summary>The keys that pass an earlier filter, too.</summary>
    private static HashSet<string> Both(IReadOnlySet<string>? earlier, HashSet<string> keys) =>
        earlier is null ? keys : [.. keys.Where(earlier.Contains)];

    /// <summary>
    /// The accounts that a key of the operator signed, in the store or on servers. Accounts that it signed before it was replaced, or that others
    /// signed with it, exist only on servers.
    /// </summary>
    private HashSet<string> SignedBy(string key)
    {
        NatsOperator owner = asked ??= OperatorArgument.Resolve(Operator, Stores.Open);
        IReadOnlySet<string> served = Ask(owner, () => Client(owner).SignedByAsync(key, Stopped));
        IEnumerable<NatsEntity> stored = owner.Store.Children(owner).Where(account => account.Document.Signer == key);
        return [.. stored.Select(account => account.Subject).OfType<string>(), .. served];
    }

    private IEnumerable<NatsSigningKey> Roles(NatsAccount? account) => new EntityReader(this).SigningKeys(Scope(account));

    /// <summary>The account or operator that the parameters name; null for none.</summary>
    private NatsEntity? Scope(NatsAccount? account) =>
        account ?? (NatsEntity?)(Operator is null ? null : OperatorArgument.Resolve(Operator, Stores.Open));

    private void Ask(NatsEntity entity) => asked = entity.Store.FindOperator(entity.Path.Operator);

    private static HashSet<string> KeysOf(NatsEntity entity) => entity.Subject is { } key ? [key] : [];
}
