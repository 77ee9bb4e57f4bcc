using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Files;
using NatsKeys.KeySources;
using NatsKeys.Keys;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that seal and open: from data or a file, to text, bytes or a file.</summary>
public abstract class MessageCmdlet : StoreCmdlet
{
    private readonly SessionKeyRings keys;

    private protected MessageCmdlet() => keys = Own(new SessionKeyRings(Stopped));

    /// <summary>The message, sealed or to be sealed: bytes, or text. The text of a sealed one is base64, that of another becomes UTF-8.</summary>
    [Parameter(
        ParameterSetName = DataInput.OfData, Mandatory = true, Position = 0, ValueFromPipeline = true,
        HelpMessage = "The message to seal or to open.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public PSObject? Message { get; set; }

    /// <summary>The file to read; wildcards match one.</summary>
    [Parameter(ParameterSetName = DataInput.OfFile, Mandatory = true, HelpMessage = "The file to read, as bytes.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Path { get; set; } = "";

    /// <summary>The file to read, taken as it is typed.</summary>
    [Parameter(
        ParameterSetName = DataInput.OfLiteralFile, Mandatory = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The file to read, as bytes. Its name is taken as it is written, without wildcards.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = "";

    /// <summary>The file to write: a new one, readable by its owner alone. Without it the result is the output.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Our curve key: a key pair, a public key whose seed is looked up, a seed, or the path of a key file.</summary>
    [Parameter(Mandatory = true, HelpMessage = "Your own curve key, with its seed.")]
    [Alias("SigningKey")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UsableKeyCompleter))]
    public KeyArgument? Key { get; set; }

    /// <summary>Gives the result as bytes instead of text.</summary>
    [Parameter]
    public SwitchParameter AsByteArray { get; set; }

    private protected sealed override void ProcessItem()
    {
        using NatsKeyPair key = OpenKey();
        WriteResult(Process(Decode(DataInput.Read(Message, Path, LiteralPath, Paths)), key));
    }

    /// <summary>Makes the message of what was given: text may stand for bytes.</summary>
    private protected virtual byte[] Decode(byte[] given) => given;

    /// <summary>Seals or opens.</summary>
    private protected abstract byte[] Process(byte[] message, NatsKeyPair key);

    /// <summary>The result as text.</summary>
    private protected abstract string ToText(byte[] result);

    /// <summary>
    /// The key with its seed, which the key root or another source has where it did not bring it; without one where nobody has it. The caller
    /// disposes it.
    /// </summary>
    private NatsKeyPair OpenKey()
    {
        NatsKeyPair key = Key!.Resolve(Paths.Full);
        return key.HasSeed ? key : keys.Of(Stores.Open()).FindSeed(key.PublicKey) ?? key;
    }

    private void WriteResult(byte[] result)
    {
        if (Destination is not null)
        {
            string path = Paths.Full(Destination);
            if (ShouldProcess(path, "Write the message"))
            {
                MessageFile.Write(path, result, Force);
            }
        }
        else if (AsByteArray)
        {
            WriteObject(result, enumerateCollection: false);
        }
        else
        {
            WriteObject(ToText(result));
        }
    }
}
