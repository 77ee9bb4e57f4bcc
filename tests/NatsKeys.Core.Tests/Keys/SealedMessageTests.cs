using System.Text.Json.Nodes;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Keys;

public class SealedMessageTests
{
    public static TheoryData<string, string> Cases => Vectors.Cases("xkeys.json", "cases", "plaintext_hex");

    public static TheoryData<string, string> BadMessages => Vectors.Cases("xkeys.json", "open_negative", "id");

    public static TheoryData<string, string> BadRecipients => Vectors.Cases("xkeys.json", "seal_negative", "recipient");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Messages_are_sealed_as_the_reference_does(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        using NatsKeyPair sender = NatsKeyPair.FromSeed(vector.Text("sender_seed"));
        using NatsKeyPair recipient = NatsKeyPair.FromSeed(vector.Text("recipient_seed"));
        byte[] box = SealedMessage.Seal(vector.Hex("plaintext_hex"), sender, recipient.PublicKey, vector.Hex("nonce_hex"));
        Assert.True(vector.Text("sealed_hex") == Convert.ToHexStringLower(box), id);
        Assert.Equal(vector.Hex("plaintext_hex"), SealedMessage.Open(box, recipient, sender.PublicKey));
        Assert.Equal(vector.Hex("plaintext_hex"), SealedMessage.Open(box, sender, recipient.PublicKey));
    }

    [Theory]
    [MemberData(nameof(BadMessages))]
    public void Bad_messages_say_why(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        JsonObject control = Vectors.Load("xkeys.json")["cases"]![2]!.AsObject();
        bool bySender = vector.Text("id") is "sender-opens" or "wrong-recipient";
        using NatsKeyPair key = NatsKeyPair.FromSeed(control.Text(bySender ? "sender_seed" : "recipient_seed"));
        if (vector.Text("error").Length == 0)
        {
            Assert.Equal(control.Hex("plaintext_hex"), SealedMessage.Open(vector.Hex("input_hex"), key, vector.Text("sender")));
            return;
        }

        NatsKeysException error = Assert.Throws<NatsKeysException>(() => SealedMessage.Open(vector.Hex("input_hex"), key, vector.Text("sender")));
        Assert.True(vector.Text("error") == error.Code.ToString(), $"{id}: {error.Code}");
    }

    [Theory]
    [MemberData(nameof(BadRecipients))]
    public void Only_curve_keys_are_sealed_for(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        using NatsKeyPair sender = NatsKeyPair.Generate(NatsKeyType.Curve);
        NatsKeysException error = Assert.Throws<NatsKeysException>(() => SealedMessage.Seal([], sender, vector.Text("recipient")));
        Assert.True(vector.Text("error") == error.Code.ToString(), id);
    }

    [Fact]
    public void Two_seals_of_one_message_differ()
    {
        using NatsKeyPair sender = NatsKeyPair.Generate(NatsKeyType.Curve);
        using NatsKeyPair recipient = NatsKeyPair.Generate(NatsKeyType.Curve);
        Assert.NotEqual(SealedMessage.Seal("one"u8, sender, recipient.PublicKey), SealedMessage.Seal("one"u8, sender, recipient.PublicKey));
    }
}
