using System.Text;
using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>The text of a lock file says all of its record, has room for a longer one, and never becomes too long to be read.</summary>
public class LockRecordTests
{
    private const int Block = 256;
    private static readonly DateTimeOffset Time = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Theory]
    [InlineData(null)]
    [InlineData("/keys")]
    [InlineData("/keys \"of\"\nmine\t\\ é 😀")]
    public void What_is_written_is_read(string? keyRoot)
    {
        LockRecord record = Mine(keyRoot) with { Progress = 123456789 };
        Assert.Equal(record, LockRecord.Decode(record.Encode()));
        Assert.Equal(record, LockRecord.Decode(record.Encode(least: 5000)));
    }

    [Fact]
    public void Blanks_stand_behind_the_text_to_the_end_of_its_block_and_as_far_as_the_text_before_it_went()
    {
        LockRecord record = Mine(keyRoot: null);
        byte[] bytes = record.Encode();
        Assert.Equal(Block, bytes.Length);
        string text = Encoding.UTF8.GetString(bytes).TrimEnd(' ');
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.Equal(text.PadRight(1000), Encoding.UTF8.GetString(record.Encode(least: 1000)));
        Assert.Equal(2 * Block, Mine(new string('k', Block)).Encode().Length);
    }

    [Fact]
    public void A_text_that_nobody_would_read_is_not_written()
    {
        int others = Encoding.UTF8.GetString(Mine("").Encode()).TrimEnd(' ').Length;
        LockRecord longest = Mine(new string('k', LockRecord.Longest - others));
        Assert.Equal(longest, LockRecord.Decode(longest.Encode().AsSpan(0, LockRecord.Longest)));
        LockRecord longer = Mine(new string('k', LockRecord.Longest - others + 1));
        Assert.Contains("'kkk", Assert.Throws<PathTooLongException>(() => longer.Encode()).Message, StringComparison.Ordinal);
        Assert.Null(LockRecord.Decode(longest.Encode(LockRecord.Longest + 1)));
    }

    [Theory]
    [InlineData("2026-02-30T00:00:00Z", "0", "no journal")]
    [InlineData("2026-01-01T00:00:00Z", "-1", "no journal")]
    [InlineData("2026-01-01T00:00:00Z", "0", "journal 0123456789a in \"/keys\"")]
    [InlineData("2026-01-01T00:00:00Z", "0", "journal 0123456789ab in \"/keys\\x\"")]
    [InlineData("2026-01-01T00:00:00Z", "0", "journal 0123456789ab in \"/ke\u0007ys\"")]
    public void Anything_else_is_no_record(string since, string progress, string journal) =>
        Assert.Null(LockRecord.Decode(
            Encoding.UTF8.GetBytes($"process 1 on host since {since}\nlock {new string('0', 32)} {progress}\n{journal}\n")));

    [Fact]
    public void People_read_who_holds_it_since_when() =>
        Assert.Equal("process 1 on host (since 2026-03-04 05:06:07Z)", (Mine(keyRoot: null) with { Holder = "process 1 on host" }).ToString());

    private static LockRecord Mine(string? keyRoot) =>
        LockRecord.Mine(Time, keyRoot is null ? null : new JournalPlace("0123456789ab", keyRoot));
}
