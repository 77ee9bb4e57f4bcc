using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

// PowerShell assigns positions before it reads the pipeline. So a piped entity has no position, and the new name has the first one. A new name that a
// row lacks is an error of the cmdlet, which can tell which row it is.

/// <summary>The parameters of the cmdlets that rename. The entity has the first position, or is piped.</summary>
public abstract class RenameParameters
{
    /// <summary>The new name.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, HelpMessage = "The new name.")]
    [PipelineInput(IsOne = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public virtual string NewName { get; set; } = "";
}

/// <summary>The parameters for an operator that is not piped.</summary>
public class RenameOperatorParameters : RenameParameters
{
    /// <summary>The operator.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The operator: an object or a name.")]
    [EntityName(typeof(OperatorArgument), IsOne = true)]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public virtual OperatorArgument? Operator { get; set; }
}

/// <summary>The parameters for piped operators.</summary>
public sealed class RenamePipedOperatorParameters : RenameOperatorParameters
{
    /// <inheritdoc/>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [PipelineInput(IsOne = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public override string NewName { get; set; } = "";

    /// <inheritdoc/>
    [Parameter(
        Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The operator: an object or a name.")]
    [EntityName(typeof(OperatorArgument), IsOne = true)]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public override OperatorArgument? Operator { get; set; }
}

/// <summary>The parameters for an account that is not piped.</summary>
public class RenameAccountParameters : RenameParameters
{
    /// <summary>The account.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The account: an object, a name, or operator/account.")]
    [EntityName(typeof(AccountArgument), IsOne = true)]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public virtual AccountArgument? Account { get; set; }
}

/// <summary>The parameters for piped accounts.</summary>
public sealed class RenamePipedAccountParameters : RenameAccountParameters
{
    /// <inheritdoc/>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [PipelineInput(IsOne = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public override string NewName { get; set; } = "";

    /// <inheritdoc/>
    [Parameter(
        Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The account: an object, a name, or operator/account.")]
    [EntityName(typeof(AccountArgument), IsOne = true)]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public override AccountArgument? Account { get; set; }
}

/// <summary>The parameters for a user that is not piped.</summary>
public class RenameUserParameters : RenameParameters
{
    /// <summary>The user: an object, or a name such as <c>U</c> or <c>A/U</c>.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The user: an object, a name, or account/user.")]
    [EntityName(typeof(UserArgument), IsOne = true)]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public virtual UserArgument? User { get; set; }
}

/// <summary>The parameters for piped users.</summary>
public sealed class RenamePipedUserParameters : RenameUserParameters
{
    /// <inheritdoc/>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [PipelineInput(IsOne = true)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public override string NewName { get; set; } = "";

    /// <inheritdoc/>
    [Parameter(
        Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The user: an object, a name, or account/user.")]
    [EntityName(typeof(UserArgument), IsOne = true)]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public override UserArgument? User { get; set; }
}
