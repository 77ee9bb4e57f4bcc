using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

// A parameter must have the same position in both parameter sets, because PowerShell assigns positions before it selects the set.

/// <summary>The parameters of the cmdlet that checks signatures, if a file is given by position.</summary>
public class FileSignatureParameters
{
    /// <summary>The file that was signed; wildcards match one.</summary>
    [Parameter(ParameterSetName = DataInput.OfFile, Mandatory = true, Position = 0, HelpMessage = "The file that was signed.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public virtual string Path { get; set; } = "";

    /// <summary>The signed file. Wildcards are not expanded.</summary>
    [Parameter(
        ParameterSetName = DataInput.OfLiteralFile, Mandatory = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The literal path of the file that was signed. Wildcards are not expanded.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = "";

    /// <summary>The signature in base64 or base64url, or the path of a file that holds it.</summary>
    [Parameter(ParameterSetName = DataInput.OfData, Mandatory = true, HelpMessage = "The signature: base64 text, bytes, or the path of a file.")]
    [Parameter(
        ParameterSetName = DataInput.OfFile, Mandatory = true, Position = 1,
        HelpMessage = "The signature: base64 text, bytes, or the path of a file.")]
    [Parameter(
        ParameterSetName = DataInput.OfLiteralFile, Mandatory = true, Position = 1,
        HelpMessage = "The signature: base64 text, bytes, or the path of a file.")]
    [ValidateNotNullOrEmpty]
    public virtual string Signature { get; set; } = "";

    /// <summary>The public key: a text, a key pair, or the path of a key file.</summary>
    [Parameter(ParameterSetName = DataInput.OfData, Mandatory = true, HelpMessage = "The public key of the signer.")]
    [Parameter(ParameterSetName = DataInput.OfFile, Mandatory = true, Position = 2, HelpMessage = "The public key of the signer.")]
    [Parameter(ParameterSetName = DataInput.OfLiteralFile, Mandatory = true, Position = 2, HelpMessage = "The public key of the signer.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public virtual KeyArgument? PublicKey { get; set; }
}

/// <summary>The same parameters if data or a file is named or piped: the signature has the first position.</summary>
public sealed class DataSignatureParameters : FileSignatureParameters
{
    /// <inheritdoc/>
    [Parameter(ParameterSetName = DataInput.OfFile, Mandatory = true, HelpMessage = "The file that was signed.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string Path { get; set; } = "";

    /// <inheritdoc/>
    [Parameter(
        ParameterSetName = DataInput.OfData, Mandatory = true, Position = 0,
        HelpMessage = "The signature: base64 text, bytes, or the path of a file.")]
    [Parameter(
        ParameterSetName = DataInput.OfFile, Mandatory = true, Position = 0,
        HelpMessage = "The signature: base64 text, bytes, or the path of a file.")]
    [Parameter(
        ParameterSetName = DataInput.OfLiteralFile, Mandatory = true, Position = 0,
        HelpMessage = "The signature: base64 text, bytes, or the path of a file.")]
    [ValidateNotNullOrEmpty]
    public override string Signature { get; set; } = "";

    /// <inheritdoc/>
    [Parameter(ParameterSetName = DataInput.OfData, Mandatory = true, Position = 1, HelpMessage = "The public key of the signer.")]
    [Parameter(ParameterSetName = DataInput.OfFile, Mandatory = true, Position = 1, HelpMessage = "The public key of the signer.")]
    [Parameter(ParameterSetName = DataInput.OfLiteralFile, Mandatory = true, Position = 1, HelpMessage = "The public key of the signer.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public override KeyArgument? PublicKey { get; set; }
}
