using System.Text;

namespace NatsKeys.Tests.Sources;

/// <summary>Environment variables of one test alone: they belong to the process, in which other tests run.</summary>
public sealed class KeyVariables : IDisposable
{
    private readonly List<string> names = [];

    public void Dispose() => names.ForEach(name => Environment.SetEnvironmentVariable(name, null));

    /// <summary>A new variable with a seed for the program that signs, which gets none in plain text.</summary>
    internal string AddCoded(string seed) => Add(Convert.ToBase64String(Encoding.ASCII.GetBytes(seed)));

    /// <summary>A new variable.</summary>
    internal string Add(string? value)
    {
        string name = $"NATSKEYS_TEST_{Guid.NewGuid():N}";
        names.Add(name);
        Environment.SetEnvironmentVariable(name, value);
        return name;
    }
}
