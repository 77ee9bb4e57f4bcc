using System.Management.Automation;
using NatsKeys.Editing;
using NatsKeys.Formatting;
using NatsKeys.KeySources;
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
        : editors[(store, IsRehearsing)] = new EntityEditor(IsRehearsing ? store : FlushAtEnd(store), KeysOf(store), IsRehearsing, Stopped);

    /// <summary>
    /// Changes stores, where that is wanted. Under -WhatIf all of it is done but the signing and the writing, and first: what would fail is the error
    /// that it would be, and nothing is said to be possible that is not.
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

    /// <summary>Says what was signed by which key, or that nothing was.</summary>
    private protected void WriteChange(EntityChange result)
    {
        WriteNotices(result.Entity.Store);
        WriteVerbose(result.IsChanged
            ? $"Signed {result.Entity.Path} with {result.Entity.Issuer}."
            : $"The {result.Entity.Path} is as asked for already: nothing was signed or written.");
    }

    /// <summary>Says what is still owed of a key's replacement, and gives the object that says all.</summary>
    private protected void WriteRotation(KeyRotation rotation)
    {
        WriteNotices(rotation.Owner.Store);
        WriteVerbose(
            $"Signed {rotation.Owner.Path} with {rotation.Owner.Issuer}, and {rotation.SignedAgain.Count + rotation.Importers.Count} others again.");
        foreach (PendingSignature owed in rotation.Pending.Take(ViewText.Most))
        {
            WriteWarning($"Not signed again: {owed}");
        }

        if (rotation.Pending.Count > ViewText.Most)
        {
            WriteWarning($"{rotation.Pending.Count - ViewText.Most} more were not signed again: the property Pending has all.");
        }

        if (rotation.LeftRevoked.Count > 0)
        {
            WriteVerbose($"Revoked, and left as they are: {Names(rotation.LeftRevoked)}.");
        }

        WriteObject(rotation);
    }

    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? typed)
        ? LanguagePrimitives.IsTrue(typed)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
}
