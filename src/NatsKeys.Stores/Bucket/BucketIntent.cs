using System.Text.Json;
using NatsKeys.Files;

namespace NatsKeys.Bucket;

/// <summary>
/// What a machine does beside a change of a bucket: private keys that it keeps before, and what follows. It lies in the key root while the change is
/// made, and its process holds it. Whoever finds one that nobody holds finds out whether the change was made, and does the rest.
/// </summary>
internal sealed class BucketIntent : IDisposable
{
    private const string Prefix = ".natskeys.bucket.";
    private const string End = ".json";
    private const int MaximumBytes = 16 * 1024 * 1024;
    private FileStream? file;

    private BucketIntent(FileStream file, IntentRecord record) => (this.file, Record) = (file, record);

    /// <summary>What it says.</summary>
    public IntentRecord Record { get; }

    /// <summary>Notes what is about to be done.</summary>
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
                catch (IOException error) when (FileLock.IsHeld(error))
                {
                    // Somebody who looks for what others left was faster than the lock. The file is empty, and nobody needs it.
                    SafeFiles.TryDelete(path);
                }
            }
        });
    }

    /// <summary>What processes that ended left of changes of a bucket. Each is held until it is disposed.</summary>
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
                // It was not written to the end, so nothing was done.
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

    /// <summary>Says that nothing is left to do.</summary>
    public void Finish()
    {
        if (file is { } open)
        {
            file = null;
            JournalFolder.Delete(open);
        }
    }

    /// <summary>Lets it go. What was not finished stays, for whoever comes next.</summary>
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
