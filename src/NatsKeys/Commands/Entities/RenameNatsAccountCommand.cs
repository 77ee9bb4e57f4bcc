using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gives an account another name and signs it again.</summary>
[Cmdlet(VerbsCommon.Rename, Nouns.Account, SupportsShouldProcess = true)]
[OutputType(typeof(NatsAccount))]
public sealed class RenameNatsAccountCommand : RenameEntityCmdlet<RenameAccountParameters, RenamePipedAccountParameters>
{
    /// <summary>The operator of the account, where accounts of several operators have the same name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => Given.Account;

    private protected override NatsEntity Resolve() => Rows.Resolve(Given.Account, Operator);
}
