using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Files;
using NatsKeys.Keys;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that seal and open: from data or a file, to text, bytes or a file.</summary>
public abstract class MessageCmdlet : KeyRingCmdlet
{
    private protected const string OfData = "Data";
    private protected const string OfFile = "Path";

    /// <summary>The file to read, taken as it is typed.</summary>
    [Parameter(ParameterSetName = OfFile, Mandatory = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The file to write: a new one, readable by its owner alone. Without it the result is the output.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Our curve key: a key pair, a public key whose seed is looked up, a seed, or the path of a key file.</summary>
    [Parameter(Mandatory = true)]
    [Alias("SigningKey")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UsableKeyCompleter))]
    public KeyArgument? Key { get; set; }

    /// <summary>Gives the result as bytes instead of text.</summary>
    [Parameter]
    public SwitchParameter AsByteArray { get; set; }

    /// <summary>The key with its seed, which the key root or another source has where it did not bring it; without one where nobody has it. The caller disposes it.</summary>
    private protected NatsKeyPair OpenKey()
    {
        NatsKeyPair key = Key!.Resolve(FullPath);
        return key.HasSeed ? key : KeysOf(OpenStore()).FindSeed(key.PublicKey) ?? key;
    }

    /// <summary>What is read: the file, else what the parameter sets of the cmdlet name.</summary>
    private protected byte[] Input(Func<byte[]> other) => ParameterSetName == OfFile ? DataFile.Read(FullPath(Path)) : other();

    /// <summary>Hands the result on.</summary>
    private protected void WriteResult(byte[] result, Func<byte[], string> toText)
    {
        if (Destination is not null)
        {
            string path = FullPath(Destination);
            if (ShouldProcess(path, "Write the message"))
            {
                DataFile.Write(path, result, Force);
            }
        }
        else if (AsByteArray)
        {
            WriteObject(result, enumerateCollection: false);
        }
        else
        {
            WriteObject(toText(result));
        }
    }
}
