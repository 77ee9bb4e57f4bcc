using System.Globalization;

namespace NatsKeys.Core.Tests;

public class TimeParserTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("30d", "2026-03-02T12:00:00Z")]
    [InlineData("1d12h", "2026-02-02T00:00:00Z")]
    [InlineData("90m", "2026-01-31T13:30:00Z")]
    [InlineData("1h30m15s", "2026-01-31T13:30:15Z")]
    [InlineData("2w", "2026-02-14T12:00:00Z")]
    [InlineData("1M", "2026-02-28T12:00:00Z")]
    [InlineData("1m", "2026-01-31T12:01:00Z")]
    [InlineData("1y", "2027-01-31T12:00:00Z")]
    [InlineData("2y1M", "2028-02-29T12:00:00Z")]
    [InlineData("0s", "2026-01-31T12:00:00Z")]
    [InlineData(" 1d ", "2026-02-01T12:00:00Z")]
    [InlineData("2027-01-31", "2027-01-31T00:00:00Z")]
    [InlineData("2028-02-29", "2028-02-29T00:00:00Z")]
    [InlineData(" 2027-01-31 ", "2027-01-31T00:00:00Z")]
    [InlineData("2027-01-31T12:00:00Z", "2027-01-31T12:00:00Z")]
    [InlineData("2027-01-31T12:00", "2027-01-31T12:00:00Z")]
    [InlineData("2027-01-31T12:00:00+02:00", "2027-01-31T10:00:00Z")]
    [InlineData("2027-01-31 12:00:00", "2027-01-31T12:00:00Z")]
    [InlineData("2027-01-31 12:00:00 UTC", "2027-01-31T12:00:00Z")]
    [InlineData("9999-12-31", "9999-12-31T00:00:00Z")]
    public void Times_are_read_as_people_write_them(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), TimeParser.Parse(text, Now));

    /// <summary>PowerShell writes the times of a table in the culture of its session.</summary>
    [Theory]
    [InlineData("", "28d", "2026-02-28T12:00:00Z")]
    [InlineData("en-US", "2027-01-31 12:00", "2027-01-31T12:00:00Z")]
    [InlineData("en-US", "2027-01-31 12:00 UTC", "2027-01-31T12:00:00Z")]
    [InlineData("de-DE", "2027-01-31 12:00+02:00", "2027-01-31T10:00:00Z")]
    [InlineData("", "02/28/2027 17:32:29 +00:00", "2027-02-28T17:32:29Z")]
    [InlineData("", "02/03/2027 17:32:29 +00:00", null)]
    [InlineData("en-US", "02/03/2027 17:32:29 +00:00", null)]
    [InlineData("en-US", "02/13/2027 17:32:29 +00:00", "2027-02-13T17:32:29Z")]
    [InlineData("", "12/12/2027 17:32:29 +00:00", "2027-12-12T17:32:29Z")]
    [InlineData("en-GB", "28/02/2027 17:32:29 +01:00", "2027-02-28T16:32:29Z")]
    [InlineData("de-DE", "03.02.2027 17:32:29 +00:00", "2027-02-03T17:32:29Z")]
    [InlineData("en-GB", "02/03/2027 17:32:29 +00:00", null)]
    [InlineData("en-GB", "02/02/2027 17:32:29 +00:00", "2027-02-02T17:32:29Z")]
    [InlineData("de-DE", "03.02.2027 17:32:29", null)]
    [InlineData("de-DE", "03.02.2027", null)]
    [InlineData("", "12/31/2027", null)]
    [InlineData("en-US", "12/31/2027", null)]
    public void A_time_is_read_as_tables_have_it_where_only_one_is_meant(string culture, string text, string? expected)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            if (expected is null)
            {
                Refused.With(ErrorCode.InvalidTime, () => TimeParser.ParseTyped(text, Now));
                return;
            }

            DateTimeOffset date = DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture);
            Assert.Equal(date, TimeParser.ParseTyped(text, Now));
            Assert.Equal(date, TimeParser.ParseTyped(date.ToString(CultureInfo.CurrentCulture), Now));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("1d12x")]
    [InlineData("x1d")]
    [InlineData("12h1d")]
    [InlineData("1d1d")]
    [InlineData("1d 12h")]
    [InlineData("1,5d")]
    [InlineData("1.5d")]
    [InlineData("-1d")]
    [InlineData("+1d")]
    [InlineData("1D")]
    [InlineData("12")]
    [InlineData("d")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t\n")]
    [InlineData("never")]
    [InlineData("\u0663d")]
    [InlineData("\uff11d")]
    [InlineData("2147483648s")]
    [InlineData("99999999999999999999d")]
    [InlineData("8000y")]
    [InlineData("2147483647w")]
    [InlineData("2027-02-29")]
    [InlineData("2100-02-29")]
    [InlineData("2027-13-01")]
    [InlineData("2027-00-10")]
    [InlineData("2027-1-31")]
    [InlineData("31.01.2027")]
    [InlineData("01/31/2027")]
    [InlineData("2027-01-31T25:00:00Z")]
    [InlineData("2027-01-31T12:00:60Z")]
    [InlineData("2027-01-31x")]
    [InlineData("2027")]
    [InlineData("10000-01-01")]
    public void What_is_not_wholly_understood_is_refused(string text) => Refused.With(ErrorCode.InvalidTime, () => TimeParser.Parse(text, Now));

    [Fact]
    public void A_leap_day_a_year_later_is_the_last_of_february() =>
        Assert.Equal(new DateTimeOffset(2029, 2, 28, 0, 0, 0, TimeSpan.Zero),
            TimeParser.Parse("1y", new DateTimeOffset(2028, 2, 29, 0, 0, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void The_culture_of_the_machine_changes_nothing(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Assert.Equal(new DateTimeOffset(2027, 1, 31, 0, 0, 0, TimeSpan.Zero), TimeParser.Parse("2027-01-31", Now));
            Assert.Equal(Now.AddDays(1).AddMinutes(1), TimeParser.Parse("1d1m", Now));
            Refused.With(ErrorCode.InvalidTime, () => TimeParser.Parse("1D", Now));
            Refused.With(ErrorCode.InvalidTime, () => TimeParser.Parse("2570-02-29", Now));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
