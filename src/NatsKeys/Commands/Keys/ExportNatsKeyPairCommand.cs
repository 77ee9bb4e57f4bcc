using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;

namespace NatsKeys.Commands;

/// <summary>Exports the seed of a key pair: to a key file, as a secure string, or as plain text.</summary>
[Cmdlet(VerbsData.Export, Nouns.KeyPair, SupportsShouldProcess = true, DefaultParameterSetName = ToFile)]
[OutputType(typeof(FileInfo), ParameterSetName = [ToFile])]
[OutputType(typeof(System.Security.SecureString), ParameterSetName = [ToSecureString])]
[OutputType(typeof(string), ParameterSetName = [ToPlainText])]
public sealed class ExportNatsKeyPairCommand : StoreCmdlet
{
    private const string ToFile = "Path";
    private const string ToSecureString = "SecureString";
    private const string ToPlainText = "PlainText";

    /// <summary>The key: a key pair, or a public key whose seed is in the key root.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = "The key.")]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public KeyArgument? KeyPair { get; set; }

    /// <summary>The file to write: a new one, which only its owner can read. In a folder, it is named <c>&lt;public key&gt;.nk</c>.</summary>
    [Parameter(ParameterSetName = ToFile, Mandatory = true, Position = 0, HelpMessage = "The file to write.")]
    [Alias("LiteralPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Replaces an existing file.</summary>
    [Parameter(ParameterSetName = ToFile)]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the file that was written.</summary>
    [Parameter(ParameterSetName = ToFile)]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Returns the seed as a secure string.</summary>
    [Parameter(ParameterSetName = ToSecureString, Mandatory = true, HelpMessage = "Returns the seed as a secure string, for a vault.")]
    public SwitchParameter AsSecureString { get; set; }

    /// <summary>Returns the seed as plain text, for tools that accept nothing else.</summary>
    [Parameter(ParameterSetName = ToPlainText, Mandatory = true, HelpMessage = "Returns the seed as plain text, for tools that accept nothing else.")]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Returns the private form (<c>P…</c>) instead of the seed. It does not contain the type of the key.</summary>
    [Parameter]
    public SwitchParameter PrivateForm { get; set; }

    // The key root exists without a store.
    internal override bool Reads => false;

    private protected override void ProcessItem()
    {
        using NatsKeyPair key = ResolveKey();
        key.Reveal(PrivateForm, text => Write(key, text.Span));
    }

    private void Write(NatsKeyPair key, ReadOnlySpan<char> text)
    {
        switch (ParameterSetName)
        {
            case ToSecureString:
                WriteObject(SecureStrings.FromChars(text));
                break;
            case ToPlainText:
                WriteObject(text.ToString());
                break;
            default:
                string path = Paths.FileToWrite(Path, key.PublicKey + KeyRootLayout.KeyExtension);
                Paths.RequireOnce(path, "Specify a folder: an existing one, or a path that ends with a separator. Each key becomes a file in it.");
                if (ShouldProcess(path, $"Write the private half of {key.PublicKey}"))
                {
                    SecretFile.Write(path, text, Force);
                    if (PassThru)
                    {
                        Paths.WriteItem(path);
                    }
                }

                break;
        }
    }

    private NatsKeyPair ResolveKey()
    {
        NatsKeyPair key = KeyPair!.Resolve(Paths.Full);
        if (key.HasSeed)
        {
            return key;
        }

        KeyStore keys = (KeyPair.Store ?? Stores.Open()).Keys;
        return keys.Find(key.PublicKey)
            ?? throw new NatsKeysException(ErrorCode.KeyNotFound, $"The seed of {key.PublicKey} is not in the key store {keys.Location}.");
    }
}
