using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Commands;

/// <summary>Tells whether a signature of a file or of data is that of a key, as <c>nk -verify</c> does.</summary>
[Cmdlet(VerbsDiagnostic.Test, Nouns.Signature, DefaultParameterSetName = DataInput.OfData)]
[OutputType(typeof(bool))]
public sealed class TestNatsSignatureCommand : NatsCmdlet, IDynamicParameters
{
    private ParameterGroups? groups;

    /// <summary>The data that was signed: bytes, or text, which becomes UTF-8.</summary>
    [Parameter(ParameterSetName = DataInput.OfData, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? Data { get; set; }

    private protected override object? CurrentItem => Data is null ? Given.Path : Data;

    /// <summary>
    /// The file, the signature and the key. Where there are data, typed or to come, the signature is the first position; else the file is.
    /// </summary>
    public object GetDynamicParameters() => (groups = ParameterGroups.Placed(new SignatureParameters(), PositionOf)).Parameters;

    /// <summary>What was given for the current item.</summary>
    private SignatureParameters Given => groups!.Read<SignatureParameters>(row: null);

    private protected override void ProcessItem()
    {
        SignatureParameters given = Given;
        using NatsKeyPair key = given.PublicKey!.Resolve(Paths.Full);
        WriteObject(key.Verify(DataInput.Read(Data, given.Path, Paths.Full), ReadSignature(given.Signature)));
    }

    // What has a position in either set must have the same one in both: the engine does not know yet which it will be.
    private int PositionOf(ParameterAttribute parameter)
    {
        bool isOfFile = parameter.ParameterSetName == DataInput.OfFile;
        if (MyInvocation.ExpectingInput || Data is not null)
        {
            return parameter.ValueFromPipelineByPropertyName ? ParameterGroups.NoPosition : isOfFile ? parameter.Position - 1 : parameter.Position;
        }

        return isOfFile ? parameter.Position : ParameterGroups.NoPosition;
    }

    private byte[] ReadSignature(string signature)
    {
        if (SignatureText.Decode(signature) is { } typed)
        {
            return typed;
        }

        string path = Paths.Full(signature);
        return SignatureText.Decode(DataFile.ToText(DataFile.Read(path)) ?? "")
            ?? throw new NatsKeysException(ErrorCode.InvalidSignature, $"The file '{path}' does not hold a signature in base64.") { Path = path };
    }
}
