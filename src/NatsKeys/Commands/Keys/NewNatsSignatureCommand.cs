using System.Buffers.Text;
using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;

namespace NatsKeys.Commands;

/// <summary>Signs a file or data, as <c>nk -sign</c> does.</summary>
[Cmdlet(VerbsCommon.New, Nouns.Signature, DefaultParameterSetName = DataInput.OfData)]
[OutputType(typeof(string))]
public sealed class NewNatsSignatureCommand : FreeSigningCmdlet
{
    /// <summary>The file to sign; wildcards match one.</summary>
    [Parameter(ParameterSetName = DataInput.OfFile, Mandatory = true, Position = 0, HelpMessage = "The file to sign.")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string Path { get; set; } = "";

    /// <summary>The literal path of the file to sign.</summary>
    [Parameter(
        ParameterSetName = DataInput.OfLiteralFile, Mandatory = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The literal path of the file to sign. Wildcards are not expanded.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = "";

    /// <summary>The data to sign: bytes, or text, which becomes UTF-8.</summary>
    [Parameter(ParameterSetName = DataInput.OfData, Mandatory = true, ValueFromPipeline = true, HelpMessage = "The data to sign.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public PSObject? Data { get; set; }

    private protected override void ProcessItem() =>
        WriteObject(Base64Url.EncodeToString(Signer.Sign(DataInput.Read(Data, Path, LiteralPath, Paths), ChosenKey)));
}
