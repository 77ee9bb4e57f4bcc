using System.Text.Json;

namespace NatsKeys.Bucket;

/// <summary>What a server says of a message that was published.</summary>
/// <param name="Sequence">The sequence of the last message that was stored; 0 where none was yet.</param>
/// <param name="Code">The number of the error; 0 where there is none.</param>
/// <param name="Text">What the error says.</param>
internal readonly record struct PublishAnswer(ulong Sequence, int Code, string Text)
{
    private const int NoNumber = -1;

    /// <summary>Reads an answer. The one to a message within a batch is empty.</summary>
    public static PublishAnswer Read(byte[]? body)
    {
        if (body is null or { Length: 0 })
        {
            return default;
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.TryGetProperty("error", out JsonElement error))
            {
                int code = error.TryGetProperty("err_code", out JsonElement number) && number.TryGetInt32(out int known) ? known : NoNumber;
                string text = error.TryGetProperty("description", out JsonElement words) ? words.GetString() ?? "" : "";
                return new PublishAnswer(0, code == 0 ? NoNumber : code, TextSanitizer.Clean(text));
            }

            return json.RootElement.TryGetProperty("seq", out JsonElement sequence) && sequence.TryGetUInt64(out ulong last)
                ? new PublishAnswer(last, 0, "")
                : new PublishAnswer(0, NoNumber, "the answer states no sequence");
        }
        catch (JsonException)
        {
            return new PublishAnswer(0, NoNumber, "the answer is no JSON");
        }
    }
}
