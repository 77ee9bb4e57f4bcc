using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters of the cmdlets that rename. What is renamed comes first, or down the pipeline.</summary>
public abstract class RenameParameters
{
    /// <summary>The new name.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string NewName { get; set; } = "";
}

/// <summary>Those for operators.</summary>
public sealed class RenameOperatorParameters : RenameParameters
{
    /// <summary>The operator.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }
}

/// <summary>Those for accounts.</summary>
public sealed class RenameAccountParameters : RenameParameters
{
    /// <summary>The account.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }
}

/// <summary>Those for users.</summary>
public sealed class RenameUserParameters : RenameParameters
{
    /// <summary>The user: an object, or a name such as <c>U</c> or <c>A/U</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserArgument? User { get; set; }
}
