using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Renames an account and signs it again.</summary>
[Cmdlet(VerbsCommon.Rename, Nouns.Account, SupportsShouldProcess = true)]
[OutputType(typeof(NatsAccount))]
public sealed class RenameNatsAccountCommand : RenameEntityCmdlet<RenameAccountParameters, RenamePipedAccountParameters>
{
    /// <summary>The operator of the account, if several operators have an account of that name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => Given.Account;

    private protected override NatsEntity Resolve() => Rows.Resolve(Given.Account, Operator);
}
