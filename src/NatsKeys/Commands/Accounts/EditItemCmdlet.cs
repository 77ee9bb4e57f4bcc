using System.Globalization;
using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// The base class of the cmdlets that change or remove an item of an account. The item is an object, or an account and the name of the item say which
/// it is, or a row of a table.
/// </summary>
/// <typeparam name="TItem">The type of the item.</typeparam>
public abstract class EditItemCmdlet<TItem> : EditCmdlet
    where TItem : AccountItem
{
    private protected const string ByObject = "InputObject";
    private protected const string ByAccount = "Account";
    private protected const string ByRow = "Row";

    // The columns that identify an item. A cmdlet uses those that it has parameters for.
    private static readonly string[] Naming = [nameof(Account), nameof(Operator), "Subject", "Type", "From", "LocalSubject", "To", "Cluster", "Tier"];
    private RowColumns? columns;

    /// <summary>The item, as the Get cmdlet returns it.</summary>
    [Parameter(
        ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true,
        HelpMessage = "The object to change, as the Get cmdlet returns it.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public TItem? InputObject { get; set; }

    /// <summary>A row of a table: its columns identify the item and its account.</summary>
    [Parameter(ParameterSetName = ByRow, Mandatory = true, ValueFromPipeline = true, HelpMessage = "A table row.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public ItemRowArgument? Row { get; set; }

    /// <summary>The account. Not needed if there is only one.</summary>
    [Parameter(ParameterSetName = ByAccount, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByRow)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public virtual AccountArgument? Account { get; set; }

    /// <summary>The operator of the account, if several operators have an account of that name.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    [Parameter(ParameterSetName = ByRow)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => InputObject ?? Account ?? (Row is null ? null : (object)RowName);

    /// <summary>The name of a row in messages.</summary>
    private string RowName => Convert.ToString(Row!.Cell("Subject") ?? Row.Cell(nameof(Account)), CultureInfo.InvariantCulture) ?? Row.Kind;

    /// <summary>The account in its newest state.</summary>
    private protected NatsAccount ResolveAccount()
    {
        if (InputObject is not null)
        {
            return InputObject.GetAccount().Newest();
        }

        RequireColumns();
        return AccountOfColumns();
    }

    private NatsAccount AccountOfColumns()
    {
        string? account = TypedOrCell(nameof(Account), null);
        string? above = TypedOrCell(nameof(Operator), null);
        return FirstPosition.Resolve(
            account is null ? Account : new AccountArgument(account), above is null ? Operator : new OperatorArgument(above), Stores, MeantBy);
    }

    /// <summary>What a text in the place of the account seems to be, as a sentence; null if it is nothing else.</summary>
    private protected virtual string? MeantBy(string text) => null;

    /// <summary>Whether the row has a column, even if its cell is empty.</summary>
    private protected bool HasColumn(string name) =>
        Row?.Columns().Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>The typed value of a parameter, which applies to every row; otherwise the cell of the row.</summary>
    private protected string? TypedOrCell(string parameter, string? typed) => Row is null || Typed.Contains(parameter)
        ? typed
        : Convert.ToString(Row.Cell(parameter), CultureInfo.InvariantCulture) is { Length: > 0 } cell ? cell : null;

    /// <summary>The subject of the item. A row must have it if it was not typed.</summary>
    private protected string RequiredSubject(string typed) => TypedOrCell("Subject", typed) is { Length: > 0 } subject
        ? subject
        : throw new NatsKeysException(
            ErrorCode.InvalidClaims,
            $"The input is {Row!.Describe()}. It names no subject: the column 'Subject' is missing or empty. This row was skipped.");

    /// <summary>The typed subjects; otherwise the subject of the object or of the row.</summary>
    private protected IReadOnlyList<string> RequiredSubjects(string[] typed, string? own)
    {
        RequireColumns();
        return own is not null ? [own] : Row is null || Typed.Contains("Subject") ? typed : [RequiredSubject(typed: "")];
    }

    /// <summary>The type that was typed or that the row has, as tokens spell it.</summary>
    private protected string? ItemType(string? typed) => ClaimNames.FoldOrNull(TypedOrCell("Type", typed)) switch
    {
        null => null,
        ("stream" or "service") and var type => type,
        var other => throw new NatsKeysException(
            ErrorCode.InvalidClaims, $"'{other}' in the column 'Type' is not a valid type. Use Stream or Service. This row was skipped."),
    };

    /// <summary>Gets the items of an account among which a row names one; empty where rows have no columns of settings.</summary>
    private protected virtual IEnumerable<TItem> Items(NatsAccount account) => [];

    /// <summary>The item that the row identifies; null if it identifies none, or several.</summary>
    private TItem? Current()
    {
        TItem[] found = [.. Items(AccountOfColumns()).Where(item => Array.TrueForAll(Naming, column =>
            TypedOrCell(column, null) is not { } cell || column is nameof(Account) or nameof(Operator)
                || typeof(TItem).GetProperty(column) is not { } property
                || cell.Equals(Convert.ToString(property.GetValue(item), CultureInfo.InvariantCulture), StringComparison.OrdinalIgnoreCase)))];
        return found is [var only] ? only : null;
    }

    /// <summary>Refuses a row with an unknown column: what it says would be ignored.</summary>
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
            "This row was skipped.");
        columns.Check(Row, RowName, isMapped: false, Current);
    }
}
