using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

// PowerShell assigns positions before it reads the pipeline. So a key that is bound from the pipeline has no position.

/// <summary>The parameters of the cmdlet that exports keys, if none is piped: the key has the first position, the file the second.</summary>
public class KeyPairFileParameters
{
    /// <summary>The parameter set that writes a file.</summary>
    internal const string ToFile = "Path";

    /// <summary>The key: a key pair, or a public key whose seed is in the key root.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The key.")]
    [KeyInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public virtual KeyArgument? KeyPair { get; set; }

    /// <summary>The file to write: a new one, which only its owner can read. In a folder, it is named <c>&lt;public key&gt;.nk</c>.</summary>
    [Parameter(ParameterSetName = ToFile, Mandatory = true, Position = 1, HelpMessage = "The file to write.")]
    [Alias("LiteralPath", "LP")]
    [ValidateNotNullOrEmpty]
    public virtual string Path { get; set; } = "";
}

/// <summary>The same parameters if keys are piped: the file has the first position.</summary>
public sealed class PipedKeyPairFileParameters : KeyPairFileParameters
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = "The key.")]
    [KeyInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public override KeyArgument? KeyPair { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = ToFile, Mandatory = true, Position = 0, HelpMessage = "The file to write.")]
    [Alias("LiteralPath", "LP")]
    [ValidateNotNullOrEmpty]
    public override string Path { get; set; } = "";
}
