using System.Text;
using NatsKeys.Files;
using NatsKeys.Keys;
using NSec.Cryptography;

namespace NatsKeys.KeyRoot;

/// <summary>Encrypts or decrypts a seed file. The file is replaced as a whole and then read back.</summary>
internal static class SealedKeyFile
{
    /// <summary>Encrypts a plain seed file.</summary>
    /// <returns>Whether it was plain.</returns>
    public static bool Seal(Key rootKey, string publicKey, string file)
    {
        Span<char> seed = stackalloc char[KeyEncoding.SeedLength];
        try
        {
            using NatsKeyPair? plain = SecretFile.Read(file, FileKind.Key, text => SealedKeyFormat.IsSealed(text) ? null : KeyFile.Parse(text));
            if (plain is null)
            {
                return false;
            }

            if (plain.PublicKey != publicKey || !plain.HasSeed)
            {
                throw new NatsKeysException(
                    ErrorCode.KeyConflict, $"The file '{file}' does not hold the seed of {publicKey}, and is left as it is.") { Path = file };
            }

            plain.CopySeed(seed);
            Replace(publicKey, file, SealedKeyFormat.Seal(rootKey, publicKey, seed), seed);
            return true;
        }
        finally
        {
            seed.Clear();
        }
    }

    /// <summary>Decrypts an encrypted seed file.</summary>
    /// <returns>Whether it was encrypted.</returns>
    public static bool Unseal(Key rootKey, string publicKey, string file)
    {
        if (SecretFile.Read(file, FileKind.Key, text => SealedKeyFormat.IsSealed(text) ? text.ToString() : null) is not { } sealedText)
        {
            return false;
        }

        Span<char> seed = stackalloc char[KeyEncoding.SeedLength];
        using NatsKeyPair opened = SealedKeyFormat.Open(rootKey, publicKey, sealedText) ?? throw Damaged(file);
        opened.CopySeed(seed);
        try
        {
            Replace(publicKey, file, seed, sealedText);
            return true;
        }
        finally
        {
            seed.Clear();
        }
    }

    /// <summary>Whether a file contains an encrypted seed. Only its beginning is read.</summary>
    public static bool IsSealed(string file) =>
        SealedKeyFormat.IsSealed(Encoding.ASCII.GetString(SafeFiles.ReadBeginning(file, SealedKeyFormat.FixedLength)));

    /// <summary>Creates the error for a file that cannot be decrypted.</summary>
    public static NatsKeysException Damaged(
        string file, string reason = "It is an encrypted seed that was altered or truncated, or that belongs to another key") =>
        new(ErrorCode.KeyDamaged, $"The file '{file}' cannot be used. {reason}.") { Path = file };

    /// <summary>Writes the other form of a seed. If the new file cannot be read back, the previous text is restored.</summary>
    private static void Replace(string publicKey, string file, ReadOnlySpan<char> text, ReadOnlySpan<char> before)
    {
        // The time of the file is the age of the key, so it is kept.
        DateTime since = File.GetLastWriteTimeUtc(file);
        using var journal = new BriefJournal(KeyRootLayout.RootOf(file));
        try
        {
            SecretFile.Write(file, text, overwrite: true, journal);
            File.SetLastWriteTimeUtc(file, since);
            using NatsKeyPair kept = SeedFile.Read(file);
            if (kept.PublicKey != publicKey || !kept.HasSeed)
            {
                throw Damaged(file, "It could not be verified after writing");
            }
        }
        catch
        {
            SecretFile.Write(file, before, overwrite: true, journal);
            throw;
        }
    }
}
