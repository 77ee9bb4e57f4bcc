using System.Text.Json;
using NatsKeys.Exchange;

namespace NatsKeys.Core.Tests.Exchange;

/// <summary>The language of server configurations, as far as operators and accounts are written in it.</summary>
public sealed class ConfigTextTests
{
    [Theory]
    [InlineData("operator: eyJ0.a-b_c", """{"operator":"eyJ0.a-b_c"}""")]
    [InlineData("{ Operator = 'it' }", """{"operator":"it"}""")]
    [InlineData("port 4222\nhost: \"a\\tb\\x41\"; name=x,", """{"port":"4222","host":"a\tbA","name":"x"}""")]
    [InlineData("# one\n// two\na: 1 # three\nb: http://h:1/x // four\n", """{"a":"1","b":"http://h:1/x"}""")]
    [InlineData("resolver { type: full, dir: './jwt' }\nlist: [a, 'b'\n\"c\"]",
        """{"resolver":{"type":"full","dir":"./jwt"},"list":["a","b","c"]}""")]
    [InlineData("resolver: URL(http://h/a/)\nresolver_preload: {\n A1: eyJ\n B2 = 'eyK' }",
        """{"resolver":"URL(http://h/a/)","resolver_preload":{"a1":"eyJ","b2":"eyK"}}""")]
    [InlineData("TOKEN: eyJ\nx { operator: $TOKEN }\npassword: $2a$11$abc", """{"token":"eyJ","x":{"operator":"eyJ"},"password":"$2a$11$abc"}""")]
    [InlineData("text: (\n many\n lines\n)\nb: 1", """{"text":"many\n lines","b":"1"}""")]
    [InlineData("a: 1\ninclude ./more.conf\nb { include 'more.conf' }", """{"a":"1","from":"./more.conf","b":{"from":"more.conf"}}""")]
    [InlineData("", "{}")]
    public void Text_is_read_as_servers_read_it(string text, string expected) => Assert.Equal(expected, JsonSerializer.Serialize(Read(text), Plain));

    [Theory]
    [InlineData("a: {\nb: 1\n", 3)]
    [InlineData("a: 'x\ny", 2)]
    [InlineData("a: [1, 2", 1, "']'")]
    [InlineData("}\n", 1)]
    [InlineData("a:", 1)]
    [InlineData("a: (x", 1, "')'")]
    [InlineData("x: { a: 1 }\ninclude $x", 2, "include")]
    [InlineData("x: [1, 2]\n\ninclude $x", 3, "include")]
    public void What_does_not_read_is_an_error_with_its_line(string text, int line, string named = "")
    {
        NatsKeysException error = Assert.Throws<NatsKeysException>(() => Read(text));
        Assert.Equal((ErrorCode.InvalidServerConfig, line), (error.Code, error.Line));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_nested_without_end_is_an_error()
    {
        Assert.Equal(ErrorCode.InvalidServerConfig, Assert.Throws<NatsKeysException>(() => Read(string.Concat(Enumerable.Repeat("a {", 1000)))).Code);
        Assert.Equal(ErrorCode.InvalidServerConfig, Assert.Throws<NatsKeysException>(() => Read("a: " + new string('[', 100_000))).Code);
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Dictionary<string, object> Read(string text) =>
        ConfigParser.Read(text, name => new Dictionary<string, object>(StringComparer.Ordinal) { ["from"] = name });
}
