using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Keys;

public class SecretShapeTests
{
    private const int Rounds = 40;

    // One seed in a hundred thousand has no digit and cannot be told from words: these are always the same.
    private readonly Random random = new(20261);

    /// <summary>What somebody may write in the place of something else, with a part of it that nobody may read.</summary>
    public static TheoryData<string, string> Forms() => new()
    {
        { "whole", "{0}" }, { "lower", "{lower}" }, { "mistyped", "{mistyped}" }, { "short of its beginning", "{tail}" }, { "cut", "{cut}" },
        { "path", "/home/ann/{0}" }, { "relative path", "./{0}" }, { "Windows path", @"C:\keys\{0}" }, { "lower path", "/home/ann/{lower}.nk" },
        { "file", "{0}.nk" },
        { "place", "O/A/{0}" }, { "sentence", "my key is {0}, keep it" }, { "lower sentence", "my key is {lower} keep it" }, { "quoted", "'{0}'" },
        { "underscore", "k_{0}" },
        { "letters before", "key{0}" }, { "letters behind", "{0}old" }, { "address", "nats://{0}@127.0.0.1:4222" }, { "JSON", "{\"seed\":\"{0}\"}" },
        { "pair", "seed:{0}" },
        { "spaces", "{spaced: }" }, { "dashes", "the seed {spaced:-} of ann" }, { "lines", "{spaced:\n}" }, { "small groups", "{lowerspaced: }" },
        { "one by one", "{letters}" },
        { "blanks that nobody sees", "{spaced:\u200b}" }, { "two halves", "{halves}" }, { "wide gaps", "{wide}" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Nothing_of_a_seed_or_private_key_is_said(string form, string text)
    {
        Assert.NotEmpty(form);
        foreach (NatsKeyType type in Enum.GetValues<NatsKeyType>())
        {
            for (int round = 0; round < Rounds; round++)
            {
                using NatsKeyPair pair = Next(type);
                foreach (string secret in Secrets(pair))
                {
                    string said = SecretShape.Redact(Written(text, secret));
                    Assert.True(SecretShape.HasSeed(Written(text, secret)), Written(text, secret));
                    for (int at = 0; at + 12 <= secret.Length; at++)
                    {
                        Assert.DoesNotContain(
                            secret.Substring(at, 12), said.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("The user O/A/U has no role 'sensor-2' for production25")]
    [InlineData("SubscriptionsAreLimitedByTheAccount and SystemAccountCheckOfOperator2 are names")]
    [InlineData("/home/ann/.local/share/natskeys/productionserver2primary.yaml")]
    [InlineData("sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("turn 0b679c2ad72a454bb00c1fb7a160b60a of process 22709 on vm")]
    [InlineData("SOME USERS CAN PUBLISH WITHOUT AN ACCOUNT; SEE THE SERVER LOG")]
    [InlineData("some user said that this port must stay open for 2 of 3 peers")]
    [InlineData("supercalifragilisticexpialidocious")]
    [InlineData("so we use v2 for this and that thing, as in 2025 or 2027")]
    [InlineData("SERVER VERSION 2.12.5 OR NEWER IS ASKED FOR BY SOME OF THESE")]
    [InlineData("the token eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08")]
    [InlineData("SOUTHAMERICAEAST1CLUSTER")]
    [InlineData("nats://SOUTHPACIFICREGIONORDERS.example.com")]
    [InlineData("PAYMENTSSUBSCRIPTIONS.>")]
    [InlineData("SUBSCRIPTIONPAYMENTSPRODUCTION")]
    [InlineData("subscriptionserviceproductioneuropecentral")]
    [InlineData("PaymentsSubscriptionServiceProductionEurope")]
    [InlineData("PLEASE READ THE MANUAL CHAPTER 234")]
    [InlineData("SCADA PLC GATEWAY 2 ROOM 456")]
    [InlineData("PROD EU CENTRAL 2, RACK 35, ROOM 467")]
    public void What_is_no_secret_is_said_as_it_is(string text)
    {
        Assert.Equal(text, SecretShape.Redact(text));
        Assert.Equal($"'{text}'", SecretShape.Show(text));
        Assert.False(SecretShape.HasSeed(text));
    }

    [Fact]
    public void Public_keys_are_said_wherever_they_stand()
    {
        foreach (NatsKeyType type in Enum.GetValues<NatsKeyType>())
        {
            for (int round = 0; round < Rounds; round++)
            {
                using NatsKeyPair pair = Next(type);
                using NatsKeyPair other = Next(type);
                foreach (string text in (string[])[pair.PublicKey, $"/keys/{pair.PublicKey}.nk", $"SO {pair.PublicKey} {other.PublicKey}",
                    $"signed by {pair.PublicKey}, not by {other.PublicKey}"])
                {
                    Assert.Equal(text, SecretShape.Redact(text));
                }
            }
        }
    }

    private NatsKeyPair Next(NatsKeyType type)
    {
        byte[] seed = new byte[32];
        random.NextBytes(seed);
        return NatsKeyPair.FromRawSeed(type, seed);
    }

    private static string[] Secrets(NatsKeyPair pair)
    {
        var secrets = new List<string>();
        foreach (bool privateForm in (bool[])[false, true])
        {
            pair.Reveal(privateForm, text => secrets.Add(text.ToString()));
        }

        return [.. secrets];
    }

    private static string Written(string form, string secret)
    {
        string lower = secret.ToLowerInvariant();
        string[] groups = [.. secret.Chunk(8).Select(part => new string(part))];
        int blank = form.IndexOf("{spaced:", StringComparison.Ordinal);
        return (blank < 0 ? form : form.Replace(form.Substring(blank, 10), string.Join(form[blank + 8], groups), StringComparison.Ordinal))
            .Replace("{0}", secret, StringComparison.Ordinal)
            .Replace("{lower}", lower, StringComparison.Ordinal)
            .Replace("{mistyped}", secret[..30] + "1" + secret[31..], StringComparison.Ordinal)
            .Replace("{tail}", secret[1..], StringComparison.Ordinal)
            .Replace("{cut}", secret[..30], StringComparison.Ordinal)
            .Replace("{lowerspaced: }", string.Join(' ', groups).ToLowerInvariant(), StringComparison.Ordinal)
            .Replace("{wide}", string.Join(" - ", groups), StringComparison.Ordinal)
            .Replace("{letters}", string.Join(' ', secret.ToCharArray()), StringComparison.Ordinal)
            .Replace("{halves}", secret[..25] + " " + secret[25..], StringComparison.Ordinal);
    }
}
