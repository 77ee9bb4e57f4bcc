using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gives a user another name and signs it again.</summary>
[Cmdlet(VerbsCommon.Rename, Nouns.User, SupportsShouldProcess = true)]
[OutputType(typeof(NatsUser))]
public sealed class RenameNatsUserCommand : RenameEntityCmdlet<RenameUserParameters, RenamePipedUserParameters>
{
    private protected override object? CurrentItem => Given.User;

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountSignerCompleter))]
    public override SigningKeyArgument? SigningKey { get; set; }

    private protected override NatsEntity Resolve() => Given.User!.Resolve(Stores.Open);
}
