using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Files;
using NatsKeys.KeySources;
using NatsKeys.Keys;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that seal and open messages: they read data or a file, and return text or bytes or write a file.</summary>
public abstract class MessageCmdlet : StoreCmdlet
{
    private readonly SessionKeyRings keys;

    private protected MessageCmdlet() => keys = Own(new SessionKeyRings(Stopped));

    /// <summary>The message, sealed or to be sealed: bytes, or text. The text of a sealed message is base64; other text becomes UTF-8.</summary>
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

    /// <summary>The literal path of the file to read.</summary>
    [Parameter(
        ParameterSetName = DataInput.OfLiteralFile, Mandatory = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The literal path of the file to read, as bytes. Wildcards are not expanded.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = "";

    /// <summary>The file to write: a new one, which only its owner can read. By default, the result is the output.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The user's own curve key: a key pair, a public key whose seed is looked up, a seed, or the path of a key file.</summary>
    [Parameter(Mandatory = true, HelpMessage = "Your own curve key, with its seed.")]
    [Alias("SigningKey")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UsableKeyCompleter))]
    public KeyArgument? Key { get; set; }

    /// <summary>Returns bytes instead of text.</summary>
    [Parameter]
    public SwitchParameter AsByteArray { get; set; }

    private protected sealed override void ProcessItem()
    {
        using NatsKeyPair key = OpenKey();
        WriteResult(Process(Decode(DataInput.Read(Message, Path, LiteralPath, Paths)), key));
    }

    /// <summary>Converts the input to the message: text may be an encoding of bytes.</summary>
    private protected virtual byte[] Decode(byte[] given) => given;

    /// <summary>Seals or opens a message.</summary>
    private protected abstract byte[] Process(byte[] message, NatsKeyPair key);

    /// <summary>Converts the result to text.</summary>
    private protected abstract string ToText(byte[] result);

    /// <summary>
    /// Opens the key. If it was specified without its seed, the seed is looked up in the key root and the session's key sources; if none has it, the
    /// key has no seed. The caller disposes the key.
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
