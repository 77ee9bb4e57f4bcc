namespace NatsKeys.Core.Tests.Signing;

/// <summary>An environment variable of one test alone: they belong to the process, in which other tests run.</summary>
internal sealed class EnvironmentVariable : IDisposable
{
    public EnvironmentVariable(string? value = null) => Set(value);

    public string Name { get; } = $"NATSKEYS_TEST_{Guid.NewGuid():N}";

    public void Set(string? value) => Environment.SetEnvironmentVariable(Name, value);

    public void Dispose() => Set(null);
}
