using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Changes a user and signs it again.</summary>
[Cmdlet(VerbsCommon.Set, Nouns.User, SupportsShouldProcess = true)]
[OutputType(typeof(NatsUser))]
public sealed class SetNatsUserCommand : SetEntityCmdlet, IDynamicParameters
{
    private readonly UserPermissionParameters permissions = new();
    private readonly UserPermissionRemovals removals = new();
    private ParameterGroups? groups;

    /// <summary>The user: an object, or a name such as <c>U</c> or <c>A/U</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserArgument? User { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountSignerCompleter))]
    public override SigningKeyArgument? SigningKey { get; set; }

    private protected override object? CurrentItem => User;

    /// <summary>The parameters that it shares with other cmdlets.</summary>
    public object GetDynamicParameters() => (groups = new ParameterGroups(permissions, removals)).Parameters;

    private protected override NatsEntity Resolve() => User!.Resolve(Stores.Open);

    private protected override void ApplyTo(NatsEntity entity)
    {
        groups?.Bind();
        var user = (NatsUser)entity;
        removals.ApplyTo(user.Permissions);
        permissions.ApplyTo(user.Permissions);
    }

    private protected override void Warn(EntityChange change)
    {
        Messages.WriteLeft(change);
        if (((NatsUser)change.Entity).Role is null)
        {
            Messages.WriteOpened(change, removals, $"The {change.Entity.Path}");
        }
    }
}
