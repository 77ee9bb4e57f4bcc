using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

// PowerShell assigns positions before it reads the pipeline. So a parameter that is bound from the pipeline has no position.
/// <summary>
/// The parameters of the cmdlet that exports contexts, if no input is piped: the user has the first position, the context's name the second.
/// </summary>
public class ContextParameters
{
    /// <summary>The parameter set that writes to natscli's folder.</summary>
    internal const string ToFolder = "Name";

    /// <summary>The user: an object, or a name such as <c>U</c> or <c>A/U</c>.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The user: an object, a name, or account/user.")]
    [EntityName(typeof(UserArgument[]))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public virtual UserArgument[] User { get; set; } = [];

    /// <summary>The name of the context. The default consists of the names of operator, account and user.</summary>
    [Parameter(ParameterSetName = ToFolder, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public virtual string? Name { get; set; }
}

/// <summary>The same parameters if users are piped: the name has the first position.</summary>
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
