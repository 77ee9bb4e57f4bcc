using NatsKeys.Binding;
using NatsKeys.Editing;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// The shape of the cmdlets that use private keys: those of the store's key root, and those of the sources that the session registered.
/// What one pipeline opened is forgotten at its end.
/// </summary>
public abstract class KeyRingCmdlet : StoreCmdlet
{
    private readonly Dictionary<NatsStore, EntityEditor> editors = [];
    private SessionKeyRings? rings;

    /// <summary>Forgets the keys that were read.</summary>
    /// <param name="disposing">Whether the cmdlet is disposed, rather than finalized.</param>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (EntityEditor editor in editors.Values)
        {
            editor.Dispose();
        }

        rings?.Dispose();
        editors.Clear();
    }

    /// <summary>The private keys that are at hand for what a store holds.</summary>
    private protected KeyRing KeysOf(NatsStore store) => (rings ??= new SessionKeyRings(Stopped)).Of(store);

    /// <summary>The editor of a store.</summary>
    private protected EntityEditor Editor(NatsStore store) =>
        editors.TryGetValue(store, out EntityEditor? editor) ? editor : editors[store] = new EntityEditor(FlushAtEnd(store), KeysOf(store));
}
