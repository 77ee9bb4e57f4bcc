using System.Text;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>
/// A text that is to be imported, without a file: tokens, the credentials of a user, a seed, or the file of an entity, whose token is taken. It may
/// hold a seed, so no message shows it.
/// </summary>
/// <param name="text">The text.</param>
internal sealed class SourceText(string text)
{
    /// <summary>What stands in messages in the place of a file.</summary>
    public const string Name = "(text)";

    /// <summary>Whether somebody gave a text, and not the path of a file.</summary>
    /// <param name="text">The text.</param>
    public static bool IsText(string text) =>
        text.AsSpan().Trim() is var trimmed && (trimmed.ContainsAny('\n', '\r') || TokenFinder.IsLikely(trimmed) || NatsKeyPair.IsSeed(trimmed));

    /// <summary>The tokens in it.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.TokenMalformed"/>: there is nothing to import in it; or a token does not read.
    /// </exception>
    public IReadOnlyList<NatsJwt> ReadTokens()
    {
        NatsJwt[] tokens = [.. Lines.Where(line => TokenFinder.IsLikely(line)).Select(line => JwtReader.Read(line))];
        return tokens.Length == 0 && Seed is null
            ? throw SourceFault.Of(
                ErrorCode.TokenMalformed, Name, "It has no token, no credentials and no seed, and is not the file of a signed entity")
            : tokens;
    }

    /// <summary>What imports the seed in it; null where there is none.</summary>
    /// <param name="store">The store.</param>
    public ImportedKey? Key(NatsStore store) => Seed is null ? null : new TextKey(store, Seed);

    /// <summary>What keeps it as the credentials of a user; null where it is none, or the store has no place for them.</summary>
    /// <param name="store">The store.</param>
    /// <param name="user">The user.</param>
    /// <param name="overwrite">Whether other credentials are replaced.</param>
    public ImportedCredential? Credential(NatsStore store, EntityPath user, bool overwrite) =>
        Seed is not null && CredentialFile.PlaceOf(store, user) is { } target
            ? new RestoredCredential(store, Name, user, target, Encoding.UTF8.GetBytes(text), overwrite)
            : null;

    // In the file of an entity, the token stands after its name.
    private IEnumerable<string> Lines => text.Split('\n')
        .Select(line => line.Trim().TrimStart('\uFEFF'))
        .Select(line => line.StartsWith("jwt:", StringComparison.Ordinal) ? line[4..].Trim().Trim('\'', '"') : line);

    private string? Seed => Lines.FirstOrDefault(line => NatsKeyPair.IsSeed(line));

    private sealed class TextKey(NatsStore store, string seed) : ImportedKey(store, Name)
    {
        private protected override NatsKeyPair Read() => NatsKeyPair.FromSeed(seed);
    }
}
