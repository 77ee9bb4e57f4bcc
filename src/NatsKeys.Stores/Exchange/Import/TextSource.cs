using System.Text;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>
/// A text to import instead of a file: tokens, credentials, a seed, or an entity file, from which the token is taken. It may contain a seed, so
/// messages never show it.
/// </summary>
/// <param name="text">The text to import.</param>
internal sealed class TextSource(string text)
{
    /// <summary>The name that messages show instead of a file.</summary>
    public const string Name = "(text)";

    /// <summary>Whether an argument is such a text, rather than a path.</summary>
    /// <param name="text">The argument.</param>
    public static bool IsText(string text) =>
        text.AsSpan().Trim() is var trimmed && (trimmed.ContainsAny('\n', '\r') || TokenFinder.IsLikely(trimmed) || NatsKeyPair.IsSeed(trimmed));

    /// <summary>
    /// Whether an argument is a line that frames something in credentials. Two of them begin with asterisks, which would match every file.
    /// </summary>
    /// <param name="text">The argument.</param>
    public static bool IsFrame(string text) => text.AsSpan().Trim() is var trimmed && !trimmed.ContainsAny('\n', '\r') && IsFrame(trimmed);

    /// <summary>Whether an argument is credentials, or a line of them: a token, a seed, or what stands around them.</summary>
    /// <param name="text">The argument.</param>
    public static bool IsCredential(string text)
    {
        foreach (ReadOnlySpan<char> rawLine in text.AsSpan().TrimStart('\uFEFF').EnumerateLines())
        {
            ReadOnlySpan<char> line = rawLine.Trim();
            if (IsFrame(line) || TokenFinder.IsLikely(line) || NatsKeyPair.IsSeed(line))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns an argument for messages. Credentials are hidden: also a token alone lets whoever has it in.</summary>
    /// <param name="text">The argument.</param>
    public static string Show(string text) => IsCredential(text) ? "(hidden: a line of credentials)" : SecretShape.Mask(text);

    /// <summary>Reads the tokens in the text.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.TokenMalformed"/>: the text has nothing to import, or a token cannot be read.
    /// </exception>
    public IReadOnlyList<NatsJwt> ReadTokens()
    {
        NatsJwt[] tokens = [.. Lines.Where(line => TokenFinder.IsLikely(line)).Select(line => JwtReader.Read(line))];
        return tokens.Length == 0 && Seed is null
            ? throw SourceFault.Of(
                ErrorCode.TokenMalformed,
                Name,
                "It has no token, no credentials and no seed, and is "
                    + "neither the file of a signed entity nor a server configuration with an operator")
            : tokens;
    }

    /// <summary>The item that imports the seed; null if there is none.</summary>
    /// <param name="store">The store.</param>
    public ImportedKey? Key(NatsStore store) => Seed is null ? null : new TextKey(store, Seed);

    /// <summary>
    /// The item that keeps the text as the credentials of a user; null if it is not credentials, or the store has no place for them.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="user">The user.</param>
    /// <param name="overwrite">Whether different credentials are replaced.</param>
    public ImportedCredential? Credential(NatsStore store, EntityPath user, bool overwrite) =>
        Seed is not null && CredentialFile.PlaceOf(store, user) is { } target
            ? new RestoredCredential(store, Name, user, target, Encoding.UTF8.GetBytes(text), overwrite)
            : null;

    // In an entity file, the token follows the name of its member.
    private IEnumerable<string> Lines => text.Split('\n')
        .Select(line => line.Trim().TrimStart('\uFEFF'))
        .Select(line => line.StartsWith("jwt:", StringComparison.Ordinal) ? line[4..].Trim().Trim('\'', '"') : line);

    private string? Seed => Lines.FirstOrDefault(line => NatsKeyPair.IsSeed(line));

    private static bool IsFrame(ReadOnlySpan<char> line) => line.StartsWith("-----", StringComparison.Ordinal)
        || line.StartsWith("****", StringComparison.Ordinal)
        || (line.Length > 2 && !line.ContainsAnyExcept('*'))
        || line.StartsWith("NKEY Seed printed below", StringComparison.Ordinal)
        || line.StartsWith("NKEYs are sensitive", StringComparison.Ordinal);

    private sealed class TextKey(NatsStore store, string seed) : ImportedKey(store, Name)
    {
        private protected override NatsKeyPair Read() => NatsKeyPair.FromSeed(seed);
    }
}
