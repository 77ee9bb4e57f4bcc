using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;

namespace NatsKeys.Tests.Hosting;

/// <summary>
/// The environment variables that name the default roots, their passphrase and natscli's folder, lent to a script. The module reads them where a
/// session lends them, and many scripts run at once. A script that reads or sets the environment itself has it for itself as long as it runs: it
/// waits until all others have ended, and they wait for it. A script that can take <c>$lent</c> in its place takes that.
/// </summary>
internal sealed partial class DefaultRoots : IDisposable
{
    private const int AtOnce = 64;

    private static readonly string[] Variables =
    [
        "NATSKEYS_STORE", "NATSKEYS_KEYS", "XDG_CONFIG_HOME", "NATSKEYS_PASSPHRASE", "NATSKEYS_CERTIFICATE_AUTHORITY", "NATSKEYS_CERTIFICATE",
        "NATSKEYS_CREDENTIAL", "NATSKEYS_CERTIFICATE_KEY", "NATSKEYS_CERTIFICATE_PASSPHRASE", "NATSKEYS_TLS_FIRST",
    ];
    private static readonly ConcurrentDictionary<Assembly, Lazy<Action<Func<string, string?>?>>> Lenders = [];

    // Asked for once: a process of tests has thousands of assemblies that scripts made.
    private static readonly Lazy<bool> Watch = new(WatchCopies);

    // Not a lock: it is left on the thread that it was taken on, and a test may await in between.
    private static readonly SemaphoreSlim Places = new(AtOnce);
    private static readonly SemaphoreSlim Alone = new(1);

    private readonly string?[]? previous;

    private readonly Hashtable lent;
    private readonly Hashtable before;

    private DefaultRoots(Hashtable values, bool alone)
    {
        (lent, before) = (values, (Hashtable)values.Clone());
        if (alone)
        {
            Alone.Wait();
            Enumerable.Repeat(Places, AtOnce).ToList().ForEach(place => place.Wait());
            Alone.Release();
            previous = [.. Variables.Select(Environment.GetEnvironmentVariable)];
            Set([.. Variables.Select(variable => values[variable] as string)]);
            return;
        }

        Alone.Wait();
        Places.Wait();
        Alone.Release();
        Lend(name => LanguagePrimitives.ConvertTo<string?>(values[name]));
    }

    public void Dispose()
    {
        // What a script sets is for that script alone.
        lent.Clear();
        foreach (DictionaryEntry value in before)
        {
            lent[value.Key] = value.Value;
        }

        if (previous is null)
        {
            Lend(values: null);
            Places.Release();
        }
        else
        {
            Set(previous);
            Places.Release(AtOnce);
        }
    }

    /// <summary>Lends the roots to a script.</summary>
    /// <param name="values">The variables and their values.</param>
    /// <param name="script">The script.</param>
    internal static DefaultRoots Occupy(Hashtable values, string script) => new(values, Environments().IsMatch(script));

    /// <summary>Lends to each copy of the module's library that was loaded by now, wherever the module keeps it apart.</summary>
    private static void Lend(Func<string, string?>? values)
    {
        _ = Watch.Value;
        foreach (Lazy<Action<Func<string, string?>?>> lender in Lenders.Values)
        {
            lender.Value(values);
        }
    }

    private static bool WatchCopies()
    {
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => Add(loaded.LoadedAssembly);
        foreach (Assembly assembly in AssemblyLoadContext.All.SelectMany(context => context.Assemblies))
        {
            Add(assembly);
        }

        return true;
    }

    private static void Add(Assembly assembly)
    {
        if (!assembly.IsDynamic && assembly.GetName().Name == "NatsKeys.Stores")
        {
            Lenders.GetOrAdd(assembly, static stores => new(() => stores
                .GetType("NatsKeys.Files.RootVariables", throwOnError: true)!
                .GetMethod("Replace")!
                .CreateDelegate<Action<Func<string, string?>?>>()));
        }
    }

    private static void Set(string?[] values)
    {
        foreach ((string variable, string? value) in Variables.Zip(values))
        {
            Environment.SetEnvironmentVariable(variable, value);
        }
    }

    [GeneratedRegex(@"env:NATSKEYS_(?!TEST_)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Environments();
}
