using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>Reads and writes the text of credentials files (<c>.creds</c>): a user's token and seed, each in its own block.</summary>
internal static class CredentialFormat
{
    private const string SeedPreamble =
        "************************* IMPORTANT *************************\n" +
        "NKEY Seed printed below can be used to sign and prove identity.\n" +
        "NKEYs are sensitive and should be treated as secrets.\n\n";

    private const string Closing = "*************************************************************\n";

    /// <summary>Writes the text of a credentials file, identical byte for byte to that of the reference implementation.</summary>
    /// <param name="token">The user's token.</param>
    /// <param name="key">The user's key pair, with its seed.</param>
    /// <returns>The text. It contains a seed, so the caller must clear it.</returns>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidCredential"/>: the token is not a user token, or the key belongs to another user; or the token cannot be read.
    /// </exception>
    public static char[] Write(string token, NatsKeyPair key) => Write(JwtReader.Read(token), key);

    /// <summary>Writes the text of a credentials file with a token whose signature is already checked.</summary>
    internal static char[] Write(NatsJwt jwt, NatsKeyPair key)
    {
        if (jwt.Claims is not UserClaims)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidCredential, $"Only users have credentials. The token has kind {jwt.Claims.KindText ?? "generic"}.");
        }

        if (key.PublicKey != jwt.Subject)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidCredential, $"Key {key.PublicKey} is not the key of user '{jwt.Name}', whose subject is {jwt.Subject}.");
        }

        return Block(TokenBlock(jwt), key);
    }

    /// <summary>
    /// Reads a credentials file: the token of one block and the seed of another, in either order and with any label. Lines are trimmed; a bare token
    /// line and a bare seed line are also found. Whether token and seed belong together is not checked: see <see cref="NatsCredential.Matches"/>.
    /// </summary>
    /// <param name="text">The whole text of the file.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidCredential"/>: there is no token; <see cref="ErrorCode.NoSeedFound"/>: there is no seed of a user; or the token
    /// cannot be read.
    /// </exception>
    public static NatsCredential Read(ReadOnlySpan<char> text)
    {
        NatsKeyPair? key = null;
        NatsJwt? jwt = null;
        NatsKeysException? tokenFault = null;
        try
        {
            foreach (ReadOnlySpan<char> rawLine in text.TrimStart('\uFEFF').EnumerateLines())
            {
                ReadOnlySpan<char> line = rawLine.Trim();
                if (key is null && NatsKeyPair.IsSeed(line))
                {
                    key = NatsKeyPair.FromSeed(line);
                }
                else if (jwt is null && TokenFinder.IsLikely(line))
                {
                    (jwt, tokenFault) = TryRead(line);
                }
            }

            if (jwt is null)
            {
                throw tokenFault ?? new NatsKeysException(ErrorCode.InvalidCredential, "No token was found: no line begins with eyJ, as tokens do.");
            }

            if (key is null)
            {
                throw new NatsKeysException(ErrorCode.NoSeedFound, "A token was found, but no seed: no line is a seed.");
            }

            key.Require(NatsKeyType.User);
            return new NatsCredential(jwt, key);
        }
        catch
        {
            key?.Dispose();
            throw;
        }
    }

    /// <summary>Writes the block of a token, labelled with its kind.</summary>
    internal static string TokenBlock(NatsJwt jwt)
    {
        string label = $"NATS {jwt.Claims.KindText?.ToUpperInvariant()} JWT";
        return $"-----BEGIN {label}-----\n{jwt.Token}\n------END {label}------\n\n";
    }

    /// <summary>Writes the block of a seed. Only users, accounts and operators have one.</summary>
    internal static char[] SeedBlock(NatsKeyPair key) => Block(before: "", key);

    /// <summary>Writes a text and the block of a seed. The seed is nowhere else than in the result.</summary>
    private static char[] Block(string before, NatsKeyPair key)
    {
        key.Require(NatsKeyType.User, NatsKeyType.Account, NatsKeyType.Operator);
        string label = $"{key.Type.ToString().ToUpperInvariant()} NKEY SEED";
        string beginning = $"{before}{SeedPreamble}-----BEGIN {label}-----\n";
        string end = $"\n------END {label}------\n\n{Closing}";
        char[] text = SecretArray.Of<char>(beginning.Length + KeyEncoding.SeedLength + end.Length);
        beginning.CopyTo(text);
        key.CopySeed(text.AsSpan(beginning.Length, KeyEncoding.SeedLength));
        end.CopyTo(text.AsSpan(beginning.Length + KeyEncoding.SeedLength));
        return text;
    }

    private static (NatsJwt? Jwt, NatsKeysException? Fault) TryRead(ReadOnlySpan<char> line)
    {
        try
        {
            return (JwtReader.Read(line.ToString()), null);
        }
        catch (NatsKeysException error)
        {
            return (null, error);
        }
    }
}
