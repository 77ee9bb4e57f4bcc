using Microsoft.Win32.SafeHandles;
using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>A disk that tells when it is waited for.</summary>
/// <param name="flushed">Is called with each file or folder, before the disk has it, one after the other.</param>
internal sealed class WatchedDisk(Action<string> flushed) : Disk
{
    private readonly Lock telling = new();

    public override void Flush(string path, SafeFileHandle opened)
    {
        lock (telling)
        {
            flushed(path);
        }

        base.Flush(path, opened);
    }
}
