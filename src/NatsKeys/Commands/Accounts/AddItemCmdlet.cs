using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// The base class of the cmdlets that add items to an account. What they add is typed, or comes from rows of a table, such as that of the Get cmdlet.
/// </summary>
/// <typeparam name="TItem">The type of the items.</typeparam>
public abstract class AddItemCmdlet<TItem> : EditCmdlet, IDynamicParameters
    where TItem : AccountItem
{
    private protected const string ByAccount = "Account";
    private protected const string ByRow = "Row";
    private const string Details = nameof(NatsExport.Details);
    private const string OfWholeTable = nameof(NatsExport.AllowTrace);
    private ParameterGroups? groups;
    private RowColumns? columns;

    private protected AddItemCmdlet() => Cells = new ItemCells(this, () => Row);

    /// <summary>A row of a table: its columns are the parameters of their names. A text is the subject, if the account is typed.</summary>
    [Parameter(ParameterSetName = ByRow, Mandatory = true, ValueFromPipeline = true, HelpMessage = "A table row.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NewItemRowArgument? Row { get; set; }

    /// <summary>The account. Not needed if there is only one.</summary>
    [Parameter(ParameterSetName = ByAccount, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByRow)]
    [PipelineInput(IsOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public virtual AccountArgument? Account { get; set; }

    /// <summary>The operator of the account, if several operators have an account of that name.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>Gets the parameters that the cmdlet shares with the Set cmdlet.</summary>
    public object GetDynamicParameters() => (groups = new ParameterGroups(MakeGroups())).Parameters;

    internal override string? NameOfRow => Row is { IsText: false } ? Cells.RowName : null;

    /// <summary>The cells of the row.</summary>
    private protected ItemCells Cells { get; }

    /// <summary>Creates the groups of parameters of this kind of item.</summary>
    private protected virtual object[] MakeGroups() => [];

    /// <summary>Returns a group of parameters with the typed values and the cells of the row.</summary>
    private protected TGroup Given<TGroup>()
        where TGroup : new() => groups!.Read<TGroup>(Row is { Text: null } ? Row : null);

    /// <summary>The account in its newest state.</summary>
    private protected NatsAccount ResolveAccount() => Cells.AccountOf(Account, Operator, _ => null);

    /// <summary>The subject: typed, a cell of the row, or the row itself if it is a text.</summary>
    private protected string SubjectOf(string? typed) => Row is { Text: { } text } ? text : Cells.Required("Subject", "subject", typed);

    /// <summary>Refuses a row with an unknown column, an item of another kind, and a text that may be a subject or an account.</summary>
    private protected void RequireRow()
    {
        if (Row is null)
        {
            return;
        }

        if (!Cells.RequireMeaning<TItem>("Subject"))
        {
            return;
        }

        // Many objects have a name or a description, which says nothing about an item.
        if (Row.Item is null && !Cells.Has("Subject") && !Row.Columns().Any(column => column.IsOwn))
        {
            throw new NatsKeysException(ErrorCode.InvalidClaims, $"The input is {Row.Kind}, not a row of a table. Nothing was signed.");
        }

        // The view shows several settings in this column. A table of everything has a column for each of them, too.
        if (Row.Cell(Details) is not null && !Cells.Has(OfWholeTable))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"The column '{Details}' of '{Cells.RowName}' cannot be read. Pipe the table with all columns, without Select-Object, or leave the "
                    + "column out. This row was skipped.");
        }

        columns ??= new RowColumns(
            MyInvocation.MyCommand.Parameters.Values,
            [.. ItemCells.Naming.Where(MyInvocation.MyCommand.Parameters.ContainsKey), .. groups!.Parameters.Keys, .. OtherColumns],
            Typed,
            typeof(TItem).GetProperties().Select(property => property.Name),
            "This row was skipped.");
        columns.Check(Row, Cells.RowName, isMapped: false);
    }

    /// <summary>The columns that the cmdlet reads, besides those with the names of its shared parameters.</summary>
    private protected virtual IEnumerable<string> OtherColumns => [];
}
