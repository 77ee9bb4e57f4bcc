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

    private readonly ItemCells cells;
    private RowColumns? columns;

    private protected EditItemCmdlet() => cells = new ItemCells(this, () => Row);

    /// <summary>The item, as the Get cmdlet returns it.</summary>
    [Parameter(
        ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true,
        HelpMessage = "The object to change, as the Get cmdlet returns it.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public TItem? InputObject { get; set; }

    /// <summary>
    /// A row of a table: its columns identify the item and its account. A text is the subject of the item, or its tier, if the account is typed.
    /// </summary>
    [Parameter(ParameterSetName = ByRow, Mandatory = true, ValueFromPipeline = true, HelpMessage = "A table row.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public ItemRowArgument? Row { get; set; }

    /// <summary>The account. Not needed if there is only one.</summary>
    [Parameter(ParameterSetName = ByAccount, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByRow)]
    [PipelineInput(IsOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public virtual AccountArgument? Account { get; set; }

    /// <summary>The operator of the account, if several operators have an account of that name.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    [Parameter(ParameterSetName = ByRow)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    internal override string? NameOfRow => Row is { IsText: false } ? cells.RowName : null;

    private protected override object? CurrentItem => InputObject ?? Account ?? (Row is null ? null : (object)cells.RowName);

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

    private NatsAccount AccountOfColumns() => cells.AccountOf(Account, Operator, MeantBy);

    /// <summary>What a text in the place of the account seems to be, as a sentence; null if it is nothing else.</summary>
    private protected virtual string? MeantBy(string text) => null;

    /// <summary>Whether the row has a column, even if its cell is empty.</summary>
    private protected bool HasColumn(string name) => cells.Has(name);

    /// <summary>The parameter that a text stands for, if the account is typed; null for none.</summary>
    private protected virtual string? TextParameter => "Subject";

    /// <summary>The text that was piped in place of a row; null for none.</summary>
    private protected string? RowText => Row?.Text;

    /// <summary>The typed value of a parameter, which applies to every row; otherwise the cell of the row.</summary>
    private protected string? TypedOrCell(string parameter, string? typed) => cells.TypedOrCell(parameter, typed);

    /// <summary>The subject of the item. A row must have it if it was not typed.</summary>
    private protected string RequiredSubject(string typed) => cells.Required("Subject", "subject", typed);

    /// <summary>The typed subjects; otherwise the subject of the object or of the row.</summary>
    private protected IReadOnlyList<string> RequiredSubjects(string[] typed, string? own)
    {
        RequireColumns();
        return own is not null ? [own]
            : RowText is { } text ? [text]
            : Row is null || Typed.Contains("Subject") ? typed
            : [RequiredSubject(typed: "")];
    }

    /// <summary>The type that was typed or that the row has, as tokens spell it.</summary>
    private protected string? ItemType(string? typed) => cells.ItemType(typed);

    /// <summary>Gets the items of an account among which a row names one; empty where rows have no columns of settings.</summary>
    private protected virtual IEnumerable<TItem> Items(NatsAccount account) => [];

    /// <summary>The item that the row identifies; null if it identifies none, or several.</summary>
    private TItem? Current()
    {
        TItem[] found = [.. Items(AccountOfColumns()).Where(item => Array.TrueForAll(ItemCells.Naming, column =>
            TypedOrCell(column, null) is not { } cell || column is nameof(Account) or nameof(Operator)
                || typeof(TItem).GetProperty(column) is not { } property
                || cell.Equals(Convert.ToString(property.GetValue(item), CultureInfo.InvariantCulture), StringComparison.OrdinalIgnoreCase)))];
        return found is [var only] ? only : null;
    }

    /// <summary>Refuses a row with an unknown column: what it says would be ignored.</summary>
    private protected void RequireColumns()
    {
        if (Row is null || !cells.RequireMeaning<TItem>(TextParameter))
        {
            return;
        }

        columns ??= new RowColumns(
            MyInvocation.MyCommand.Parameters.Values,
            ItemCells.Naming.Where(MyInvocation.MyCommand.Parameters.ContainsKey),
            Typed,
            typeof(TItem).GetProperties().Select(property => property.Name),
            "This row was skipped.");
        columns.Check(Row, cells.RowName, isMapped: false, Current, isWhole: true);
    }
}
