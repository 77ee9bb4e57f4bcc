using System.Globalization;
using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

public class ConnectionTimesTests
{
    [Theory]
    [InlineData("00:00:00", "23:59:59", "12:00:00", "23:59:59")]
    [InlineData("08:00:00", "18:00:00", "07:59:59", null)]
    [InlineData("08:00:00", "18:00:00", "08:00:00", null)]
    [InlineData("08:00:00", "18:00:00", "08:00:01", "18:00:00")]
    [InlineData("08:00:00", "18:00:00", "18:00:00", null)]
    [InlineData("12:00:00", "12:00:00", "12:00:00", null)]
    [InlineData("12:00:00", "12:00:00", "13:00:00", null)]
    [InlineData("22:00:00", "06:00:00", "23:00:00", "06:00:00")]
    [InlineData("22:00:00", "06:00:00", "05:59:59", "06:00:00")]
    [InlineData("22:00:00", "06:00:00", "12:00:00", null)]
    [InlineData("1:02:03", "01:02:05.5", "01:02:04", "01:02:05")]
    public void A_range_holds_between_its_ends(string start, string end, string now, string? until)
    {
        DateTimeOffset? found = ConnectionTimes.EndOfRange(Permissions("UTC", start, end), At(now));
        Assert.Equal(until, found?.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        Assert.True(found is null || found > At(now));
    }

    [Fact]
    public void The_zone_decides_what_time_it_is()
    {
        Assert.NotNull(ConnectionTimes.EndOfRange(Permissions("Asia/Tokyo", "20:00:00", "22:00:00"), At("12:00:00")));
        Assert.Null(ConnectionTimes.EndOfRange(Permissions("Europe/Berlin", "20:00:00", "22:00:00"), At("12:00:00")));
    }

    [Theory]
    [InlineData("Europe/Nowhere")]
    [InlineData("utc")]
    public void No_range_holds_in_a_zone_that_is_none(string zone) =>
        Assert.Null(ConnectionTimes.EndOfRange(Permissions(zone, "00:00:00", "23:59:59"), At("12:00:00")));

    [Fact]
    public void One_of_several_ranges_is_enough()
    {
        UserPermissions permissions = Permissions("UTC", "08:00:00", "12:00:00");
        permissions.Times.Add(new TimeRange { Start = "13:00:00", End = "17:30:00" });
        Assert.NotNull(ConnectionTimes.EndOfRange(permissions, At("14:00:00")));
        Assert.Null(ConnectionTimes.EndOfRange(permissions, At("12:30:00")));
    }

    private static UserPermissions Permissions(string zone, string start, string end) =>
        new() { TimesLocation = zone, Times = [new TimeRange { Start = start, End = end }] };

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-11-23T{time}Z", CultureInfo.InvariantCulture);
}
