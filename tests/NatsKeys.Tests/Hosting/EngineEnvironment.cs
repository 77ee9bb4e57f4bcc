using System.Runtime.CompilerServices;

namespace NatsKeys.Tests.Hosting;

internal static class EngineEnvironment
{
    // Read once, when the engine's telemetry type is first touched: before any test.
#pragma warning disable CA2255 // The test assembly is the application here.
    [ModuleInitializer]
    internal static void Prepare() => Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
#pragma warning restore CA2255
}
