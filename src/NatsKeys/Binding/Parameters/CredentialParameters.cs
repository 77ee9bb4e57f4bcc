using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

// The engine gives positions away before it looks at the pipeline. So what is expected from there has no position.
/// <summary>The parameters of the cmdlet that exports credentials, where users are typed: they come first, and the file second.</summary>
public class CredentialParameters
{
    /// <summary>The name of the parameter set in which a file is named.</summary>
    internal const string ToFile = "Path";

    /// <summary>The user: an object, or a name such as <c>U</c> or <c>A/U</c>.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The user: an object, a name, or account/user.")]
    [EntityName(typeof(UserArgument[]))]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public virtual UserArgument[] User { get; set; } = [];

    /// <summary>
    /// The file to write: a new one, readable by its owner alone. A folder gets <c>&lt;user&gt;.creds</c>. Without it: the place that the key root
    /// has for it.
    /// </summary>
    [Parameter(ParameterSetName = ToFile, Position = 1)]
    [Alias("LiteralPath", "LP")]
    [ValidateNotNullOrEmpty]
    public virtual string? Path { get; set; }
}

/// <summary>The same where users come down the pipeline: the file is the first that is typed.</summary>
public sealed class PipedCredentialParameters : CredentialParameters
{
    /// <inheritdoc/>
    [Parameter(
        Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The user: an object, a name, or account/user.")]
    [EntityName(typeof(UserArgument[]))]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public override UserArgument[] User { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(ParameterSetName = ToFile, Position = 0)]
    [Alias("LiteralPath", "LP")]
    [ValidateNotNullOrEmpty]
    public override string? Path { get; set; }
}
