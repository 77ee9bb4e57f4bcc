using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Commands;

/// <summary>Tests whether a signature of a file or of data was made by a key, as <c>nk -verify</c> does.</summary>
[Cmdlet(VerbsDiagnostic.Test, Nouns.Signature, DefaultParameterSetName = DataInput.OfData)]
[OutputType(typeof(bool))]
public sealed class TestNatsSignatureCommand : NatsCmdlet, IDynamicParameters
{
    private FileSignatureParameters given = new();

    /// <summary>The data that was signed: bytes, or text, which becomes UTF-8.</summary>
    [Parameter(ParameterSetName = DataInput.OfData, Mandatory = true, ValueFromPipeline = true, HelpMessage = "The data that was signed.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public PSObject? Data { get; set; }

    private protected override object? CurrentItem => Data ?? (object)(given.Path.Length > 0 ? given.Path : given.LiteralPath);

    /// <summary>
    /// Gets the parameters for the file, the signature and the key. If there are data, typed or from the pipeline, the signature is the first
    /// position; otherwise the file is.
    /// </summary>
    public object GetDynamicParameters() =>
        given = MyInvocation.ExpectingInput || Data is not null ? new DataSignatureParameters() : new FileSignatureParameters();

    private protected override void ProcessItem()
    {
        using NatsKeyPair key = given.PublicKey!.Resolve(Paths.Full);
        WriteObject(key.Verify(DataInput.Read(Data, given.Path, given.LiteralPath, Paths), ReadSignature(given.Signature)));
    }

    private byte[] ReadSignature(string signature)
    {
        if (SignatureParser.Decode(signature) is { } typed)
        {
            return typed;
        }

        string path = Paths.Full(signature);
        return SignatureParser.Decode(MessageFile.ToText(MessageFile.Read(path)) ?? "")
            ?? throw new NatsKeysException(ErrorCode.InvalidSignature, $"The file '{path}' does not hold a signature in base64.") { Path = path };
    }
}
