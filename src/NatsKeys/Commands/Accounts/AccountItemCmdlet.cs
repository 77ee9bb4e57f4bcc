using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that add, change or remove items of an account. Rows of a table can say which.</summary>
public abstract class AccountItemCmdlet : EditCmdlet
{
    private protected const string ByAccount = "Account";
    private protected const string ByRow = "Row";

    private protected AccountItemCmdlet() => Cells = new ItemCells(this, () => CurrentRow);

    /// <summary>The account. Not needed if there is only one.</summary>
    [Parameter(ParameterSetName = ByAccount, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByRow)]
    [PipelineInput(IsOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public virtual AccountArgument? Account { get; set; }

    /// <summary>The cells of the row.</summary>
    private protected ItemCells Cells { get; }

    /// <summary>The row; null if the item was specified in another way.</summary>
    private protected abstract RowArgument? CurrentRow { get; }
}
