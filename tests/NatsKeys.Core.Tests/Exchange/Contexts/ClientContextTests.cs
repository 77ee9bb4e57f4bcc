using NatsKeys.Exchange;

namespace NatsKeys.Core.Tests.Exchange;

public class ClientContextTests
{
    private const string Credentials = "/keys/creds/O/A/ü \"x\".creds";

    [Fact]
    public void A_context_has_what_natscli_reads()
    {
        var context = new ClientContext(
            Credentials) { Description = "größe <1>", Servers = ["n1:4222", "tls://n2:4222", "wss://[::1]:443/"], JetStreamDomain = "hub",
            InboxPrefix = "_INBOX.u" };
        Assert.Equal(
            """
            {
              "description": "größe <1>",
              "url": "nats://n1:4222,tls://n2:4222,wss://[::1]:443/",
              "creds": "/keys/creds/O/A/ü \"x\".creds",
              "jetstream_domain": "hub",
              "inbox_prefix": "_INBOX.u"
            }

            """,
            context.Write());
    }

    [Fact]
    public void What_is_not_set_is_left_to_natscli() =>
        Assert.Equal("{\n  \"description\": \"\",\n  \"url\": \"\",\n  \"creds\": \"/U.creds\"\n}\n", new ClientContext("/U.creds").Write());

    [Theory]
    [InlineData("nats://u:p@n1:4222")]
    [InlineData("u:p@n1:4222")]
    [InlineData("http://n1:4222")]
    [InlineData("nats://")]
    [InlineData("")]
    [InlineData("n1:4222,n2:4222")]
    [InlineData("nats://n1:4222/path")]
    [InlineData("n 1:4222")]
    [InlineData(" n1:4222")]
    [InlineData("n1:4222\n")]
    [InlineData("nats://@n1:4222")]
    [InlineData("nats://n1:x")]
    [InlineData("nats:///path")]
    public void An_address_that_is_none_or_has_a_password_is_refused(string server) =>
        Assert.Contains($"'{server}'",
            Refused.With(ErrorCode.InvalidContext, () => new ClientContext(Credentials) { Servers = [server] }.Write()).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_path_in_which_natscli_sees_a_variable_is_refused() =>
        Refused.With(ErrorCode.InvalidContext, () => new ClientContext("/a$b/U.creds").Write());

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a..b")]
    [InlineData("..")]
    [InlineData("CON")]
    [InlineData("a\nb")]
    public void A_name_that_natscli_does_not_take_is_refused(string name) => Refused.With(ErrorCode.InvalidName, () => ContextFolder.PathOf(name));
}
