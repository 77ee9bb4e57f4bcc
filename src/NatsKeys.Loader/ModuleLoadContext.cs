using System.Reflection;
using System.Runtime.Loader;

namespace NatsKeys.Loader;

/// <summary>
/// The assembly load context that holds the module: its own assemblies and every library they need, from <c>module/bin</c> and nowhere else.
/// Other modules of the same process may have loaded other versions of the same libraries; neither sees the other's.
/// </summary>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly string[] Names = ["NatsKeys", "NatsKeys.Core", "NatsKeys.Stores"];
    private static readonly Lock Gate = new();
    private static ModuleLoadContext? instance;

    private readonly string folder;
    private readonly NativeLibsodium libsodium;

    private ModuleLoadContext(string folder)
        : base("NatsKeys")
    {
        this.folder = folder;
        libsodium = new NativeLibsodium(folder);
        ModuleAssemblies = Array.ConvertAll(Names, name => LoadFromAssemblyPath(PathOf(folder, name)));
    }

    /// <summary>Gets the assembly that has the cmdlets, and those that have the types they emit and accept.</summary>
    public Assembly[] ModuleAssemblies { get; }

    /// <summary>Gets whether the context served an earlier import in this process.</summary>
    public bool IsReopened { get; private set; }

    /// <summary>Gets the context of this process, which is made at the first call and serves every runspace.</summary>
    /// <param name="folder">The folder that has the module's assemblies.</param>
    /// <returns>The one context of the process.</returns>
    /// <exception cref="InvalidOperationException">The process already runs a different build of the module from another folder.</exception>
    public static ModuleLoadContext Open(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        folder = Path.GetFullPath(folder);
        lock (Gate)
        {
            if (instance is null)
            {
                return instance = new ModuleLoadContext(folder);
            }

            instance.IsReopened = true;
            return instance.Serves(folder)
                ? instance
                : throw new InvalidOperationException(
                    $"This process already runs another build of NatsKeys, from '{instance.folder}'. Start a new PowerShell process to use the one "
                        + $"in '{folder}'.");
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);

        // The context's own type, and the engine's cmdlet base class, must be the ones that PowerShell holds already.
        if (assemblyName.Name == typeof(ModuleLoadContext).Assembly.GetName().Name)
        {
            return typeof(ModuleLoadContext).Assembly;
        }

        if (assemblyName.Name == "System.Management.Automation")
        {
            return null;
        }

        string path = PathOf(folder, assemblyName.Name!);
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        NativeLibsodium.IsNamed(unmanagedDllName) ? libsodium.Handle : IntPtr.Zero;

    // A package has most assemblies a second time, compiled for some platforms, which saves the time to do that at every start. Not so the
    // cmdlets: the engine looks for their help beside them.
    private static string PathOf(string folder, string name)
    {
        string compiled = Path.Combine(folder, "runtimes", NativePlatform.Current, "lib", name + ".dll");
        return File.Exists(compiled) ? compiled : Path.Combine(folder, name + ".dll");
    }

    // The same build may be reached through a link or a second copy; what must not happen is that one build's script runs another's cmdlets.
    private bool Serves(string folder) =>
        string.Equals(this.folder, folder, StringComparison.Ordinal)
            || Array.TrueForAll(ModuleAssemblies, assembly => IsSameBuild(assembly, folder));

    private static bool IsSameBuild(Assembly loaded, string folder)
    {
        string other = PathOf(folder, loaded.GetName().Name!);
        return File.Exists(other) && BuildId.Of(other) == loaded.ManifestModule.ModuleVersionId;
    }
}
