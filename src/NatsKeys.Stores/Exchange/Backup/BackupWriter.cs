using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using NatsKeys.Files;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>
/// Seals a store, with its keys and credentials, into one file for the owner of a curve key. The file appears only when it is complete, and plain
/// content never reaches the disk.
/// </summary>
/// <remarks>
/// The sealed content is a tar archive. It is not compressed: compression would leave seeds in buffers that are not cleared, and seeds and tokens
/// barely shrink.
/// </remarks>
internal sealed class BackupWriter : IDisposable
{
    private readonly NatsStore store;
    private readonly string recipient;
    private readonly bool overwrite;
    private readonly HashSet<string> written = new(StringComparer.Ordinal);
    private StoreTransaction? edit;
    private PendingFile? file;
    private ChunkCipher? cipher;
    private SealingStream? sealing;
    private TarWriter? tar;

    /// <summary>Creates a writer. It writes nothing yet.</summary>
    /// <param name="store">The store.</param>
    /// <param name="path">The file.</param>
    /// <param name="recipient">The recipient's curve public key (X…).</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.InvalidRecipient"/>.</exception>
    public BackupWriter(NatsStore store, string path, string recipient, bool overwrite)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full) || (File.Exists(full) && !overwrite))
        {
            throw new NatsKeysException(
                ErrorCode.FileExists,
                $"'{full}' already exists.{(overwrite ? " It is a folder, but a backup is a file." : "")}")
            {
                Path = full,
                Remedy = overwrite ? null : Remedy.Overwrite,
            };
        }

        if (!PublicNkey.Is(recipient, NatsKeyType.Curve))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidRecipient, $"{SecretShape.Show(recipient)} is not a curve public key (X…). Backups are sealed for a curve key.");
        }

        this.store = store;
        this.recipient = recipient;
        this.overwrite = overwrite;
        Target = full;
    }

    /// <summary>The full path of the backup.</summary>
    public string Target { get; }

    /// <summary>The keys in the store's key root that were not written, because no written entity has or lists them.</summary>
    public IEnumerable<string> UnwrittenKeys => store.Keys.PublicKeys().Where(key => !written.Contains(key)).Order(StringComparer.Ordinal);

    /// <summary>Begins the backup. Other processes cannot change the store until this writer is disposed.</summary>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>, or <see cref="ErrorCode.StoreBusy"/>.</exception>
    public void Begin(CancellationToken cancellation = default)
    {
        edit = TryBegin(cancellation);
        (BackupHeader header, cipher) = BackupHeader.Create(recipient);
        file = new PendingFile(Target, store.Staging);
        sealing = new SealingStream(file.Stream, cipher);
        tar = new TarWriter(sealing, TarEntryFormat.Gnu, leaveOpen: true);
        SafeFiles.Guard(Target, () => file.Stream.Write(header.Bytes));
        Add(BackupNames.Marker, StoreMarker.Plain);
        if (store.ReadRotations() is { Count: > 0 } rotations)
        {
            Add(BackupNames.Rotations, RotationFile.Encode(rotations));
        }
    }

    /// <summary>Writes the file of an entity, byte for byte. The entities above it must be written first.</summary>
    /// <param name="path">The path of the entity.</param>
    /// <returns>The entity's keys that are in the key root and not yet written; null if the file cannot be read as an entity.</returns>
    /// <exception cref="NatsKeysException">The file cannot be read, or the backup cannot be written.</exception>
    public IReadOnlyList<string>? WriteEntity(EntityPath path)
    {
        if (store.LoadText(path) is not { } found)
        {
            return [];
        }

        Add(BackupNames.OfEntity(found.Path), found.Text);
        return TryRead(found.Text, path.Kind) is { } document
            ? [.. KeysOf(document).Where(key => PublicNkey.TryGetType(key, out _) && !written.Contains(key) && store.Keys.Contains(key))]
            : null;
    }

    /// <summary>Writes a key of the store's key root.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <exception cref="NatsKeysException">The stored seed belongs to another key, or the backup cannot be written.</exception>
    public void WriteKey(string publicKey)
    {
        // An unreadable key is reported once, however many entities list it.
        using NatsKeyPair? key = written.Add(publicKey) ? store.Keys.Find(publicKey) : null;
        if (key is null)
        {
            return;
        }

        Span<char> seed = stackalloc char[KeyEncoding.SeedLength];
        byte[] content = SecretArray.Of<byte>(KeyEncoding.SeedLength);
        try
        {
            key.CopySeed(seed);
            Encoding.ASCII.GetBytes(seed, content);
            Add(BackupNames.OfKey(publicKey), content);
        }
        finally
        {
            seed.Clear();
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Writes the credentials that the key root has for a user, byte for byte. Does nothing if it has none.</summary>
    /// <param name="user">The path of the user.</param>
    /// <returns>
    /// False if the credentials belong to a user of the same name in another store, and were left out. True if they were written, or there are none.
    /// </returns>
    /// <exception cref="NatsKeysException">The file cannot be read, or the backup cannot be written.</exception>
    public bool WriteCredential(EntityPath user)
    {
        if (CredentialFile.PlaceOf(store, user) is not { } place || SafeFiles.Read(place, FileKind.Credential) is not { } content)
        {
            return true;
        }

        try
        {
            using NatsCredential? credential = CredentialFile.TryRead(place);
            if (credential is not null && store.FindReadable(user) is { } entity && entity.Subject != credential.Subject)
            {
                return false;
            }

            Add(BackupNames.OfCredential(user), content);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Completes the backup and moves it to its path.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public void Complete()
    {
        SafeFiles.Guard(Target, () =>
        {
            tar!.Dispose();
            sealing!.Complete();
        });
        file!.Complete(overwrite);
    }

    /// <summary>Discards a backup that was not completed.</summary>
    public void Dispose()
    {
        try
        {
            sealing?.Dispose();
            cipher?.Dispose();
            file?.Dispose();
        }
        finally
        {
            edit?.Dispose();
        }
    }

    /// <summary>Locks the store; null for a read-only store, which is backed up without a lock.</summary>
    private StoreTransaction? TryBegin(CancellationToken cancellation)
    {
        try
        {
            return store.BeginChange(cancellation);
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.FileAccess)
        {
            return null;
        }
    }

    private static EntityDocument? TryRead(byte[] text, EntityKind kind)
    {
        try
        {
            return EntityFile.Read(text, kind);
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }

    /// <summary>The keys of both the current and the last signed claims, because an unsigned edit may still be undone.</summary>
    private static IEnumerable<string> KeysOf(EntityDocument document)
    {
        IEnumerable<string> keys = KeyUses.KeysOf(document.Wanted);
        return document.TryReadUnchecked() is { } signed
            ? keys.Union(KeyUses.KeysOf(signed.Claims), StringComparer.Ordinal)
            : keys.Distinct(StringComparer.Ordinal);
    }

    private void Add(string name, byte[] content)
    {
        BackupNames.KindOf(name).RequireFits(name, content.Length);

        // A memory stream passes on its own bytes, without a copy that would have to be cleared.
        using var data = new MemoryStream(content, writable: false);
        SafeFiles.Guard(Target, () => tar!.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = data }));
    }
}
