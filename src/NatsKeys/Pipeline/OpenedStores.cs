using NatsKeys.Binding;
using NatsKeys.Bucket;
using NatsKeys.Commands;
using NatsKeys.Errors;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>The stores that a cmdlet opens: each one once, with a word about its keys, and flushed before the pipeline ends.</summary>
/// <param name="cmdlet">The cmdlet that works.</param>
internal sealed class OpenedStores(NatsCmdlet cmdlet) : IDisposable
{
    private readonly Dictionary<StoreArgument, NatsStore> opened = [];
    private readonly HashSet<NatsStore> written = [];
    private readonly HashSet<string> exposed = new(StringComparer.Ordinal);
    private NatsStore? byDefault;
    private bool isNew;

    /// <summary>The store that the parameters name for this item: several may come down the pipeline.</summary>
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

    /// <summary>The store that is named, else that of an operator that came as an object.</summary>
    public NatsStore OpenOf(OperatorArgument? above) =>
        cmdlet.NamedStore is null && above is not null ? above.Locate(Open).Store : Open();

    /// <summary>Says what there is to know about a store and its keys.</summary>
    public NatsStore Introduce(NatsStore store)
    {
        WriteNotices(store);
        foreach (string exposure in store.Keys.Exposures.Where(exposed.Add))
        {
            cmdlet.WriteWarning(exposure);
        }

        return store;
    }

    /// <summary>Says what became of changes that somebody else had not finished.</summary>
    public void WriteNotices(NatsStore store)
    {
        foreach (StoreNotice notice in store.TakeNotices())
        {
            cmdlet.WriteWarning(RemedyAdvice.AddTo(notice.Message, notice.Remedy));
        }
    }

    /// <summary>Has the pipeline end only once the disk has what is made in a store.</summary>
    public NatsStore FlushAtEnd(NatsStore store)
    {
        written.Add(store);
        return store;
    }

    /// <summary>Waits until the disk has what was made.</summary>
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
                $"Created the store {byDefault.Location}, because no store was specified. Its private keys are in {byDefault.Keys.Location}. Create "
                    + "a store elsewhere with New-NatsStore, and name it in NATSKEYS_STORE.");
        }
    }

    /// <summary>A pipeline that somebody ended early has no end, and the disk shall have what came out of it.</summary>
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
                // There is no reader any more.
            }
        }

        written.Clear();
    }
}
