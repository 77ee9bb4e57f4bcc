using System.Collections;
using System.Management.Automation;
using NatsKeys.Bucket;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>The base class of completers that read the store on the command line.</summary>
public abstract class NameCompleter : WordCompleter
{
    // A store may have very many keys. A longer list would not help.
    private protected sealed override int Most => 200;

    private protected sealed override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
        Candidates(StoreOf(bound), bound, parameter);

    /// <summary>The possible values, each with a short description.</summary>
    /// <param name="store">The store.</param>
    /// <param name="bound">The other parameters of the command line.</param>
    /// <param name="parameter">The name of the parameter that is completed.</param>
    private protected abstract IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter);

    /// <summary>Whether a parameter accepts plain names of entities.</summary>
    private protected static bool IsPlain(string parameter) => parameter == "Name";

    /// <summary>The value of a parameter as text; null if it is not given.</summary>
    private protected static string? TextOf(IDictionary bound, string parameter) => ValueOf(bound, parameter)?.ToString();

    /// <summary>The place of the entity that a parameter names, or of the owner of what it names; null if unknown.</summary>
    private protected static EntityPath? PlaceOf(NatsStore store, IDictionary bound, string parameter)
    {
        try
        {
            return ValueOf(bound, parameter) switch
            {
                NatsEntity entity => entity.Path,
                AccountItem item => item.GetAccount().Path,
                NatsSigningKey key => key.GetOwner().Path,
                string name when parameter == "Operator" => new EntityPath(name),
                string name when parameter == "Account" => store.LocateAccount(TextOf(bound, "Operator"), name),
                string name when parameter == "User" => store.LocateUser(name),
                _ => null,
            };
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }

    private protected static object? ValueOf(IDictionary bound, string parameter)
    {
        object? value = bound.Contains(parameter) ? bound[parameter] : null;
        value = value is PSObject wrapped ? wrapped.BaseObject : value;

        // Of several names, the first one is used.
        return value is object?[] { Length: > 0 } several ? several[0] : value;
    }

    /// <summary>The named store, or the store of an object among the parameters. Cmdlets choose it the same way.</summary>
    private static NatsStore StoreOf(IDictionary bound) => ValueOf(bound, "Store") switch
    {
        NatsStore store => store,
        string path => BucketStores.Open(path, fullPath: FullPath),
        _ =>
            bound.Keys.Cast<string>().Select(parameter => StoreOf(ValueOf(bound, parameter))).FirstOrDefault(store => store is not null)
                ?? BucketStores.OpenDefault(fullPath: FullPath),
    };

    private static NatsStore? StoreOf(object? value) => value switch
    {
        NatsEntity entity => entity.Store,
        AccountItem item => item.Store,
        NatsSigningKey key => key.Store,
        _ => null,
    };

    /// <summary>The full path of a folder, relative to PowerShell's location. The location of the process is not changed by cd.</summary>
    private static string FullPath(string path)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript(
            "param($path) $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($path)", useLocalScope: true).AddArgument(path);
        return shell.Invoke<string>().FirstOrDefault() ?? path;
    }
}
