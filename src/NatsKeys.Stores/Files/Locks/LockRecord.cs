using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NatsKeys.Files;

/// <summary>The content of a lock file: the holder and time, the progress, and the journal that may have to be recovered.</summary>
/// <param name="Holder">The process and the host.</param>
/// <param name="Since">When the lock was taken.</param>
/// <param name="Holding">The unique identifier of this acquisition of the lock.</param>
/// <param name="Progress">A counter that increases while the holder makes progress.</param>
/// <param name="Journal">The journal that is in use; null between changes.</param>
internal sealed partial record LockRecord(string Holder, DateTimeOffset Since, string Holding, long Progress, JournalPlace? Journal)
{
    /// <summary>The maximum length of a record in bytes. Longer files are not read.</summary>
    public const int Longest = 16 * 1024;

    /// <summary>The byte that pads a record, and overwrites it when the lock is released.</summary>
    public const byte Blank = (byte)' ';
    private const int Block = 256;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private static readonly string Self = $"process {Environment.ProcessId} on {Environment.MachineName}";

    /// <summary>Creates the record of this process.</summary>
    public static LockRecord Mine(DateTimeOffset now, JournalPlace? journal) => new(Self, now, UniqueName.Next(), 0, journal);

    /// <summary>Encodes the record, padded so that its length rarely changes.</summary>
    /// <param name="least">The minimum length in bytes: that of the record it overwrites.</param>
    public byte[] Encode(int least = 0)
    {
        string since = Since.UtcDateTime.ToString("s", CultureInfo.InvariantCulture);
        string progress = Progress.ToString(CultureInfo.InvariantCulture);
        string text = string.Concat([Holder, " since ", since, "Z\nlock ", Holding, " ", progress, "\n", Journal?.Text ?? "no journal", "\n"]);
        int length = Encoding.UTF8.GetByteCount(text);
        if (length > Longest)
        {
            throw new PathTooLongException($"The path of the key root is too long: '{Journal?.KeyRoot}'.");
        }

        byte[] bytes = new byte[Math.Max(least, ((length / Block) + 1) * Block)];
        bytes.AsSpan(Encoding.UTF8.GetBytes(text, bytes)).Fill(Blank);
        return bytes;
    }

    /// <summary>Decodes a record; null if it is invalid or incomplete.</summary>
    public static LockRecord? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Longest)
        {
            return null;
        }

        Match match = Form().Match(Encoding.UTF8.GetString(bytes));
        if (!match.Success || !DateTimeOffset.TryParseExact(
            match.Groups["since"].Value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset since))
        {
            return null;
        }

        try
        {
            JournalPlace? journal = match.Groups["id"].Success
                ? new JournalPlace(match.Groups["id"].Value, JsonSerializer.Deserialize<string>(match.Groups["keys"].Value)!)
                : null;
            long progress = long.Parse(match.Groups["progress"].Value, CultureInfo.InvariantCulture);
            return new LockRecord(match.Groups["holder"].Value, since, match.Groups["lock"].Value, progress, journal);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>For messages: the process, the host and the time.</summary>
    public override string ToString() => $"{Holder} (since {Since.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)})";

    [GeneratedRegex(
        @"^(?<holder>process \d{1,10} on [^\s\p{C}]{1,255}) since (?<since>\S{20})\nlock (?<lock>[0-9a-f]{32}) (?<progress>\d{1,18})\n"
            + @"(no journal|journal (?<id>[0-9a-f]{12}) in (?<keys>""[^\p{Cc}]+""))\n")]
    private static partial Regex Form();
}
