using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>A disk that refuses files as Windows does while somebody else has them open.</summary>
/// <param name="refuses">Whether an access is refused, by its number from 1.</param>
internal sealed class BusyDisk(Func<int, bool> refuses) : Disk
{
    private int accesses;

    /// <summary>What an access that is refused throws.</summary>
    public Func<Exception> Error { get; init; } = () => OfCode(32);

    /// <summary>Whether the system is one that refuses open files at all.</summary>
    public bool IsWindows { get; init; } = true;

    /// <summary>The one file that is busy; null for all.</summary>
    public string? Only { get; init; }

    public TimeSpan Limit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often a file was asked for.</summary>
    public int Accesses => Volatile.Read(ref accesses);

    public override bool RefusesOpenFiles => IsWindows;

    public override TimeSpan Patience => Limit;

    public static Exception OfCode(int code)
    {
        int result = unchecked((int)0x80070000) | code;
        return code == 5
            ? new UnauthorizedAccessException("Access to the path is denied.") { HResult = result }
            : new IOException("The file is in use.", result);
    }

    public override void Access(string path)
    {
        if ((Only is null || path == Only) && refuses(Interlocked.Increment(ref accesses)))
        {
            throw Error();
        }
    }
}
