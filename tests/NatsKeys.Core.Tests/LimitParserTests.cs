namespace NatsKeys.Core.Tests;

public class LimitParserTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("100", 100)]
    [InlineData("64kb", 65_536)]
    [InlineData("64 KiB", 65_536)]
    [InlineData("1.5MB", 1_572_864)]
    [InlineData("1GiB", 1_073_741_824)]
    [InlineData("2t", 2_199_023_255_552)]
    [InlineData("512B", 512)]
    [InlineData("Unlimited", -1)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Limits_are_read(string text, long value) => Assert.Equal(value, LimitParser.Parse(text));

    [Theory]
    [InlineData("-5")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("64kbit")]
    [InlineData("12x")]
    [InlineData("")]
    [InlineData("9223372036854775808")]
    [InlineData("9999999999TB")]
    [InlineData("٣")]
    public void Everything_else_is_refused(string text) => Refused.With(ErrorCode.InvalidLimit, () => LimitParser.Parse(text));

    [Fact]
    public void Below_zero_only_no_limit_stands()
    {
        Assert.Equal(-1, LimitParser.Check(-1));
        Refused.With(ErrorCode.InvalidLimit, () => LimitParser.Check(-2));
    }
}
