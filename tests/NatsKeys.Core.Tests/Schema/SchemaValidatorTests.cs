using System.Text.Json;

namespace NatsKeys.Core.Tests.Schema;

/// <summary>The tests of the schemas are worth what their validator is.</summary>
public class SchemaValidatorTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "1", "1.5")]
    [InlineData("""{"type":"integer"}""", "1.0", "\"1\"")]
    [InlineData("""{"type":"integer"}""", "9223372036854775808", "null")]
    [InlineData("""{"type":["boolean","null"]}""", "null", "0")]
    [InlineData("""{"enum":["a",1]}""", "1.0", "\"b\"")]
    [InlineData("""{"pattern":"^a$"}""", "\"a\"", "\"a\\n\"")]
    [InlineData("""{"pattern":"b"}""", "1", "\"a\"")]
    [InlineData("""{"minLength":1}""", "\"😀\"", "\"\"")]
    [InlineData("""{"maxLength":1}""", "\"😀\"", "\"ab\"")]
    [InlineData("""{"minimum":-1}""", "-1", "-2")]
    [InlineData("""{"maximum":9}""", "9", "9.5")]
    [InlineData("""{"required":["a"]}""", """{"a":null}""", "{}")]
    [InlineData("""{"items":{"type":"null"}}""", "[null]", "[null,1]")]
    [InlineData("""{"anyOf":[{"type":"null"},{"minimum":5}]}""", "5", "4")]
    [InlineData("""{"properties":{"a":{"type":"null"}}}""", """{"a":null,"b":1}""", """{"a":1}""")]
    [InlineData("""{"patternProperties":{"^a":false}}""", """{"b":1}""", """{"ab":1}""")]
    [InlineData("""{"properties":{"a":true},"patternProperties":{"^b":true},"additionalProperties":false}""", """{"a":1,"b":2}""", """{"c":1}""")]
    [InlineData("""{"properties":{"a":true},"patternProperties":{"^a":{"type":"null"}}}""", """{"a":null}""", """{"a":1}""")]
    [InlineData("""{"additionalProperties":{"type":"null"}}""", """{"a":null}""", """{"a":1}""")]
    [InlineData("""{"definitions":{"a":{"type":"null"}},"items":{"$ref":"#/definitions/a"}}""", "[null]", "[1]")]
    public void A_keyword_asks_for_what_it_says(string schema, string good, string bad)
    {
        Assert.Empty(Check(schema, good));
        Assert.Single(Check(schema, bad));
    }

    [Theory]
    [InlineData("""{"const":1}""")]
    [InlineData("""{"items":{"uniqueItems":true}}""")]
    [InlineData("""{"type":"text"}""")]
    public void A_keyword_that_is_not_known_is_never_passed_over(string schema) => Assert.Throws<NotSupportedException>(() => Check(schema, "[1]"));

    private static IReadOnlyList<string> Check(string schema, string value) =>
        new SchemaValidator(JsonElement.Parse(schema)).Check(JsonElement.Parse(value));
}
