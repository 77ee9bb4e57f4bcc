using System.Management.Automation;
using System.Text;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Tells whether a signature of a file or of data is that of a key, as <c>nk -verify</c> does.</summary>
[Cmdlet(VerbsDiagnostic.Test, Nouns.Signature, DefaultParameterSetName = OfData)]
[OutputType(typeof(bool))]
public sealed class TestNatsSignatureCommand : NatsCmdlet
{
    private const string OfFile = "Path";
    private const string OfData = "Data";

    /// <summary>The file that was signed, taken as it is typed.</summary>
    [Parameter(ParameterSetName = OfFile, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The data that was signed: bytes, or text, which becomes UTF-8.</summary>
    [Parameter(ParameterSetName = OfData, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? Data { get; set; }

    /// <summary>The signature in base64 or base64url, or the path of a file that holds it.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Signature { get; set; } = "";

    /// <summary>The public key, or something that has one: a key pair, the path of a key file.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public KeyArgument? PublicKey { get; set; }

    private protected override object? CurrentItem => Data is null ? Path : Data;

    private protected override void ProcessItem()
    {
        using NatsKeyPair key = PublicKey!.Resolve(FullPath);
        byte[] data = Data is null ? DataFile.Read(FullPath(Path)) : DataArgument.Bytes(Data, FullPath);
        WriteObject(key.Verify(data, ReadSignature()));
    }

    private byte[] ReadSignature()
    {
        if (SignatureText.Decode(Signature) is { } typed)
        {
            return typed;
        }

        string path = FullPath(Signature);
        return SignatureText.Decode(Encoding.UTF8.GetString(DataFile.Read(path)))
            ?? throw new NatsKeysException(ErrorCode.InvalidSignature, $"The file '{path}' does not hold a signature in base64.") { Path = path };
    }
}
