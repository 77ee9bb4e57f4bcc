using System.Globalization;
using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// The shape of the cmdlets that change or remove something that an account states: an object, what an account and a name say, or what a row of a
/// table says.
/// </summary>
/// <typeparam name="TItem">What it is.</typeparam>
public abstract class EditItemCmdlet<TItem> : EditCmdlet
    where TItem : AccountItem
{
    private protected const string ByObject = "InputObject";
    private protected const string ByAccount = "Account";
    private protected const string ByRow = "Row";

    // The columns that say which one is meant, of those that a cmdlet has parameters for.
    private static readonly string[] Naming = [nameof(Account), nameof(Operator), "Subject", "Type", "From", "LocalSubject", "To", "Cluster", "Tier"];
    private RowColumns? columns;

    /// <summary>What is meant, as the cmdlet that gets it gives it.</summary>
    [Parameter(
        ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true,
        HelpMessage = "The object to change, as the Get cmdlet returns it.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public TItem? InputObject { get; set; }

    /// <summary>A row of a table: its columns say which one of which account is meant.</summary>
    [Parameter(ParameterSetName = ByRow, Mandatory = true, ValueFromPipeline = true, HelpMessage = "A table row.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public ItemRowArgument? Row { get; set; }

    /// <summary>The account. Not needed where there is only one.</summary>
    [Parameter(ParameterSetName = ByAccount, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByRow)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public virtual AccountArgument? Account { get; set; }

    /// <summary>The operator of the account, where accounts of several operators have the same name.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    [Parameter(ParameterSetName = ByRow)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => InputObject ?? Account ?? (Row is null ? null : (object)RowName);

    /// <summary>What a row is called in messages.</summary>
    private string RowName => Convert.ToString(Row!.Cell("Subject") ?? Row.Cell(nameof(Account)), CultureInfo.InvariantCulture) ?? Row.Kind;

    /// <summary>The account in its newest state.</summary>
    private protected NatsAccount ResolveAccount()
    {
        if (InputObject is not null)
        {
            return InputObject.GetAccount().Newest();
        }

        RequireColumns();
        string? account = TypedOrCell(nameof(Account), null);
        string? above = TypedOrCell(nameof(Operator), null);
        return AccountArgument.Resolve(
            account is null ? Account : new AccountArgument(account), above is null ? Operator : new OperatorArgument(above), Stores.Open);
    }

    /// <summary>Whether a row has a column, be its cell empty or not.</summary>
    private protected bool HasColumn(string name) =>
        Row?.Columns().Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>What was typed for a parameter, which holds for every row; otherwise what the row says.</summary>
    private protected string? TypedOrCell(string parameter, string? typed) => Row is null || Typed.Contains(parameter)
        ? typed
        : Convert.ToString(Row.Cell(parameter), CultureInfo.InvariantCulture) is { Length: > 0 } cell ? cell : null;

    /// <summary>What names the item itself, which a row must say where it was not typed.</summary>
    private protected string RequiredSubject(string typed) => TypedOrCell("Subject", typed) is { Length: > 0 } subject
        ? subject
        : throw new NatsKeysException(
            ErrorCode.InvalidClaims,
            $"The input is {Row!.Kind}. It names no subject: the column 'Subject' is missing or empty. Nothing was done with this row.");

    /// <summary>The subjects that were typed, otherwise the one of the object or of the row.</summary>
    private protected IReadOnlyList<string> RequiredSubjects(string[] typed, string? own)
    {
        RequireColumns();
        return own is not null ? [own] : Row is null || Typed.Contains("Subject") ? typed : [RequiredSubject(typed: "")];
    }

    /// <summary>The type that was typed or that a row says, in the words of tokens.</summary>
    private protected string? ItemType(string? typed) => ClaimNames.FoldOrNull(TypedOrCell("Type", typed)) switch
    {
        null => null,
        ("stream" or "service") and var type => type,
        var other => throw new NatsKeysException(
            ErrorCode.InvalidClaims, $"The column 'Type' says '{other}'. Use Stream or Service. Nothing was done with this row."),
    };

    /// <summary>Refuses a row with a column that nothing takes: it may say something that would be passed over.</summary>
    private void RequireColumns()
    {
        if (Row is null)
        {
            return;
        }

        columns ??= new RowColumns(
            MyInvocation.MyCommand.Parameters.Values,
            Naming.Where(MyInvocation.MyCommand.Parameters.ContainsKey),
            Typed,
            typeof(TItem).GetProperties().Select(property => property.Name),
            "Nothing was done with this row.");
        columns.Check(Row, RowName, isMapped: false);
    }
}
