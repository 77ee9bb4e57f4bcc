using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Renames a user and signs it again.</summary>
[Cmdlet(VerbsCommon.Rename, Nouns.User, SupportsShouldProcess = true)]
[OutputType(typeof(NatsUser))]
public sealed class RenameNatsUserCommand : RenameEntityCmdlet<RenameUserParameters, RenamePipedUserParameters>
{
    /// <summary>The account of the user. The default is all accounts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the user. The default is all operators.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountSignerCompleter))]
    public override SigningKeyArgument? SigningKey { get; set; }

    private protected override object? CurrentItem => Given.User;

    private protected override NatsEntity Resolve() => Rows.Resolve(Given.User!, Account, Operator);
}
