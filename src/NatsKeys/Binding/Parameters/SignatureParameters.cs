using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>The parameters of the cmdlet that checks signatures. A file that was signed comes first, or down the pipeline.</summary>
public sealed class SignatureParameters
{
    /// <summary>The file that was signed, taken as it is typed.</summary>
    [Parameter(ParameterSetName = DataInput.OfFile, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The signature in base64 or base64url, or the path of a file that holds it.</summary>
    [Parameter(ParameterSetName = DataInput.OfData, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = DataInput.OfFile, Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Signature { get; set; } = "";

    /// <summary>The public key, or something that has one: a key pair, the path of a key file.</summary>
    [Parameter(ParameterSetName = DataInput.OfData, Mandatory = true, Position = 1)]
    [Parameter(ParameterSetName = DataInput.OfFile, Mandatory = true, Position = 2)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public KeyArgument? PublicKey { get; set; }
}
