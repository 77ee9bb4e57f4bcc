using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Keys;

namespace NatsKeys.Commands;

/// <summary>Seals (encrypts) a message for a curve key.</summary>
[Cmdlet(VerbsSecurity.Protect, Nouns.Message, SupportsShouldProcess = true, DefaultParameterSetName = DataInput.OfData)]
[OutputType(typeof(string), typeof(byte[]))]
public sealed class ProtectNatsMessageCommand : MessageCmdlet
{
    /// <summary>The curve public key (X…) of the recipient.</summary>
    [Parameter(Mandatory = true, HelpMessage = "The curve public key (X…) of the recipient.")]
    [Alias("To")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public string Recipient { get; set; } = "";

    private protected override object CurrentItem => Recipient;

    private protected override byte[] Process(byte[] message, NatsKeyPair key) => SealedMessage.Seal(message, key, Recipient);

    private protected override string ToText(byte[] result) => Convert.ToBase64String(result);
}
