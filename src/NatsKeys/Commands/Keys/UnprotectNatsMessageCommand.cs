using System.Management.Automation;
using System.Text;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Files;
using NatsKeys.Keys;

namespace NatsKeys.Commands;

/// <summary>Opens (decrypts) a message that was sealed for the user's own curve key, or by it.</summary>
[Cmdlet(VerbsSecurity.Unprotect, Nouns.Message, SupportsShouldProcess = true, DefaultParameterSetName = DataInput.OfData)]
[OutputType(typeof(string), typeof(byte[]))]
public sealed class UnprotectNatsMessageCommand : MessageCmdlet
{
    /// <summary>The curve public key (X…) of the sender; or that of the recipient if the sender opens its own message.</summary>
    [Parameter(Mandatory = true, HelpMessage = "The curve public key (X…) of the sender.")]
    [Alias("From")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public string Sender { get; set; } = "";

    private protected override object CurrentItem => Sender;

    /// <summary>Decodes base64 text. Sealed bytes are recognized by their format and version, with which their base64 text does not begin.</summary>
    private protected override byte[] Decode(byte[] given)
    {
        if (given.AsSpan().StartsWith("xkv"u8))
        {
            return given;
        }

        string text = (MessageFile.ToText(given) ?? "").Trim();
        byte[] bytes = new byte[text.Length];
        return text.Length > 0 && Convert.TryFromBase64String(text, bytes, out int length)
            ? bytes[..length]
            : throw new NatsKeysException(ErrorCode.InvalidEncrypted, "This is not a sealed message: neither its bytes nor their base64 text.");
    }

    private protected override byte[] Process(byte[] message, NatsKeyPair key) => SealedMessage.Open(message, key, Sender);

    private protected override string ToText(byte[] result) => Encoding.UTF8.GetString(result);
}
