namespace NatsKeys.Tests.Hosting;

/// <summary>The environment variables that name the default roots, their passphrase and natscli's folder, lent to one script after the other.</summary>
internal sealed class DefaultRoots : IDisposable
{
    private static readonly string[] Variables = ["NATSKEYS_STORE", "NATSKEYS_KEYS", "NATSKEYS_PASSPHRASE", "XDG_CONFIG_HOME"];

    // Not a lock: it is left on the thread that it was taken on, and a test may await in between.
    private static readonly SemaphoreSlim Gate = new(1);

    private readonly string?[] previous = [.. Variables.Select(Environment.GetEnvironmentVariable)];

    private DefaultRoots(string store, string keys, string settings) => Set([store, keys, null, settings]);

    public void Dispose()
    {
        Set(previous);
        Gate.Release();
    }

    internal static DefaultRoots Occupy(string store, string keys, string settings)
    {
        Gate.Wait();
        return new DefaultRoots(store, keys, settings);
    }

    private static void Set(string?[] values)
    {
        foreach ((string variable, string? value) in Variables.Zip(values))
        {
            Environment.SetEnvironmentVariable(variable, value);
        }
    }
}
