using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>Reads a backup. Every entry it returns is authenticated: its content, its position and the header.</summary>
internal sealed class BackupReader : IDisposable
{
    private readonly string path;
    private readonly FileStream file;
    private readonly BackupHeader header;
    private ChunkCipher? cipher;

    private BackupReader(string path, FileStream file)
    {
        this.path = path;
        this.file = file;
        header = BackupHeader.Read(file, path);
    }

    /// <summary>The public key of the recipient, whose private key opens the backup.</summary>
    public string Recipient => header.Recipient;

    /// <summary>Whether a file is a backup of any version. This depends on its first bytes, not on its name.</summary>
    public static bool IsBackup(string path) => SafeFiles.ReadBeginning(path, BackupHeader.Prefix.Length).SequenceEqual(BackupHeader.Prefix);

    /// <summary>Opens the file and reads its header.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidBackup"/>, <see cref="ErrorCode.StoreFormat"/> or <see cref="ErrorCode.FileAccess"/>.
    /// </exception>
    public static BackupReader Open(string path) => SafeFiles.Guarded(path, () =>
    {
        FileStream file = RegularFile.OpenStream(path);
        try
        {
            return new BackupReader(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    });

    /// <summary>Opens a backup and verifies all of it, before any of it is used.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key that opens it; null to find it among <paramref name="keys"/>. The caller disposes it.</param>
    /// <param name="keys">The keys to search.</param>
    /// <exception cref="NatsKeysException">The backup cannot be opened, or was altered.</exception>
    public static BackupReader OpenVerified(string path, NatsKeyPair? key, KeyStore keys)
    {
        BackupReader reader = Open(path);
        try
        {
            using NatsKeyPair own = KeyFor(reader.Recipient, key, keys, path);
            reader.Verify(own);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Decrypts the whole backup and checks that it is complete and has only valid entries.</summary>
    /// <param name="key">The recipient's key. The caller disposes it.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.CouldNotDecrypt"/>, <see cref="ErrorCode.InvalidBackup"/> or <see cref="ErrorCode.FileAccess"/>.
    /// </exception>
    public void Verify(NatsKeyPair key)
    {
        cipher = header.Open(key, path);
        foreach (BackupEntry _ in Entries())
        {
        }
    }

    /// <summary>The entries, from the start of the backup. Reading an entry clears the one before it.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidBackup"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public IEnumerable<BackupEntry> Entries()
    {
        file.Position = BackupHeader.Length;
        using var plain = new OpeningStream(file, cipher!, path);
        using var tar = new TarReader(plain, leaveOpen: true);
        bool isBegun = false;
        while (Next(tar) is { } entry)
        {
            byte[] content = Content(entry, plain);
            try
            {
                if (!isBegun)
                {
                    CheckMarker(entry.Name, content);
                    isBegun = true;
                    continue;
                }

                BackupEntry read = Entry(entry.Name, content);
                using NatsKeyPair? key = (read as BackupEntry.Key)?.Pair;
                yield return read;
            }
            finally
            {
                CryptographicOperations.ZeroMemory(content);
            }
        }

        SafeFiles.Guarded(path, () =>
        {
            plain.ReadToEnd();
            return true;
        });
        if (!isBegun)
        {
            throw BackupFault.Invalid(path, "It is empty");
        }
    }

    public void Dispose()
    {
        file.Dispose();
        cipher?.Dispose();
    }

    private static NatsKeyPair KeyFor(string recipient, NatsKeyPair? key, KeyStore keys, string path) =>
        key is { HasSeed: true } ? key.Copy()
        : key is not null
            && key.PublicKey != recipient ? throw BackupFault.Of(
                ErrorCode.CouldNotDecrypt, path, $"It is sealed for {recipient}, and cannot be opened with {key.PublicKey}")
        : keys.Find(recipient)
            ?? throw BackupFault.Of(
                ErrorCode.KeyNotFound,
                path,
                $"It is sealed for {recipient}, and the seed of that key is not in the key store {keys.Location}",
                remedy: Remedy.ProvideKey);

    private TarEntry? Next(TarReader tar) => Guarded(() =>
    {
        TarEntry? entry = tar.GetNextEntry();
        return entry is null or { EntryType: TarEntryType.RegularFile } ? entry : throw BackupFault.Invalid(path, "It contains entries that are not "
            + "files");
    });

    private byte[] Content(TarEntry entry, OpeningStream plain)
    {
        // A false length would make the reader allocate that much memory.
        if (entry.Length > plain.Most)
        {
            throw BackupFault.Invalid(path, "One of its entries claims to be larger than the whole backup");
        }

        if (entry.Length > BackupNames.KindOf(entry.Name).MaximumBytes)
        {
            throw BackupFault.Invalid(path, $"{SecretShape.Show(entry.Name)} in it is larger than {BackupNames.KindOf(entry.Name).Name} may be");
        }

        byte[] content = BackupNames.KindOf(entry.Name).IsSecret ? SecretArray.Of<byte>(entry.Length) : new byte[entry.Length];
        Guarded(() =>
        {
            entry.DataStream?.ReadExactly(content);
            return true;
        });
        return content;
    }

    /// <summary>Reports malformed content. The seal proves that the content was not altered, but not that it is well formed.</summary>
    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (
            error is InvalidDataException
                or EndOfStreamException
                or FormatException
                or ArgumentException
                or OverflowException
                or NotSupportedException)
        {
            throw BackupFault.Invalid(path, "Its content is malformed", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SafeFiles.Failed(path, "read", error);
        }
    }

    private void CheckMarker(string name, byte[] content)
    {
        try
        {
            if (name == BackupNames.Marker)
            {
                StoreMarker.Parse(content);
                return;
            }
        }
        catch (NatsKeysException error)
        {
            throw BackupFault.Of(error.Code, path, $"The store in it cannot be read: {error.Message.TrimEnd('.')}", error);
        }

        throw BackupFault.Invalid(path, $"It does not begin with {BackupNames.Marker}");
    }

    private BackupEntry Entry(string name, byte[] content)
    {
        if (name == BackupNames.Rotations)
        {
            return new BackupEntry.Rotations(Rotations(content));
        }

        if (BackupNames.ToEntity(name) is { } entity)
        {
            return new BackupEntry.Entity(entity, content);
        }

        if (BackupNames.ToCredential(name) is { } user)
        {
            return new BackupEntry.Credential(user, content);
        }

        string publicKey = BackupNames.ToKey(name)
            ?? throw BackupFault.Invalid(path, $"It contains {SecretShape.Show(name)}, which is not a file of a store");
        return new BackupEntry.Key(Key(publicKey, content));
    }

    private List<RotationRecord> Rotations(byte[] content)
    {
        try
        {
            return RotationFile.Parse(content);
        }
        catch (NatsKeysException error)
        {
            throw BackupFault.Of(error.Code, path, $"The list of unfinished rotations in it cannot be read: {error.Message.TrimEnd('.')}", error);
        }
    }

    private NatsKeyPair Key(string publicKey, byte[] content)
    {
        char[] text = SecretArray.Of<char>(content.Length);
        NatsKeyPair? key = null;
        try
        {
            Encoding.Latin1.GetChars(content, text);
            key = NatsKeyPair.FromSeed(text);
        }
        catch (NatsKeysException)
        {
            // The check below reports any other text.
        }
        finally
        {
            Array.Clear(text);
        }

        if (key?.PublicKey == publicKey)
        {
            return key;
        }

        key?.Dispose();
        throw BackupFault.Invalid(path, $"It does not contain the seed of {publicKey} where it is expected");
    }
}
