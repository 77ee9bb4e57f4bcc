namespace NatsKeys.Tests.Hosting;

/// <summary>The environment variables that name the default roots and their passphrase, lent to one script after the other.</summary>
internal sealed class DefaultRoots : IDisposable
{
    // Not a lock: it is left on the thread that it was taken on, and a test may await in between.
    private static readonly SemaphoreSlim Gate = new(1);

    private readonly string? store = Environment.GetEnvironmentVariable("NATSKEYS_STORE");
    private readonly string? keys = Environment.GetEnvironmentVariable("NATSKEYS_KEYS");
    private readonly string? passphrase = Environment.GetEnvironmentVariable("NATSKEYS_PASSPHRASE");

    private DefaultRoots(string store, string keys) => Set(store, keys, passphrase: null);

    public void Dispose()
    {
        Set(store, keys, passphrase);
        Gate.Release();
    }

    internal static DefaultRoots Occupy(string store, string keys)
    {
        Gate.Wait();
        return new DefaultRoots(store, keys);
    }

    private static void Set(string? store, string? keys, string? passphrase)
    {
        Environment.SetEnvironmentVariable("NATSKEYS_STORE", store);
        Environment.SetEnvironmentVariable("NATSKEYS_KEYS", keys);
        Environment.SetEnvironmentVariable("NATSKEYS_PASSPHRASE", passphrase);
    }
}
