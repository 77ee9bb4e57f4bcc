using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Pipeline;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that change the revocations of an account: of users, or of activations of one of its exports.</summary>
public abstract class RevocationCmdlet : EditCmdlet
{
    private protected const string OfUser = RevocationSets.OfUser;
    private protected const string OfExport = RevocationSets.OfExport;
    private protected const string OfRow = RevocationSets.OfRow;

    // The columns that say which revocation is meant.
    private static readonly string[] Naming = ["Account", "Operator", RevocationRowArgument.Column, "PublicKey", "Export", "Type"];

    private readonly NamedRows rows;
    private RowColumns? columns;

    private protected RevocationCmdlet() => rows = new NamedRows(this);

    /// <summary>The users: objects, names or public keys; <c>*</c> stands for every user of the account.</summary>
    [Parameter(ParameterSetName = OfUser, Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The users.")]
    [EntityName(typeof(UserKeyArgument[]), typeof(NatsExport), typeof(NatsRevocation), typeof(NatsAccount), typeof(NatsSigningKey),
        OtherColumns = [RevocationRowArgument.Column])]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RevokedUserCompleter))]
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

    /// <summary>A row of a table, with the columns of a revocation.</summary>
    [Parameter(ParameterSetName = OfRow, Mandatory = true, ValueFromPipeline = true, HelpMessage = "A table row.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public RevocationRowArgument? Row { get; set; }

    private protected override object? CurrentItem => CurrentUser ?? (object?)Export ?? NameOfRow;

    internal override string? NameOfRow => Row is null ? null : CellOf(RevocationRowArgument.Column) ?? Row.Kind;

    /// <summary>Whether accounts are piped: the users or the export were typed.</summary>
    private protected bool IsAccountPiped => MyInvocation.ExpectingInput && (User ?? (object?)Export) is not null;

    /// <summary>The user that is being processed; null if an export or another object is processed.</summary>
    private protected UserKeyArgument? CurrentUser { get; private set; }

    private protected sealed override void ProcessItem()
    {
        CurrentUser = null;
        RequireColumns();
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
        if (Row is not null)
        {
            return AccountArgument.Resolve(
                !Typed.Contains("Account") && CellOf("Account") is { } cell ? new AccountArgument(cell) : named,
                !Typed.Contains("Operator") && CellOf("Operator") is { } name ? new OperatorArgument(name) : above,
                Stores.Open);
        }

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
    private protected (string Key, DateTimeOffset? IssuedAt) ResolveKey(NatsAccount account) => Row is not null ? KeyOfRow(account)
        : CurrentUser is not null ? CurrentUser.Resolve(account)
        : (TargetAccount!.Key(account.Store, account.Operator), null);

    /// <summary>The list of revocations to change, in a state of the account.</summary>
    private protected ClaimTable<long> ListOf(NatsAccount account) => CellOf("Export") is { } subject
        ? account.FindExport(subject, ClaimNames.FoldOrNull(CellOf("Type"))).Revocations
        : Export?.Find(account, ClaimNames.FoldOrNull(Type)).Revocations ?? account.Claims.Revocations;

    /// <summary>The text of a cell of the current row; null where it is empty or no row came.</summary>
    private protected string? CellOf(string column) => Row?.Cell(column) is { } cell ? InputFormatter.OfCell(cell) : null;

    /// <summary>Whether the current revocation is of an export's activations, not of users.</summary>
    private protected bool IsOfExport => Export is not null || CellOf("Export") is not null;

    /// <summary>The current key for messages, by the name that was given.</summary>
    /// <param name="key">The key.</param>
    private protected string Shown(string key) => Row is not null ? NameOfRow!
        : CurrentUser is not null ? CurrentUser.ToString()
        : TargetAccount?.ToString() ?? key;

    private (string Key, DateTimeOffset? IssuedAt) KeyOfRow(NatsAccount account)
    {
        string named = CellOf("PublicKey") ?? CellOf(RevocationRowArgument.Column)
            ?? throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"The columns 'PublicKey' and '{RevocationRowArgument.Column}' of the row are empty. This row was skipped.");
        return named.StartsWith(Revocations.All, StringComparison.Ordinal) ? (Revocations.All, null)
            : IsOfExport ? (new AccountKeyArgument(named).Key(account.Store, account.Operator), null)
            : new UserKeyArgument(named).Resolve(account);
    }

    /// <summary>Refuses a row with a column that nothing takes.</summary>
    private void RequireColumns()
    {
        if (Row is not null)
        {
            columns ??= new RowColumns(
                MyInvocation.MyCommand.Parameters.Values,
                RowNames.Concat(Naming),
                Typed,
                typeof(NatsRevocation).GetProperties().Select(property => property.Name),
                "This row was skipped.");
            columns.Check(Row, NameOfRow!, isMapped: false);
        }
    }

    /// <summary>Further columns that the cmdlet takes.</summary>
    private protected virtual IEnumerable<string> RowNames => [];
}
