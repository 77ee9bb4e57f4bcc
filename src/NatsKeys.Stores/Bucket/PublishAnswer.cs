using System.Text.Json;

namespace NatsKeys.Bucket;

/// <summary>The answer of a server to a published message.</summary>
/// <param name="Sequence">The sequence of the last stored message; 0 if none is stored yet.</param>
/// <param name="Code">The error number; 0 for none.</param>
/// <param name="Text">The error text.</param>
internal readonly record struct PublishAnswer(ulong Sequence, int Code, string Text)
{
    private const int NoNumber = -1;

    /// <summary>Reads an answer. It is empty for a message within a batch.</summary>
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
