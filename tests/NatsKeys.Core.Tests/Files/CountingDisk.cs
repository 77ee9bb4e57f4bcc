using System.Collections.Concurrent;
using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>A disk that counts how often each file is opened.</summary>
internal sealed class CountingDisk : Disk
{
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    public override void Access(string path)
    {
        counts.AddOrUpdate(path, 1, (_, count) => count + 1);
        base.Access(path);
    }

    public int CountOf(string path) => counts.GetValueOrDefault(path);
}
