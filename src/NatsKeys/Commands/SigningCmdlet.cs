using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// The shape of the cmdlets that sign: they take a signing key, and an asked-for key that cannot sign ends the pipeline before
/// anything is signed in its place.
/// </summary>
public abstract class SigningCmdlet : KeyRingCmdlet
{
    /// <summary>
    /// The key that signs: a key pair, a signing key, a public key, a role's name, the path of a key file, a seed, or a script block that signs.
    /// Without it: the current issuer, else the parent's identity key, else its only usable unscoped signing key.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorSignerCompleter))]
    public virtual SigningKeyArgument? SigningKey { get; set; }

    /// <summary>The key that was asked for here, else one that came down the pipeline with its owner.</summary>
    private protected SigningKeyChoice ChosenKey(SigningKeyArgument? piped = null) =>
        (SigningKey ?? piped)?.ToChoice(FullPath) ?? SigningKeyChoice.Default;

    /// <summary>Changes an entity, where that is wanted; under -WhatIf as far as nothing is signed or written.</summary>
    private protected T? Perform<T>(NatsEntity entity, string action, Func<T> work)
        where T : class => Perform(Target(entity.Path, entity.Store), action, work);

    /// <summary>Warns of what a key had signed and what is not valid any more.</summary>
    /// <param name="key">The key or keys, for people.</param>
    /// <param name="invalid">The entities.</param>
    /// <param name="known">What servers must learn of before that is so.</param>
    private protected void WriteInvalid(string key, IEnumerable<NatsEntity> invalid, string known)
    {
        EntityPath[] paths = [.. invalid.Select(entity => entity.Path)];
        if (paths.Length > 0)
        {
            WriteWarning($"What {key} had signed is not valid any more, once servers know {known} as it is now: {Names(paths)}.");
        }
    }

    /// <summary>Warns of what is open to all because the last entry that restricted it was removed.</summary>
    private protected void WriteOpened(EntityChange change, PermissionRemovals removals, string who)
    {
        foreach (string what in change.IsChanged ? removals.Opened : [])
        {
            WriteWarning($"{who} may now {what}: the last entry that restricted it was removed.");
        }
    }
}
