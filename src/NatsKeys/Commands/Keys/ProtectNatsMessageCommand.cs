using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Keys;

namespace NatsKeys.Commands;

/// <summary>Seals a message for a curve key.</summary>
[Cmdlet(VerbsSecurity.Protect, Nouns.Message, SupportsShouldProcess = true, DefaultParameterSetName = OfData)]
[OutputType(typeof(string), typeof(byte[]))]
public sealed class ProtectNatsMessageCommand : MessageCmdlet
{
    /// <summary>The message: text, which becomes UTF-8, or bytes.</summary>
    [Parameter(ParameterSetName = OfData, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? Message { get; set; }

    /// <summary>The curve public key (X…) of the recipient.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public string To { get; set; } = "";

    private protected override object CurrentItem => To;

    private protected override void ProcessItem()
    {
        using NatsKeyPair key = OpenKey();
        WriteResult(SealedMessage.Seal(Input(() => DataArgument.Bytes(Message!, FullPath)), key, To), Convert.ToBase64String);
    }
}
