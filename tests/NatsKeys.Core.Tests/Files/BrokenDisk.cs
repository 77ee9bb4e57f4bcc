using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>A disk that fails at an access to a file, and at every one after that.</summary>
/// <param name="breaks">Whether the disk fails from this access on, by the path of the file.</param>
internal sealed class BrokenDisk(Func<string, bool> breaks) : Disk
{
    private bool isBroken;

    public override void Access(string path)
    {
        isBroken |= breaks(path);
        if (isBroken)
        {
            throw new IOException("The disk was taken away.");
        }
    }
}
