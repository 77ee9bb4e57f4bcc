using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

// PowerShell assigns positions before it reads the pipeline. So a parameter that is bound from the pipeline has no position.
/// <summary>
/// The parameters of the cmdlet that exports credentials, if no input is piped: the user has the first position, the file the second.
/// </summary>
public class CredentialParameters
{
    /// <summary>The parameter set that writes to a file.</summary>
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
    /// The new file, readable only by its owner. In a folder, it is named <c>&lt;user&gt;.creds</c>. The default is the file in the key root.
    /// </summary>
    [Parameter(ParameterSetName = ToFile, Position = 1)]
    [Alias("LiteralPath", "LP")]
    [ValidateNotNullOrEmpty]
    public virtual string? Path { get; set; }
}

/// <summary>The same parameters if users are piped: the file has the first position.</summary>
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
