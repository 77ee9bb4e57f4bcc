using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Entities;

namespace NatsKeys.Commands;

/// <summary>Gives an account another name and signs it again.</summary>
[Cmdlet(VerbsCommon.Rename, Nouns.Account, SupportsShouldProcess = true)]
[OutputType(typeof(NatsAccount))]
public sealed class RenameNatsAccountCommand : RenameEntityCmdlet
{
    /// <summary>The account.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the account, where accounts of several operators have the same name.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => Account;

    private protected override NatsEntity Resolve() => AccountArgument.Resolve(Account, Operator, OpenStore);
}
