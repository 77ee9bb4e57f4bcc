namespace NatsKeys.Core.Tests.Store;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("natskeys-").FullName;

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (IOException) when (OperatingSystem.IsWindows())
        {
            // A store that a test did not flush has its journal open. It lies among the temporary files.
        }
    }
}
