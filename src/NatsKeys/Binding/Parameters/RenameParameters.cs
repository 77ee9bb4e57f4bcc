using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

// The engine gives positions away before it looks at the pipeline. So what is expected from there has no position, and the new name, which is the
// first that is typed then, is the next one.

/// <summary>The parameters of the cmdlets that rename. What is renamed comes first, or down the pipeline.</summary>
public abstract class RenameParameters
{
    /// <summary>The new name.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, HelpMessage = "The new name.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string NewName { get; set; } = "";
}

/// <summary>Those for operators that are typed.</summary>
public class RenameOperatorParameters : RenameParameters
{
    /// <summary>The operator.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The operator: an object or a name.")]
    [EntityName(typeof(OperatorArgument))]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public virtual OperatorArgument? Operator { get; set; }
}

/// <summary>Those for operators that come down the pipeline.</summary>
public sealed class RenamePipedOperatorParameters : RenameOperatorParameters
{
    /// <inheritdoc/>
    [Parameter(
        Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The operator: an object or a name.")]
    [EntityName(typeof(OperatorArgument))]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public override OperatorArgument? Operator { get; set; }
}

/// <summary>Those for accounts that are typed.</summary>
public class RenameAccountParameters : RenameParameters
{
    /// <summary>The account.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The account: an object, a name, or operator/account.")]
    [EntityName(typeof(AccountArgument))]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public virtual AccountArgument? Account { get; set; }
}

/// <summary>Those for accounts that come down the pipeline.</summary>
public sealed class RenamePipedAccountParameters : RenameAccountParameters
{
    /// <inheritdoc/>
    [Parameter(
        Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The account: an object, a name, or operator/account.")]
    [EntityName(typeof(AccountArgument))]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public override AccountArgument? Account { get; set; }
}

/// <summary>Those for users that are typed.</summary>
public class RenameUserParameters : RenameParameters
{
    /// <summary>The user: an object, or a name such as <c>U</c> or <c>A/U</c>.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The user: an object, a name, or account/user.")]
    [EntityName(typeof(UserArgument))]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public virtual UserArgument? User { get; set; }
}

/// <summary>Those for users that come down the pipeline.</summary>
public sealed class RenamePipedUserParameters : RenameUserParameters
{
    /// <inheritdoc/>
    [Parameter(
        Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The user: an object, a name, or account/user.")]
    [EntityName(typeof(UserArgument))]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public override UserArgument? User { get; set; }
}
