using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that change the revocations of an account: of users, or of activations of one of its exports.</summary>
public abstract class RevocationCmdlet : EditCmdlet
{
    private protected const string OfUser = "User";
    private protected const string OfExport = "Export";

    private readonly NamedRows rows;

    private protected RevocationCmdlet() => rows = new NamedRows(this);

    /// <summary>The users: objects, names or public keys; <c>*</c> stands for every user of the account.</summary>
    [Parameter(ParameterSetName = OfUser, Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The users.")]
    [EntityName(typeof(UserKeyArgument[]), typeof(NatsExport), typeof(NatsRevocation), typeof(NatsAccount), typeof(NatsSigningKey))]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserKeyArgument[]? User { get; set; }

    /// <summary>The export whose activations are revoked: an object, or its subject.</summary>
    [Parameter(ParameterSetName = OfExport, Mandatory = true, ValueFromPipeline = true, HelpMessage = "The export whose activations are revoked.")]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ExportSubjectCompleter))]
    public ExportArgument? Export { get; set; }

    /// <summary><c>Stream</c> or <c>Service</c>; needed only if both have the subject.</summary>
    [Parameter(ParameterSetName = OfExport)]
    [ValidateSet("Stream", "Service")]
    [NoSeed]
    public string? Type { get; set; }

    /// <summary>The importing account that has the activations: an object, a name or a public key; <c>*</c> stands for every account.</summary>
    [Parameter(ParameterSetName = OfExport, Mandatory = true, HelpMessage = "The importing account that has the activations.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountKeyArgument? TargetAccount { get; set; }

    private protected override object? CurrentItem => CurrentUser ?? (object?)Export;

    /// <summary>The user that is being processed; null if an export or another object is processed.</summary>
    private protected UserKeyArgument? CurrentUser { get; private set; }

    private protected sealed override void ProcessItem()
    {
        CurrentUser = null;
        if (User is null)
        {
            ProcessOne();
            return;
        }

        Each(User, user =>
        {
            CurrentUser = user;
            ProcessOne();
        });
    }

    /// <summary>Changes the revocation of the current user, export or other object.</summary>
    private protected abstract void ProcessOne();

    /// <summary>The account in its newest state. If it was named, an object in the input must belong to it.</summary>
    private protected NatsAccount ResolveAccount(AccountArgument? named, OperatorArgument? above)
    {
        if (CurrentUser is IEntityArgument { Row: not null } row)
        {
            rows.Require(row, typeof(NatsUser));
            (named, above) = (rows.Beside(row, named), rows.Beside(row, above));
        }

        NatsAccount? own = (named ?? (object?)above) is null ? CurrentUser?.FindAccount(Stores.Open) ?? Export?.Account
            : CurrentUser?.Account ?? Export?.Account;
        NatsAccount account = own is null || named is not null ? AccountArgument.Resolve(named, above, () => own?.Store ?? Stores.Open()) : own;
        return own is null || (own.Path == account.Path && own.Store.Location == account.Store.Location)
            ? account
            : throw new NatsKeysException(
                ErrorCode.EntityAmbiguous,
                $"'{CurrentItem}' belongs to the {own.Path}, but the {account.Path} was also specified. Specify only one of them.");
    }

    /// <summary>Returns the key whose tokens are revoked, and the issue time of its newest known token.</summary>
    private protected (string Key, DateTimeOffset? IssuedAt) ResolveKey(NatsAccount account) => CurrentUser is not null
        ? CurrentUser.Resolve(account)
        : (TargetAccount!.Key(account.Store, account.Operator), null);

    /// <summary>The list of revocations to change, in a state of the account.</summary>
    private protected ClaimTable<long> ListOf(NatsAccount account) =>
        Export?.Find(account, ClaimNames.FoldOrNull(Type)).Revocations ?? account.Claims.Revocations;
}
