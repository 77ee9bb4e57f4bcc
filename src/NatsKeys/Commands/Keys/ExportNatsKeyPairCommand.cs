using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;

namespace NatsKeys.Commands;

/// <summary>Exports the seed of a key pair: to a key file, as a secure string, or as plain text.</summary>
[Cmdlet(VerbsData.Export, Nouns.KeyPair, SupportsShouldProcess = true, DefaultParameterSetName = ToFile)]
[OutputType(typeof(FileInfo), ParameterSetName = [ToFile])]
[OutputType(typeof(System.Security.SecureString), ParameterSetName = [ToSecureString])]
[OutputType(typeof(string), ParameterSetName = [ToPlainText])]
public sealed class ExportNatsKeyPairCommand : StoreCmdlet, IDynamicParameters
{
    private const string ToFile = KeyPairFileParameters.ToFile;
    private const string ToSecureString = "SecureString";
    private const string ToPlainText = "PlainText";
    private KeyPairFileParameters given = new();

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

    /// <summary>Gets the parameters for the key and the file. Without piped input, the key has the first position.</summary>
    public object GetDynamicParameters() => given = MyInvocation.ExpectingInput ? new PipedKeyPairFileParameters() : new KeyPairFileParameters();

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
                string path = Paths.FileToWrite(given.Path, key.PublicKey + KeyRootLayout.KeyExtension);
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
        NatsKeyPair key = given.KeyPair!.Resolve(Paths.Full);
        if (key.HasSeed)
        {
            return key;
        }

        KeyStore keys = (given.KeyPair.Store ?? Stores.Open()).Keys;
        return keys.Find(key.PublicKey)
            ?? throw new NatsKeysException(ErrorCode.KeyNotFound, $"The seed of {key.PublicKey} is not in the key store {keys.Location}.");
    }
}
