using System.Reflection;
using System.Runtime.Loader;

namespace NatsKeys.Loader;

/// <summary>
/// The assembly load context of the module. It loads the module's assemblies and their libraries, only from <c>module/bin</c>. Other modules in the
/// same process may use other versions of the same libraries without conflicts.
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

    /// <summary>Gets the assemblies with the cmdlets and their input and output types.</summary>
    public Assembly[] ModuleAssemblies { get; }

    /// <summary>Gets whether an earlier import in this process created the context.</summary>
    public bool IsReopened { get; private set; }

    /// <summary>Gets the context of this process. It is created at the first call and serves every runspace.</summary>
    /// <param name="folder">The folder with the module's assemblies.</param>
    /// <returns>The only context of the process.</returns>
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

        // This assembly and PowerShell's cmdlet base class must be the instances that are already loaded.
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

    // Gets the path of an assembly. A package also has most assemblies precompiled for some platforms, which saves compilation at every start. The
    // assembly with the cmdlets is not among them, because PowerShell searches for its help beside it.
    private static string PathOf(string folder, string name)
    {
        string compiled = Path.Combine(folder, "runtimes", NativePlatform.Current, "lib", name + ".dll");
        return File.Exists(compiled) ? compiled : Path.Combine(folder, name + ".dll");
    }

    // Whether the context was created from the same build as a folder. A build may be reached through a link or a second copy, but the script of one
    // build must not run the cmdlets of another.
    private bool Serves(string folder) =>
        string.Equals(this.folder, folder, StringComparison.Ordinal)
            || Array.TrueForAll(ModuleAssemblies, assembly => IsSameBuild(assembly, folder));

    private static bool IsSameBuild(Assembly loaded, string folder)
    {
        string other = PathOf(folder, loaded.GetName().Name!);
        return File.Exists(other) && BuildId.Of(other) == loaded.ManifestModule.ModuleVersionId;
    }
}
