using System.Net;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>From which addresses a network admits a user.</summary>
public class SourceNetworkTests
{
    [Theory]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("192.168.255.255/20", "192.168.240.0/20")]
    [InlineData("255.255.255.255/1", "128.0.0.0/1")]
    [InlineData("255.255.255.255/0", "0.0.0.0/0")]
    [InlineData("1.2.3.4/32", "1.2.3.4/32")]
    [InlineData("ffff:ffff:ffff::1/33", "ffff:ffff:8000::/33")]
    [InlineData("2001:db8::1/128", "2001:db8::1/128")]
    [InlineData("::ffff:10.1.2.3/104", "10.0.0.0/8")]
    [InlineData("::ffff:10.1.2.3/96", "0.0.0.0/0")]
    [InlineData("::ffff:10.1.2.3/128", "10.1.2.3/32")]
    [InlineData("::ffff:10.1.2.3/95", "::fffe:0:0/95")]
    public void Bits_beyond_the_prefix_do_not_count(string text, string network) =>
        Assert.Equal(IPNetwork.Parse(network), SourceNetwork.Parse(text));

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.0.0.1", true)]
    [InlineData("::ffff:10.0.0.0/104", "10.2.3.4", true)]
    [InlineData("2001:db8::/32", "2001:db8::7", true)]
    [InlineData("2001:db8::/32", "2001:db9::7", false)]
    [InlineData("0.0.0.0/0", "::1", false)]
    public void An_address_is_admitted_or_not(string network, string address, bool isAdmitted) =>
        Assert.Equal(isAdmitted, SourceNetwork.Contains(SourceNetwork.Parse(network)!.Value, IPAddress.Parse(address)));

    [Theory]
    [InlineData("/8")]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/33")]
    [InlineData("::/129")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/ 8")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0/8")]
    [InlineData("010.0.0.0/8")]
    [InlineData("0x0a.0.0.0/8")]
    [InlineData("[::1]/128")]
    [InlineData("fe80::1%1/64")]
    public void What_servers_do_not_read_is_no_network(string text) => Assert.Null(SourceNetwork.Parse(text));
}
