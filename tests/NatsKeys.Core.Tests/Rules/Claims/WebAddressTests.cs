using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>Parts of URLs as the reference implementation takes them, where .NET's own class would differ.</summary>
public class WebAddressTests
{
    [Theory]
    [InlineData("nats://u:p@host:4222/x/y?q#f", "NATS", "u:p@", "host:4222", "/x/y")]
    [InlineData("nats://host", "NATS", "", "host", "")]
    [InlineData("nats://host#a/b?c", "NATS", "", "host", "")]
    [InlineData("nats://host?a/b", "NATS", "", "host", "")]
    [InlineData("nats+tls.1-x://h:", "NATS+TLS.1-X", "", "h:", "")]
    [InlineData("nats://@h", "NATS", "@", "h", "")]
    [InlineData("nats://a@b@h", "NATS", "a@b@", "h", "")]
    [InlineData("nats:///p", "NATS", "", "", "/p")]
    [InlineData("//h/p", "", "", "h", "/p")]
    [InlineData("nats://[::1]:4222/p", "NATS", "", "[::1]:4222", "/p")]
    [InlineData("nats://[::1]", "NATS", "", "[::1]", "")]
    [InlineData("nats://h/a%41%2fb", "NATS", "", "h", "/a%41%2fb")]
    [InlineData("host:4222", "HOST", "", "", "4222")]
    [InlineData("a/b:c", "", "", "", "a/b:c")]
    [InlineData("a b", "", "", "", "a b")]
    [InlineData("#f", "", "", "", "")]
    [InlineData("?q", "", "", "", "")]
    [InlineData("", "", "", "", "")]
    public void A_text_has_these_parts(string text, string scheme, string user, string host, string path) =>
        Assert.Equal(new WebAddress(scheme, user, host, path), WebAddress.Parse(text));

    [Theory]
    [InlineData(":4222")]
    [InlineData("1host:4222")]
    [InlineData("ho_st:4222")]
    [InlineData("nats://h:12a")]
    [InlineData("nats://h:1:2a")]
    [InlineData("nats://h<x")]
    [InlineData("nats://h x:1")]
    [InlineData("nats://[::1")]
    [InlineData("nats://[::1]x")]
    [InlineData("nats://[::1]:a")]
    [InlineData("nats://h/%")]
    [InlineData("nats://h/%4")]
    [InlineData("nats://h/%zz")]
    [InlineData("nats://h/%4g")]
    [InlineData("nats://h/%g4")]
    [InlineData("%41%")]
    [InlineData("%zz")]
    [InlineData("nats://h/\u0001")]
    [InlineData("nats://h/a\u007fb")]
    [InlineData("\tnats://h")]
    public void A_text_is_no_address(string text) => Assert.Null(WebAddress.Parse(text));
}
