namespace NatsKeys.Tests.Server;

/// <summary>Where the runner finds what makes tests of servers.</summary>
internal static class TestAssembly
{
    internal const string Name = "NatsKeys.Tests";
}
