using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NatsKeys.Tests.Hosting;

/// <summary>
/// The programs that lie beside the tests. They start on the runtime that runs the tests, whether or not a <c>dotnet</c> is on the path.
/// </summary>
internal static class TestProgram
{
    /// <summary>Gets the path of a program.</summary>
    /// <param name="name">Its name, such as NatsKeys.Signer.</param>
    internal static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>Tests wait for programs and servers on threads of the pool, which else gets new ones one after the other, in seconds.</summary>
    [ModuleInitializer]
    internal static void HaveThreads() => ThreadPool.SetMinThreads(64, 64);

    /// <summary>A program looks for its runtime where this variable says. A program that brings its runtime along does not look.</summary>
    [ModuleInitializer]
    internal static void NameRuntime()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is null)
        {
            Environment.SetEnvironmentVariable(
                "DOTNET_ROOT", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")));
        }
    }
}
