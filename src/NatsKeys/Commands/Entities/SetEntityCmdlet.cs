using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that set what an entity states: its times and labels, and what its kind has beside them.</summary>
public abstract class SetEntityCmdlet : EditCmdlet
{
    /// <summary>When the entity expires: a date, a duration such as <c>30d</c>, or <c>Never</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public TimeArgument? Expires { get; set; }

    /// <summary>Before when the entity is not valid: a date, a duration, or <c>Never</c> for no such time.</summary>
    [Parameter]
    [ValidateNotNull]
    public TimeArgument? NotBefore { get; set; }

    /// <summary>Labels that are added. They are lower cased.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    public string[] AddTag { get; set; } = [];

    /// <summary>Labels that are taken away.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveTag { get; set; } = [];

    private protected sealed override void ProcessItem()
    {
        NatsEntity entity = Resolve();

        // What is no time is told under -WhatIf as well.
        OptionalTime? expires = Expires is null ? null : new OptionalTime(Expires.Resolve());
        OptionalTime? notBefore = NotBefore is null ? null : new OptionalTime(NotBefore.Resolve());
        if (Edit(entity, "Change and sign again", newest => Apply(newest, expires, notBefore)) is { } change)
        {
            Warn(change);
        }
    }

    /// <summary>The entity that is meant.</summary>
    private protected abstract NatsEntity Resolve();

    /// <summary>Sets what only this kind of entity has.</summary>
    private protected abstract void ApplyTo(NatsEntity entity);

    /// <summary>Says what follows from the change.</summary>
    private protected virtual void Warn(EntityChange change)
    {
    }

    private void Apply(NatsEntity entity, OptionalTime? expires, OptionalTime? notBefore)
    {
        entity.SetTimes(expires, notBefore);
        entity.ChangeTags(AddTag, RemoveTag);
        ApplyTo(entity);
    }
}
