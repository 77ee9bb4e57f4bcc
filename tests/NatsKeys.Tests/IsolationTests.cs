using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

public class IsolationTests
{
    private const string Commands = "(Get-Command -Module NatsKeys -CommandType Cmdlet).Count";

    private static AssemblyLoadContext ModuleContext => Assert.Single(AssemblyLoadContext.All, context => context.Name == "NatsKeys");

    [Fact]
    public void Import_brings_the_cmdlets_that_the_manifest_names_and_no_others()
    {
        using var session = new PowerShellSession();
        RunResult result = session.Run(
            """
            $listed = (Test-ModuleManifest $manifest).ExportedCmdlets.Keys
            $assembly = (Get-Command -Module NatsKeys)[0].ImplementingType.Assembly
            $written = $assembly.ExportedTypes.Where({ $_.IsDefined([System.Management.Automation.CmdletAttribute], $false) })
            $listed.Count
            $written.Count
            (Get-Command -Module NatsKeys).Count
            """);

        Assert.Empty(result.Errors);
        Assert.True((int)result.Output[0].BaseObject > 0);
        Assert.Single(result.Output.Select(count => count.BaseObject).Distinct());
    }

    [Theory]
    [InlineData("Import-Module $manifest")]
    [InlineData("Import-Module $manifest -Force")]
    [InlineData("Import-Module $manifest -Force; Import-Module $manifest -Force")]
    [InlineData("Remove-Module NatsKeys; Import-Module $manifest")]
    [InlineData("Remove-Module NatsKeys; Remove-Module NatsKeys -ErrorAction Ignore; Import-Module $manifest -Force")]
    [InlineData("Import-Module $manifest -Force -Prefix Other; Import-Module $manifest -Force")]
    [InlineData("New-Module { Import-Module $manifest -Force -Global } | Import-Module")]
    public void Import_again_brings_the_same_cmdlets(string again)
    {
        using var session = new PowerShellSession();
        object before = session.Run(Commands).Single.BaseObject;

        RunResult result = session.Run(again);

        Assert.Empty(result.Errors);
        Assert.True((int)before > 0);
        Assert.Equal(before, session.Run(Commands).Single.BaseObject);
        Assert.Same(CoreType(), session.Run($"[{CoreType().FullName}]").Single.BaseObject);
    }

    [Fact]
    public void Remove_takes_the_cmdlets_away()
    {
        using var session = new PowerShellSession();
        Assert.Equal(0, session.Run($"Remove-Module NatsKeys; {Commands}").Single.BaseObject);
    }

    [Fact]
    public async Task Two_runspaces_import_at_once_into_one_context()
    {
        Task<int>[] imports = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            using var session = new PowerShellSession(ownsRoots: false);
            return (int)session.Run(Commands).Single.BaseObject;
        }))];

        int[] counts = await Task.WhenAll(imports);

        Assert.All(counts, count => Assert.True(count > 0));
        Assert.Single(counts.Distinct());
        Assert.NotNull(ModuleContext);
    }

    [Fact]
    public void Types_of_the_core_resolve_by_their_name()
    {
        using var session = new PowerShellSession();
        Type type = CoreType();
        object? resolved = session.Run($"[{type.FullName}]").Single.BaseObject;
        Assert.Same(type, resolved);
    }

    [Theory]
    [InlineData("NatsKeys")]
    [InlineData("NatsKeys.Core")]
    [InlineData("NatsKeys.Stores")]
    [InlineData("NSec.Cryptography")]
    [InlineData("YamlDotNet")]
    public void Assemblies_come_from_the_module_and_are_not_seen_outside(string name)
    {
        using var session = new PowerShellSession();
        Assembly inside = ModuleContext.LoadFromAssemblyName(new AssemblyName(name));

        Assert.Equal(Path.Combine(PowerShellSession.ModuleBin, name + ".dll"), inside.Location);
        Assert.Same(ModuleContext, AssemblyLoadContext.GetLoadContext(inside));
        Assert.DoesNotContain(inside, AssemblyLoadContext.Default.Assemblies);
    }

    [Fact]
    public void The_module_is_imported_and_used_without_the_modules_of_PowerShell()
    {
        using var session = new PowerShellSession(importsModule: false);
        RunResult result = session.Run(
            """
            $PSModuleAutoLoadingPreference = 'None'
            Import-Module $manifest -ErrorAction Stop
            New-NatsOperator O -Store (New-NatsStore -InMemory) | New-NatsAccount A | New-NatsUser U | Out-Null
            (Get-Module).Name
            """,
            ("manifest", PowerShellSession.ManifestPath));

        Assert.Empty(result.Errors);
        Assert.Equal("NatsKeys", result.Single.BaseObject);
    }

    [Fact]
    public void The_client_of_servers_is_loaded_once_somebody_connects_and_not_before()
    {
        const string Loaded =
            "'NATS: ' + [System.AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -like 'NATS.*' -or $_.GetName().Name -like "
                + "'Microsoft.Extensions.*' }).Count";
        const string Work =
            """
            $o = New-NatsOperator O -Store (New-NatsStore -InMemory) -SystemAccount SYS
            $u = $o | New-NatsAccount A | New-NatsUser U
            Get-Command -Module NatsKeys | ForEach-Object { $_.Parameters.Count } | Out-Null
            Get-Help Publish-NatsAccount | Out-Null
            """;
        string command = $"{Loaded}; {Work}; {Loaded}; Test-NatsConnection $u -Server nats://127.0.0.1:{Server.NatsServer.FreePort()}; {Loaded}";
        using Process process = Process.Start(new ProcessStartInfo(TestProgram.PathOf("NatsKeys.Shell"), ["-Command", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("", process.StandardError.ReadToEnd());

        Assert.Equal(["NATS: 0", "NATS: 0", "False"], lines[..^1]);
        Assert.NotEqual("NATS: 0", lines[^1]);
    }

    [Fact]
    public void Another_version_of_a_library_in_the_session_is_neither_used_nor_disturbed()
    {
        // The version in the test's own folder stands for what another module has brought: it is in the default context.
        Assembly outside = AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName("YamlDotNet"));
        using var session = new PowerShellSession();
        Assembly inside = ModuleContext.LoadFromAssemblyName(new AssemblyName("YamlDotNet"));

        Assert.NotEqual(outside.GetName().Version, inside.GetName().Version);
        Assert.NotSame(outside, inside);
        Assert.True((int)session.Run(Commands).Single.BaseObject > 0);
    }

    [Fact]
    public void The_engine_is_the_one_that_runs()
    {
        using var session = new PowerShellSession();
        Assembly engine = ModuleContext.LoadFromAssemblyName(typeof(System.Management.Automation.PSObject).Assembly.GetName());
        Assert.Same(typeof(System.Management.Automation.PSObject).Assembly, engine);
        Assert.False(File.Exists(Path.Combine(PowerShellSession.ModuleBin, "System.Management.Automation.dll")));
    }

    [Fact]
    public void Libsodium_comes_from_the_runtimes_of_the_module()
    {
        using var session = new PowerShellSession();
        Assembly nsec = ModuleContext.LoadFromAssemblyName(new AssemblyName("NSec.Cryptography"));
        object? algorithm = nsec.GetType("NSec.Cryptography.SignatureAlgorithm", throwOnError: true)!.GetProperty("Ed25519")!.GetValue(null);
        Assert.NotNull(algorithm);

        using var process = Process.GetCurrentProcess();
        string path = Assert.Single(
            process.Modules.Cast<ProcessModule>().Select(module => module.FileName).Distinct(),
            name => Path.GetFileName(name).StartsWith("libsodium", StringComparison.Ordinal));
        Assert.StartsWith(Path.Combine(PowerShellSession.ModuleBin, "runtimes") + Path.DirectorySeparatorChar, path, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_platforms_of_PowerShell_are_packed()
    {
        string[] expected =
        [
            "linux-arm", "linux-arm64", "linux-musl-arm", "linux-musl-arm64", "linux-musl-x64", "linux-x64",
            "osx-arm64", "osx-x64", "win-arm64", "win-x64", "win-x86",
        ];
        string runtimes = Path.Combine(PowerShellSession.ModuleBin, "runtimes");
        Assert.Equal(expected, Directory.GetDirectories(runtimes).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(expected, platform => Assert.Single(Directory.GetFiles(Path.Combine(runtimes, platform, "native"))));
    }

    [Theory]
    [InlineData("win", Architecture.X86, "win-x86", false, "win-x86")]
    [InlineData("osx", Architecture.Arm64, "osx-arm64", false, "osx-arm64")]
    [InlineData("linux", Architecture.X64, "linux-x64", true, "linux-x64")]
    [InlineData("linux", Architecture.Arm, "linux-musl-arm", false, "linux-musl-arm")]
    [InlineData("linux", Architecture.X64, "alpine.3.22-x64", false, "linux-musl-x64")]
    [InlineData("linux", Architecture.X64, "fedora.43-x64", false, "linux-x64")]
    [InlineData("linux", Architecture.Arm64, "void-arm64", true, "linux-musl-arm64")]
    public void The_platform_is_named_after_the_process(string system, Architecture architecture, string identifier, bool mapsMusl, string expected)
    {
        object? name = Loader("NativePlatform").GetMethod("NameOf", BindingFlags.Static | BindingFlags.NonPublic)!
            .Invoke(null, [system, architecture, identifier, () => mapsMusl]);
        Assert.Equal(expected, name);
    }

    [Fact]
    public void What_a_package_has_compiled_for_the_platform_is_taken_before_the_rest()
    {
        using var session = new PowerShellSession();
        object current = Loader("NativePlatform").GetProperty("Current", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        string compiled = Path.Combine(session.Folder, "runtimes", $"{current}", "lib", "A.dll");
        Directory.CreateDirectory(Path.GetDirectoryName(compiled)!);
        File.WriteAllBytes(compiled, []);

        MethodInfo pathOf = Loader("ModuleLoadContext").GetMethod("PathOf", BindingFlags.Static | BindingFlags.NonPublic)!;
        Assert.Equal(compiled, pathOf.Invoke(null, [session.Folder, "A"]));
        Assert.Equal(Path.Combine(session.Folder, "B.dll"), pathOf.Invoke(null, [session.Folder, "B"]));
    }

    [Fact]
    public void A_missing_libsodium_is_reported_with_its_path_and_no_other_copy_is_used()
    {
        using var session = new PowerShellSession();
        object libsodium = Activator.CreateInstance(
            Loader("NativeLibsodium"), BindingFlags.Instance | BindingFlags.NonPublic, binder: null, [session.Folder], culture: null)!;

        var thrown = Assert.Throws<TargetInvocationException>(
            () => libsodium.GetType().GetProperty("Handle", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(libsodium));

        var missing = Assert.IsType<DllNotFoundException>(thrown.InnerException);
        Assert.Contains(Path.Combine(session.Folder, "runtimes"), missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_build_is_refused_with_the_folder_of_the_one_that_runs()
    {
        using var session = new PowerShellSession();
        string bin = Path.Combine(session.Folder, "module", "bin");
        Directory.CreateDirectory(bin);
        File.Copy(PowerShellSession.ManifestPath, Path.Combine(session.Folder, "NatsKeys.psd1"));
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(PowerShellSession.ModuleBin)!))
        {
            File.Copy(file, Path.Combine(session.Folder, "module", Path.GetFileName(file)));
        }

        foreach (string file in Directory.GetFiles(PowerShellSession.ModuleBin, "*.dll"))
        {
            File.Copy(file, Path.Combine(bin, Path.GetFileName(file)));
        }

        // The engine keeps the type data of one module of a name: the other one goes first.
        const string Import = "Remove-Module NatsKeys; Import-Module ./NatsKeys.psd1 -ErrorAction Stop";
        session.Run(Import);

        // A different assembly under the name is a different build.
        File.Copy(Path.Combine(bin, "NatsKeys.Loader.dll"), Path.Combine(bin, "NatsKeys.Core.dll"), overwrite: true);

        var refused = Assert.Throws<TerminatingErrorException>(() => session.Run(Import));
        Assert.Contains(PowerShellSession.ModuleBin, refused.Message, StringComparison.Ordinal);
    }

    private static Type Loader(string name)
    {
        using var session = new PowerShellSession();
        return Assert.Single(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name == "NatsKeys.Loader")
            .GetType("NatsKeys.Loader." + name, throwOnError: true)!;
    }

    private static Type CoreType()
    {
        Assembly core = ModuleContext.LoadFromAssemblyName(new AssemblyName("NatsKeys.Core"));
        return core.ExportedTypes.First(type => type is { Namespace: "NatsKeys", IsGenericType: false, IsNested: false });
    }
}
