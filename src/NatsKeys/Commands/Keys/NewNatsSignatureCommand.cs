using System.Buffers.Text;
using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Files;

namespace NatsKeys.Commands;

/// <summary>Signs a file or data, as <c>nk -sign</c> does.</summary>
[Cmdlet(VerbsCommon.New, Nouns.Signature, DefaultParameterSetName = OfData)]
[OutputType(typeof(string))]
public sealed class NewNatsSignatureCommand : FreeSigningCmdlet
{
    private const string OfFile = "Path";
    private const string OfData = "Data";

    /// <summary>The file to sign, taken as it is typed.</summary>
    [Parameter(ParameterSetName = OfFile, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The data to sign: bytes, or text, which becomes UTF-8.</summary>
    [Parameter(ParameterSetName = OfData, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? Data { get; set; }

    private protected override void ProcessItem()
    {
        byte[] data = Data is null ? DataFile.Read(FullPath(Path)) : DataArgument.Bytes(Data, FullPath);
        WriteObject(Base64Url.EncodeToString(Signer.Sign(data, ChosenKey)));
    }
}
