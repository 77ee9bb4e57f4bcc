using NatsKeys.Claims;

namespace NatsKeys.Core.Tests.Claims;

public class ClaimSummaryTests
{
    [Theory]
    [InlineData("stream", "the stream 'a'")]
    [InlineData("service", "the service 'a'")]
    [InlineData(null, "'a'")]
    [InlineData("", "'a'")]
    [InlineData("strean", "'a'")]
    public void An_item_without_a_type_is_named_by_its_subject_alone(string? type, string name) =>
        Assert.Equal(name, ClaimSummary.Item(type, "a"));
}
