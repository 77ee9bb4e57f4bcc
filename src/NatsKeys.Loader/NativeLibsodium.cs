using System.Runtime.InteropServices;

namespace NatsKeys.Loader;

/// <summary>
/// Loads libsodium, the native library for signatures. Only the copy that ships with the module is loaded, because the system's libsodium may have
/// another version, and code that handles keys must not choose one silently.
/// </summary>
internal sealed class NativeLibsodium
{
    private readonly string path;
    private readonly Lazy<IntPtr> handle;

    /// <summary>Sets the path of the copy for the running process.</summary>
    /// <param name="folder">The folder with <c>runtimes</c>.</param>
    internal NativeLibsodium(string folder)
    {
        path = Path.Combine(folder, "runtimes", NativePlatform.Current, "native", FileName);

        // The runtime asks once for each imported function, so the handle is cached. A failure is not cached, because the missing file may be
        // installed later.
        handle = new Lazy<IntPtr>(Load, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Gets the handle of the loaded library.</summary>
    /// <exception cref="DllNotFoundException">The library does not exist or cannot be loaded.</exception>
    internal IntPtr Handle => handle.Value;

    private static string FileName =>
        OperatingSystem.IsWindows() ? "libsodium.dll" : OperatingSystem.IsMacOS() ? "libsodium.dylib" : "libsodium.so";

    /// <summary>Determines whether the library name of a P/Invoke is libsodium.</summary>
    /// <param name="name">The name in the import.</param>
    /// <returns>Whether it is libsodium.</returns>
    internal static bool IsNamed(string name) =>
        name.Equals("libsodium", StringComparison.OrdinalIgnoreCase) || name.StartsWith("libsodium.", StringComparison.OrdinalIgnoreCase);

    private IntPtr Load()
    {
        if (!File.Exists(path))
        {
            throw new DllNotFoundException(
                $"NatsKeys has no libsodium for '{NativePlatform.Current}': there is no file '{path}'. No other copy is used.");
        }

        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException exception) when (OperatingSystem.IsWindows() && !NativeLibrary.TryLoad("VCRUNTIME140.dll", out _))
        {
            throw new DllNotFoundException(
                $"'{path}' needs VCRUNTIME140.dll, which this computer lacks. Install the Microsoft Visual C++ Redistributable and try again.",
                exception);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new DllNotFoundException($"'{path}' cannot be loaded: {exception.Message}", exception);
        }
    }
}
