using System.Management.Automation;
using System.Text;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Keys;

namespace NatsKeys.Commands;

/// <summary>Opens a message that was sealed for our curve key, or by it.</summary>
[Cmdlet(VerbsSecurity.Unprotect, Nouns.Message, SupportsShouldProcess = true, DefaultParameterSetName = OfData)]
[OutputType(typeof(string), typeof(byte[]))]
public sealed class UnprotectNatsMessageCommand : MessageCmdlet
{
    /// <summary>The sealed message: base64 text, as Protect-NatsMessage gives it, or bytes.</summary>
    [Parameter(ParameterSetName = OfData, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? Message { get; set; }

    /// <summary>The curve public key (X…) of the sender; or of the recipient, when the sender opens.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public string From { get; set; } = "";

    private protected override object CurrentItem => From;

    private protected override void ProcessItem()
    {
        using NatsKeyPair key = OpenKey();
        WriteResult(SealedMessage.Open(Input(() => Decode(DataArgument.Bytes(Message!, FullPath))), key, From), Encoding.UTF8.GetString);
    }

    /// <summary>Sealed bytes begin with their version, which is not what base64 of them begins with.</summary>
    private static byte[] Decode(byte[] message)
    {
        if (message.AsSpan().StartsWith("xkv1"u8))
        {
            return message;
        }

        string text = Encoding.UTF8.GetString(message).Trim();
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length)
            ? bytes[..length]
            : throw new NatsKeysException(ErrorCode.InvalidEncrypted, "This is not a sealed message: neither its bytes nor their base64 text.");
    }
}
