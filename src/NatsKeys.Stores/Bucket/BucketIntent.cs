using System.Text.Json;
using NatsKeys.Files;

namespace NatsKeys.Bucket;

/// <summary>
/// The recorded work of one machine for a change of a bucket: private keys that are stored before it, and steps that follow it. It is a file in the
/// key root, which exists and is locked while the change is made. A process that finds an unlocked one determines whether the change was made, and
/// does the remaining work.
/// </summary>
internal sealed class BucketIntent : IDisposable
{
    private const string Prefix = ".natskeys.bucket.";
    private const string End = ".json";
    private const int MaximumBytes = 16 * 1024 * 1024;
    private FileStream? file;

    private BucketIntent(FileStream file, IntentRecord record) => (this.file, Record) = (file, record);

    /// <summary>The recorded work.</summary>
    public IntentRecord Record { get; }

    /// <summary>Records work before it begins.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    public static BucketIntent Begin(string keyRoot, IntentRecord record)
    {
        string path = Path.Combine(keyRoot, Prefix + record.Change + End);
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(record);
        return SafeFiles.Guarded(path, "written", () =>
        {
            while (true)
            {
                try
                {
                    FileStream file = FileCreation.OpenIn(path, secret: true, secretFolder: true, FileMode.CreateNew, FileShare.None);
                    RandomAccess.Write(file.SafeFileHandle, text, fileOffset: 0);
                    if (File.Exists(path))
                    {
                        return new BucketIntent(file, record);
                    }

                    file.Dispose();
                }
                catch (IOException error) when (LockFile.IsHeld(error))
                {
                    // A recovering process opened the file before it was locked. The file is empty, so it can be deleted.
                    SafeFiles.TryDelete(path);
                }
            }
        });
    }

    /// <summary>Returns the records that ended processes left. Each is locked until it is disposed.</summary>
    /// <param name="keyRoot">The key root.</param>
    /// <param name="bucket">The identity of the bucket.</param>
    public static IEnumerable<BucketIntent> Left(string keyRoot, string bucket)
    {
        string[] paths = Directory.Exists(keyRoot) ? Directory.GetFiles(keyRoot, Prefix + "*" + End) : [];
        foreach (string path in paths)
        {
            if (JournalFolder.TryTake(path) is not { } file)
            {
                continue;
            }

            if (Read(file) is not { } record)
            {
                // The record is incomplete, so no work was begun.
                JournalFolder.Delete(file);
            }
            else if (record.Bucket == bucket)
            {
                yield return new BucketIntent(file, record);
            }
            else
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Deletes the record, because no work remains.</summary>
    public void Finish()
    {
        if (file is { } open)
        {
            file = null;
            JournalFolder.Delete(open);
        }
    }

    /// <summary>Unlocks the record. If it is not finished, it is kept for recovery.</summary>
    public void Dispose() => file?.Dispose();

    private static IntentRecord? Read(FileStream file)
    {
        try
        {
            byte[] text = new byte[Math.Min(RandomAccess.GetLength(file.SafeFileHandle), MaximumBytes)];
            int read = RandomAccess.Read(file.SafeFileHandle, text, fileOffset: 0);
            return JsonSerializer.Deserialize<IntentRecord>(text.AsSpan(0, read));
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }
}
