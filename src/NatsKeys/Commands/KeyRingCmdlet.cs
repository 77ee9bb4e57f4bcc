using System.Management.Automation;
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
    private readonly Dictionary<(NatsStore Store, bool IsRehearsal), EntityEditor> editors = [];
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

    /// <summary>Whether the work is done as if, and what it makes goes nowhere.</summary>
    private protected bool IsRehearsing { get; private set; }

    /// <summary>The editor of a store.</summary>
    private protected EntityEditor Editor(NatsStore store) => editors.TryGetValue((store, IsRehearsing), out EntityEditor? editor)
        ? editor
        : editors[(store, IsRehearsing)] = new EntityEditor(IsRehearsing ? store : FlushAtEnd(store), KeysOf(store), IsRehearsing);

    /// <summary>
    /// Changes stores, where that is wanted. Under -WhatIf all of it is done but the signing and the writing, and first: what would fail is the error that
    /// it would be, and nothing is said to be possible that is not.
    /// </summary>
    /// <param name="target">What is changed, for -WhatIf.</param>
    /// <param name="action">What is done, for -WhatIf.</param>
    /// <param name="work">Does it, with <see cref="Editor"/> alone, and says nothing.</param>
    /// <returns>What was done; null when it was not to be done.</returns>
    private protected T? Perform<T>(string target, string action, Func<T?> work)
        where T : class
    {
        if (IsWhatIf)
        {
            IsRehearsing = true;
            try
            {
                work();
            }
            finally
            {
                IsRehearsing = false;
            }
        }

        return ShouldProcess(target, action) ? work() : null;
    }

    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? typed)
        ? LanguagePrimitives.IsTrue(typed)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
}
