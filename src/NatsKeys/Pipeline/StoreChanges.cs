using System.Management.Automation;
using NatsKeys.Commands;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.KeySources;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>
/// Makes the changes of a cmdlet in stores. The keys come from their key roots and from the session's key sources, and are forgotten at the end.
/// Under -WhatIf, changes are only rehearsed.
/// </summary>
/// <param name="cmdlet">The running cmdlet.</param>
internal sealed class StoreChanges(NatsCmdlet cmdlet) : IDisposable
{
    private readonly Dictionary<(NatsStore Store, bool IsRehearsal), EntityEditor> editors = [];
    private readonly SessionKeyRings rings = new(cmdlet.Stopped);

    private bool yesToAll;
    private bool noToAll;

    /// <summary>Whether the change is only rehearsed, so that nothing is written.</summary>
    public bool IsRehearsing { get; private set; }

    /// <summary>The private keys that are available for a store.</summary>
    public KeyRing KeysOf(NatsStore store) => rings.Of(store);

    /// <summary>The editor of a store.</summary>
    public EntityEditor Editor(NatsStore store) => editors.TryGetValue((store, IsRehearsing), out EntityEditor? editor)
        ? editor
        : editors[(store, IsRehearsing)] = new EntityEditor(
            IsRehearsing ? store : cmdlet.Stores.FlushAtEnd(store), KeysOf(store), IsRehearsing, cmdlet.Messages.Keep, cmdlet.Stopped);

    /// <summary>
    /// Makes a change, if it is confirmed. Under -WhatIf, it first does everything except signing and writing, so that a change that would fail
    /// reports its error and is not shown as possible.
    /// </summary>
    /// <param name="target">The target of the change, for -WhatIf.</param>
    /// <param name="action">The action, for -WhatIf.</param>
    /// <param name="details">Returns what -WhatIf shows besides the action, from the result of the rehearsal; null for nothing.</param>
    /// <param name="work">Makes the change, only with <see cref="Editor"/>, and writes no messages.</param>
    /// <param name="question">The question to ask if this change has more impact than is usual for the cmdlet; null for none.</param>
    /// <returns>The result; null if the change was not to be made.</returns>
    public T? Perform<T>(string target, string action, Func<T?> work, Func<T, string>? details = null, string? question = null)
        where T : class
    {
        string? text = null;
        if (IsWhatIf(cmdlet))
        {
            IsRehearsing = true;
            try
            {
                text = work() is { } rehearsed ? details?.Invoke(rehearsed) : null;
            }
            finally
            {
                IsRehearsing = false;
            }
        }

        bool isWanted = string.IsNullOrEmpty(text)
            ? cmdlet.ShouldProcess(target, action)
            : cmdlet.ShouldDo($"Performing the operation \"{action}\" on target \"{target}\".{text}");
        return isWanted && IsAgreed(question, $"{action} ({target})") ? work() : null;
    }

    /// <summary>Changes an entity, if it is confirmed. Under -WhatIf, nothing is signed or written.</summary>
    public T? Perform<T>(NatsEntity entity, string action, Func<T?> work, Func<T, string>? details = null, string? question = null)
        where T : class => Perform(Target(entity.Path, entity.Store), action, work, details, question);

    /// <summary>Creates an entity, if it is confirmed, in a group with others if there are many.</summary>
    /// <param name="store">The store.</param>
    /// <param name="path">The path of the new entity.</param>
    /// <param name="action">The action, for -WhatIf.</param>
    /// <param name="work">Creates the entity, only with <see cref="Editor"/>, and writes no messages.</param>
    /// <param name="done">Reports the new entity.</param>
    /// <param name="about">The target of an error.</param>
    public void Perform<T>(NatsStore store, EntityPath path, string action, Func<T> work, Action<T> done, object about)
        where T : class
    {
        // Under -WhatIf, the entity is never written.
        Perform<object>(Target(path, store), action, () =>
        {
            if (IsRehearsing)
            {
                return work();
            }

            cmdlet.Group.Make(store, about, work, done);
            return null;
        });
    }

    /// <summary>The target of a change in a store, for -WhatIf.</summary>
    public static string Target(object what, NatsStore store) => $"{what} in the store {store.Location}";

    /// <summary>Whether a cmdlet runs under -WhatIf.</summary>
    public static bool IsWhatIf(PSCmdlet cmdlet) =>
        LanguagePrimitives.IsTrue(
            cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? typed) ? typed : cmdlet.GetVariableValue("WhatIfPreference"));

    /// <summary>The lowest impact at which cmdlets of this session ask.</summary>
    public static ConfirmImpact PreferenceOf(PSCmdlet cmdlet) =>
        LanguagePrimitives.ConvertTo<ConfirmImpact>(cmdlet.GetVariableValue("ConfirmPreference", ConfirmImpact.High));

    /// <summary>
    /// Asks a question that PowerShell does not ask, because the cmdlet has a lower impact.
    /// </summary>
    /// <param name="question">The question; null for none.</param>
    /// <param name="needed">
    /// The change, which is refused without an interactive user. If it is null, the change is made then: a leaked key must not be kept because of an
    /// unanswered question.
    /// </param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.NotConfirmed"/>: the answer is needed, and the user cannot be prompted.</exception>
    public bool IsAgreed(string? question, string? needed = null)
    {
        bool isAsked = question is null || cmdlet.MyInvocation.BoundParameters.ContainsKey("Confirm")
            || PreferenceOf(cmdlet) != ConfirmImpact.High;
        if (isAsked)
        {
            return true;
        }

        if (needed is not null)
        {
            return UnattendedHost.Confirms(cmdlet, Ask, needed, isCertain: true);
        }

        if (UnattendedHost.IsRedirected(cmdlet.Host))
        {
            return true;
        }

        try
        {
            return Ask();
        }
        catch (Exception error) when (UnattendedHost.IsCauseOf(error))
        {
            // The session is not interactive.
            return true;
        }

        bool Ask() => cmdlet.ShouldContinue(question!, "Confirm", ref yesToAll, ref noToAll);
    }

    /// <summary>Forgets the private keys.</summary>
    public void Dispose()
    {
        foreach (EntityEditor editor in editors.Values)
        {
            editor.Dispose();
        }

        editors.Clear();
        rings.Dispose();
    }
}
