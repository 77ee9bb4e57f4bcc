using System.Management.Automation;
using NatsKeys.Commands;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.KeySources;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>
/// The changes that a cmdlet makes in stores: with the keys of their key roots and of the session's sources, which are forgotten at the end, and
/// as a rehearsal under -WhatIf.
/// </summary>
/// <param name="cmdlet">The cmdlet that works.</param>
internal sealed class StoreChanges(NatsCmdlet cmdlet) : IDisposable
{
    private readonly Dictionary<(NatsStore Store, bool IsRehearsal), EntityEditor> editors = [];
    private readonly SessionKeyRings rings = new(cmdlet.Stopped);
    // The host of the program pwsh, which goes wrong where it asks and its input is at an end.
    private const string ConsoleHost = "ConsoleHost";

    private bool yesToAll;
    private bool noToAll;

    /// <summary>Whether the work is done as if, and what it makes goes nowhere.</summary>
    public bool IsRehearsing { get; private set; }

    /// <summary>The private keys that are available for what a store holds.</summary>
    public KeyRing KeysOf(NatsStore store) => rings.Of(store);

    /// <summary>The editor of a store.</summary>
    public EntityEditor Editor(NatsStore store) => editors.TryGetValue((store, IsRehearsing), out EntityEditor? editor)
        ? editor
        : editors[(store, IsRehearsing)] = new EntityEditor(
            IsRehearsing ? store : cmdlet.Stores.FlushAtEnd(store), KeysOf(store), IsRehearsing, cmdlet.Messages.Keep, cmdlet.Stopped);

    /// <summary>
    /// Changes stores, where that is wanted. Under -WhatIf all of it is done but the signing and the writing, and first: what would fail is the error
    /// that it would be, and nothing is said to be possible that is not.
    /// </summary>
    /// <param name="target">What is changed, for -WhatIf.</param>
    /// <param name="action">What is done, for -WhatIf.</param>
    /// <param name="details">What -WhatIf shows besides the action, made from the result of the rehearsal. Null shows nothing more.</param>
    /// <param name="work">Does it, with <see cref="Editor"/> alone, and says nothing.</param>
    /// <param name="question">
    /// What is asked where this cuts off much more than the cmdlet usually does, as cmdlets of a high impact ask; null for nothing.
    /// </param>
    /// <returns>What was done; null when it was not to be done.</returns>
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
            : cmdlet.ShouldProcess($"Performing the operation \"{action}\" on target \"{target}\".{text}", verboseWarning: null, caption: null);
        return isWanted && IsAgreed(question) ? work() : null;
    }

    /// <summary>Changes an entity, where that is wanted; under -WhatIf as far as nothing is signed or written.</summary>
    public T? Perform<T>(NatsEntity entity, string action, Func<T?> work, Func<T, string>? details = null, string? question = null)
        where T : class => Perform(Target(entity.Path, entity.Store), action, work, details, question);

    /// <summary>What is changed in a store, for -WhatIf.</summary>
    public static string Target(object what, NatsStore store) => $"{what} in the store {store.Location}";

    /// <summary>Whether a cmdlet runs under -WhatIf.</summary>
    public static bool IsWhatIf(PSCmdlet cmdlet) =>
        LanguagePrimitives.IsTrue(
            cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? typed) ? typed : cmdlet.GetVariableValue("WhatIfPreference"));

    /// <summary>
    /// Asks where the engine did not, because the impact of the cmdlet as such is lower. In automation, where nobody can answer, nothing is asked: a
    /// key that leaked must not stay because of a question.
    /// </summary>
    /// <param name="question">The question; null for nothing to ask.</param>
    public bool IsAgreed(string? question)
    {
        bool isAsked = question is null || cmdlet.MyInvocation.BoundParameters.ContainsKey("Confirm")
            || LanguagePrimitives.ConvertTo<ConfirmImpact>(cmdlet.GetVariableValue("ConfirmPreference", ConfirmImpact.High)) != ConfirmImpact.High;
        if (isAsked || (cmdlet.Host.Name == ConsoleHost && Console.IsInputRedirected))
        {
            return true;
        }

        try
        {
            return cmdlet.ShouldContinue(question!, "Confirm", ref yesToAll, ref noToAll);
        }
        catch (Exception error) when (UnattendedHost.IsCauseOf(error))
        {
            // The session was started without anybody to answer.
            return true;
        }
    }

    /// <summary>Forgets the keys that were read.</summary>
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
