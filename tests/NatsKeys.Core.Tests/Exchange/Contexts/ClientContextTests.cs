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
    public void Certificates_stand_in_it_under_the_names_that_natscli_has()
    {
        var context = new ClientContext(
            "/U.creds") { CertificateAuthority = "/ca.pem", Certificate = "/c.pem", CertificateKey = "/k.pem", TlsFirst = true };
        Assert.Equal(
            """
            {
              "description": "",
              "url": "",
              "creds": "/U.creds",
              "ca": "/ca.pem",
              "cert": "/c.pem",
              "key": "/k.pem",
              "tls_first": true
            }

            """,
            context.Write());
    }

    [Fact]
    public void What_somebody_added_stays_but_for_other_ways_to_sign_in()
    {
        byte[] existing = """
            {"url":"old","user":"u","password":"p","token":"t","nkey":"n","nsc":"x","ca":"/ca.pem","tls_first":true,"color_scheme":"red"}
            """u8.ToArray();
        Assert.Equal(
            """
            {
              "url": "nats://n1:4222",
              "ca": "/ca.pem",
              "tls_first": false,
              "color_scheme": "red",
              "description": "",
              "creds": "/U.creds"
            }

            """,
            new ClientContext("/U.creds") { Servers = ["n1:4222"], TlsFirst = false }.Write(existing));
        Assert.Equal(new ClientContext("/U.creds").Write(), new ClientContext("/U.creds").Write("[broken"u8.ToArray()));
    }

    [Theory]
    [InlineData("/c.pem", null)]
    [InlineData(null, "/k.pem")]
    public void A_certificate_without_its_key_is_refused(string? certificate, string? key) => Refused.With(
        ErrorCode.InvalidContext, () =>
            new ClientContext("/U.creds") { Certificate = certificate, CertificateKey = key }.RequireCertificates(DateTimeOffset.UtcNow));

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

    [Fact]
    public void A_setting_that_is_there_twice_is_the_last_one_as_for_natscli()
    {
        string text = new ClientContext("/U.creds").Write("""{"nvim":"a","password":"p","nvim":"b","password":"q"}"""u8.ToArray());
        Assert.Contains("\"nvim\": \"b\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("password", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"a\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_s_path_is_no_exception() =>
        Refused.With(ErrorCode.InvalidContext, () => new ClientContext("/U.creds") { CertificateAuthority = "/a$b/ca.pem" }.Write());

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
