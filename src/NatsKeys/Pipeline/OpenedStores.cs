using System.Collections;
using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Bucket;
using NatsKeys.Commands;
using NatsKeys.Errors;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>The stores that a cmdlet opens. Each one is opened once, with a message about its keys, and flushed before the pipeline ends.</summary>
/// <param name="cmdlet">The running cmdlet.</param>
internal sealed class OpenedStores(NatsCmdlet cmdlet) : IDisposable
{
    private const string StoreParameter = "Store";
    private readonly Dictionary<StoreArgument, NatsStore> opened = [];
    private readonly HashSet<NatsStore> written = [];
    private readonly HashSet<string> exposed = new(StringComparer.Ordinal);
    private NatsStore? byDefault;
    private bool isNew;

    /// <summary>Opens the store for the current item. Stores may be bound from the pipeline.</summary>
    public NatsStore Open()
    {
        if (cmdlet.NamedStore is { } named)
        {
            return opened.TryGetValue(named, out NatsStore? store) ? store : opened[named] = Introduce(named.Open(cmdlet.Paths.Full));
        }

        if (byDefault is null)
        {
            byDefault = Introduce(BucketStores.OpenDefault(fullPath: cmdlet.Paths.Full));
            isNew = byDefault.Origin == StoreOrigin.Default && !byDefault.Exists;
        }

        if (cmdlet.Reads)
        {
            StoreRoots.RequireNamed(byDefault);
        }

        return byDefault;
    }

    /// <summary>
    /// Refuses an object of another store than the one that <c>-Store</c> names. An object is read and changed in its own store, so the parameter
    /// would have no effect. A default value of the parameter is not meant for each command.
    /// </summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityAmbiguous"/>.</exception>
    public void RequireNamed()
    {
        if (cmdlet.NamedStore is not { } named || !cmdlet.Typed.Contains(StoreParameter) || IsDefault(named))
        {
            return;
        }

        foreach ((object item, NatsStore own) in cmdlet.MyInvocation.BoundParameters.Values.SelectMany(Owned))
        {
            if (!own.IsSame(Open()))
            {
                throw new NatsKeysException(
                    ErrorCode.EntityAmbiguous,
                    $"The input is {Misfit.Describe(item)} in the store {own.Location}, but -{StoreParameter} names {Open().Location}. Omit the "
                        + "parameter, or specify the name instead of the object.");
            }
        }
    }

    /// <summary>Whether the parameter has the value that the session gives it where it is not typed.</summary>
    private bool IsDefault(StoreArgument named) => cmdlet.SessionState.PSVariable.GetValue("PSDefaultParameterValues") is IDictionary defaults
        && defaults.Cast<DictionaryEntry>().Any(entry => IsOfStore($"{entry.Key}")
            && (entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value) switch
            {
                NatsStore store => new StoreArgument(store).ToString() == named.ToString(),
                string path => new StoreArgument(path).ToString() == named.ToString(),
                var other => other is ScriptBlock,
            });

    /// <summary>Whether a default value is that of this parameter: its key has the cmdlet and the parameter, both with wildcards.</summary>
    private bool IsOfStore(string key) => key.LastIndexOf(':') is > 0 and var colon
        && Matches(key[..colon], cmdlet.MyInvocation.MyCommand.Name) && Matches(key[(colon + 1)..], StoreParameter);

    private static bool Matches(string pattern, string name) =>
        WildcardPattern.Get(pattern.Trim().Trim('\'', '"'), WildcardOptions.IgnoreCase).IsMatch(name);

    private static IEnumerable<(object Item, NatsStore Store)> Owned(object? value) => value switch
    {
        IArgument { StoreOfGiven: { } store } argument => [(argument.Given, store)],
        IEnumerable<IArgument> arguments => arguments.SelectMany(Owned),
        AccountItem item => [(item, item.Store)],
        NatsSigningKey key => [(key, key.Store)],
        RowArgument { Item: { } item } => [(item, item.Store)],
        _ => [],
    };

    /// <summary>Opens the named store, or that of an operator object.</summary>
    public NatsStore OpenOf(OperatorArgument? above) =>
        cmdlet.NamedStore is null && above is not null ? above.Locate(Open).Store : Open();

    /// <summary>Writes messages about a store and its keys.</summary>
    public NatsStore Introduce(NatsStore store)
    {
        WriteNotices(store);
        foreach (string exposure in store.Keys.Exposures.Where(exposed.Add))
        {
            cmdlet.WriteWarning(exposure);
        }

        return store;
    }

    /// <summary>Writes what happened to interrupted changes of other processes.</summary>
    public void WriteNotices(NatsStore store)
    {
        foreach (StoreNotice notice in store.TakeNotices())
        {
            cmdlet.WriteWarning(RemedyAdvice.AddTo(notice.Message, notice.Remedy));
        }
    }

    /// <summary>Makes the pipeline wait at its end until the changes of a store are on disk.</summary>
    public NatsStore FlushAtEnd(NatsStore store)
    {
        written.Add(store);
        return store;
    }

    /// <summary>Waits until all changes are on disk.</summary>
    public void Flush()
    {
        foreach (NatsStore store in written)
        {
            cmdlet.Errors.Try(store.Flush, store.Location);
            WriteNotices(store);
        }

        written.Clear();
        if (isNew && byDefault!.Exists)
        {
            isNew = false;
            cmdlet.WriteNotice(
                $"Created the store {byDefault.Location}, because no store was specified. Its private keys are in {byDefault.Keys.Location}. To "
                    + "use another store, create it with New-NatsStore and set NATSKEYS_STORE to its path.");
        }
    }

    /// <summary>Flushes the stores. A pipeline that was stopped early has no end block, but its output must be on disk.</summary>
    public void Dispose()
    {
        foreach (NatsStore store in written)
        {
            try
            {
                store.Flush();
            }
            catch (NatsKeysException)
            {
                // The pipeline has no reader any more.
            }
        }

        written.Clear();
    }
}
