using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

// The engine gives positions away before it looks at the pipeline. So what is expected from there has no position.
/// <summary>The parameters of the cmdlet that exports contexts, where users are typed: they come first, and the context's name second.</summary>
public class ContextParameters
{
    /// <summary>The name of the parameter set in which a context has its place in the folder of natscli.</summary>
    internal const string ToFolder = "Name";

    /// <summary>The user: an object, or a name such as <c>U</c> or <c>A/U</c>.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The user: an object, a name, or account/user.")]
    [EntityName(typeof(UserArgument[]))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public virtual UserArgument[] User { get; set; } = [];

    /// <summary>The name of the context. Without it: those of operator, account and user.</summary>
    [Parameter(ParameterSetName = ToFolder, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public virtual string? Name { get; set; }
}

/// <summary>The same where users come down the pipeline: the name is the first that is typed.</summary>
public sealed class PipedContextParameters : ContextParameters
{
    /// <inheritdoc/>
    [Parameter(
        Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The user: an object, a name, or account/user.")]
    [EntityName(typeof(UserArgument[]))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public override UserArgument[] User { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(ParameterSetName = ToFolder, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public override string? Name { get; set; }
}
