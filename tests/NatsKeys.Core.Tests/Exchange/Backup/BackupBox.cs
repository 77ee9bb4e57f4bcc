using System.Formats.Tar;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Exchange;
using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Exchange;

/// <summary>A store with an account, two users and their credentials, a curve key, and a second, empty store that takes backups.</summary>
internal sealed class BackupBox : IDisposable
{
    private readonly StoreBox box = new(StorePlace.Disk);

    public BackupBox(bool isEmpty = false)
    {
        Target = StoreRoots.Create(At("target"), At("targetkeys"));
        if (isEmpty)
        {
            return;
        }

        box.With(StoreBox.U).With(StoreBox.A.Child("ü.b c"));
        box.AddSigningKey(StoreBox.O);
        box.AddSigningKey(StoreBox.A);
        foreach (NatsUser user in Source.Children(box.Account).Cast<NatsUser>())
        {
            SecretFile.Write(CredentialFile.DefaultPath(user)!, CredentialTexts.Of(user), overwrite: false);
        }

        // What a person wrote is to be kept.
        File.AppendAllText(At("store", "O", "operator.yaml"), "# mine\r\n");
    }

    public NatsStore Source => box.Store;

    public NatsStore Target { get; }

    public StoreBox Made => box;

    public NatsKeyPair Recipient { get; } = NatsKeyPair.Generate(NatsKeyType.Curve);

    public string Backup => At("o.backup");

    public string At(params string[] parts) => box.At(parts);

    /// <summary>Writes a backup of a store, as the cmdlet does.</summary>
    public string Export(NatsStore? store = null, bool allKeys = false, bool overwrite = false)
    {
        store ??= Source;
        using var writer = new BackupWriter(store, Backup, Recipient.PublicKey, overwrite);
        writer.Begin();
        foreach (EntityPath path in store.Names().SelectMany(name => Below(store, new EntityPath(name))))
        {
            foreach (string key in writer.WriteEntity(path) ?? [])
            {
                writer.WriteKey(key);
            }

            if (path.Kind == EntityKind.User)
            {
                writer.WriteCredential(path);
            }
        }

        foreach (string key in allKeys ? writer.UnwrittenKeys.ToArray() : [])
        {
            writer.WriteKey(key);
        }

        writer.Complete();
        store.Flush();
        return Backup;
    }

    /// <summary>Seals whatever a hostile writer may, who knows the recipient's public key as everybody does.</summary>
    public void Forge(Action<TarWriter> write)
    {
        (BackupHeader header, ChunkCipher cipher) = BackupHeader.Create(Recipient.PublicKey);
        using (cipher)
        using (FileStream file = File.Create(Backup))
        {
            file.Write(header.Bytes);
            using var sealing = new SealingStream(file, cipher);
            using (var tar = new TarWriter(sealing, TarEntryFormat.Gnu, leaveOpen: true))
            {
                write(tar);
            }

            sealing.Complete();
        }
    }

    /// <summary>Seals files after the one that every backup begins with.</summary>
    public void Forge(params (string Name, string Text)[] files) => Forge(tar =>
    {
        foreach ((string name, string text) in files.Prepend((BackupNames.Marker, "format: 1\n")))
        {
            tar.WriteEntry(new GnuTarEntry(
                TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)) });
        }
    });

    /// <summary>Restores the backup, as the cmdlet does, and gives the entities and the errors.</summary>
    public (NatsEntity[] Entities, NatsKeysException[] Faults) Restore(NatsStore? store = null, bool overwrite = false, NatsKeyPair? key = null)
    {
        var import = new StoreImporter(store ?? Target, overwrite);
        import.Add(Backup);
        var entities = new List<NatsEntity>();
        var faults = new List<NatsKeysException>();
        foreach (ImportItem item in import.Items(key ?? Recipient))
        {
            try
            {
                item.IsNeeded();
                if (item.Import() is { } entity)
                {
                    entities.Add(entity);
                }
            }
            catch (NatsKeysException error)
            {
                faults.Add(error);
            }
        }

        (store ?? Target).Flush();
        return ([.. entities], [.. faults]);
    }

    /// <summary>Restores a backup that must not restore anything, and gives its error, which names the file.</summary>
    public NatsKeysException IsRefused()
    {
        string[] before = Everything();
        (NatsEntity[] entities, NatsKeysException[] faults) = Restore();
        NatsKeysException fault = Assert.Single(faults);
        Assert.Contains(Backup, fault.Message, StringComparison.Ordinal);
        Assert.Equal(Backup, fault.Path);
        Assert.Empty(entities);
        Assert.Equal(before, Everything());
        return fault;
    }

    /// <summary>Every file below a folder, but those that say where something is, with its bytes.</summary>
    public string[] Files(params string[] folder) =>
    [
        .. Directory.EnumerateFiles(At(folder), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not ("natskeys.yaml" or LockFile.StoreName)
                && !file.EndsWith(".journal", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(At(folder), file)} {Convert.ToHexString(File.ReadAllBytes(file))}"),
    ];

    public static IEnumerable<EntityPath> Below(NatsStore store, EntityPath path) =>
        (path.Kind == EntityKind.User ? [] : store.Names(path).SelectMany(name => Below(store, path.Child(name)))).Prepend(path);

    public void Dispose()
    {
        box.Dispose();
        Recipient.Dispose();
    }

    private string[] Everything() =>
        [.. Directory.EnumerateFileSystemEntries(At(), "*", SearchOption.AllDirectories).Where(path => path != Backup).Order(StringComparer.Ordinal)];
}
