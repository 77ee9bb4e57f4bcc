using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Server;

public class ServerVersionTests
{
    [Theory]
    [InlineData("2.9.10", "2.9.10")]
    [InlineData("v2.15.1", "2.15.1")]
    [InlineData("2.12.0-RC.1", "2.12.0")]
    [InlineData("2.11.0-preview.2+abc", "2.11.0")]
    public void Reads_what_servers_state(string text, string version) => Assert.Equal(version, ServerVersion.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2.10")]
    [InlineData("2.10.1.4")]
    [InlineData("2.x.0")]
    [InlineData("2.-1.0")]
    [InlineData("2. 1.0")]
    [InlineData("dev")]
    public void Takes_nothing_else(string? text)
    {
        Assert.False(ServerVersion.TryParse(text, out _));
        Assert.Throws<FormatException>(() => ServerVersion.Parse(text!));
    }

    [Fact]
    public void Compares_by_number()
    {
        Assert.True(ServerVersion.Parse("2.9.10") < ServerVersion.Parse("2.10.2"));
        Assert.True(ServerVersion.Parse("2.10.10") > ServerVersion.Parse("2.10.9"));
        Assert.True(ServerVersion.Parse("2.10.1") >= ServerVersion.Parse("2.10.1") && ServerVersion.Parse("2.10.1") <= ServerVersion.Parse("2.10.1"));
    }

    [Theory]
    [InlineData("2.9.25", false)]
    [InlineData("2.10.20", false)]
    [InlineData("2.10.21", true)]
    [InlineData("2.10.27", true)]
    [InlineData("2.11.0", true)]
    [InlineData("3.0.0", true)]
    public void A_feature_is_there_from_its_version_on(string version, bool has) =>
        Assert.Equal(has, ServerVersion.Parse(version).Has(ServerFeature.OperatorList));

    [Theory]
    [InlineData("2.10.27", false)]
    [InlineData("2.11.16", false)]
    [InlineData("2.11.17", true)]
    [InlineData("2.12.0", false)]
    [InlineData("2.12.8", true)]
    [InlineData("2.13.9", false)]
    [InlineData("2.14.0", true)]
    [InlineData("2.15.0", true)]
    public void What_came_to_several_lines_is_in_each_from_its_version_on_and_in_all_above(string version, bool has) =>
        Assert.Equal(has, ServerVersion.Parse(version).IsSince(new(2, 11, 17), new(2, 12, 8), new(2, 14, 0)));
}
