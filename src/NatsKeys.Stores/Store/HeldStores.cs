namespace NatsKeys.Store;

/// <summary>
/// The stores that this flow of control has locked for a change. A signer that runs within the change, such as a script, may try to change the same
/// store and would deadlock.
/// </summary>
internal sealed class HeldStores : IDisposable
{
    // The value flows into threads and tasks that are started within the change.
    private static readonly AsyncLocal<HeldStores?> Innermost = new();
    private readonly object store;
    private readonly HeldStores? outer;
    private bool isOver;

    private HeldStores(object store, HeldStores? outer)
    {
        (this.store, this.outer) = (store, outer);
    }

    /// <summary>Throws if the same flow of control is already changing the store.</summary>
    /// <param name="store">The identity of the store.</param>
    /// <param name="location">The location of the store, for messages.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreBusy"/>.</exception>
    public static void RequireOther(object store, string location)
    {
        for (HeldStores? held = Innermost.Value; held is not null; held = held.outer)
        {
            if (!held.isOver && held.store.Equals(store))
            {
                throw new NatsKeysException(
                    ErrorCode.StoreBusy,
                    $"A change of the store {location} is in progress and waits for this call, for example for a signature. "
                        + "Until that change is finished, the store can be read but not changed.");
            }
        }
    }

    /// <summary>Records that a store is locked, until the returned object is disposed.</summary>
    public static HeldStores Enter(object store) => Innermost.Value = new HeldStores(store, Innermost.Value);

    public void Dispose()
    {
        isOver = true;
        if (Innermost.Value == this)
        {
            Innermost.Value = outer;
        }
    }
}
