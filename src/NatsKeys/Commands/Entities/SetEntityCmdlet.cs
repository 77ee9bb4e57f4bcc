using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Pipeline;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that set the times and labels of an entity, and what its kind has in addition.</summary>
/// <typeparam name="TArgument">What names the entity.</typeparam>
/// <typeparam name="TEntity">The kind of entity.</typeparam>
public abstract class SetEntityCmdlet<TArgument, TEntity> : EditCmdlet
    where TArgument : class
    where TEntity : NatsEntity
{
    /// <summary>When the entity expires: a date, a duration such as <c>30d</c>, or <c>Never</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? Expires { get; set; }

    /// <summary>The time before which the entity is not valid: a date, a duration, or <c>Never</c> for no such time.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? NotBefore { get; set; }

    /// <summary>All labels, which replace the existing ones. They are lower cased.</summary>
    [Parameter]
    [Alias("Tags")]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [NoSeed]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[]? Tag { get; set; }

    /// <summary>Labels to add. They are lower cased.</summary>
    [Parameter]
    [TextList]
    [NoSeed]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[] AddTag { get; set; } = [];

    /// <summary>Labels to remove.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveTag { get; set; } = [];

    private protected SetEntityCmdlet(IEnumerable<string> settings) => Rows = new NamedRows(this)
    {
        Settings = [nameof(Expires), nameof(NotBefore), nameof(Tag), nameof(NatsEntity.Tags), .. settings],
    };

    /// <summary>The rows that name entities.</summary>
    private protected NamedRows Rows { get; }

    /// <summary>The row that names the current entity and has settings for it; null if no row came.</summary>
    private protected RowArgument? Row { get; private set; }

    /// <summary>The entities to change; null for the only one in the store.</summary>
    private protected abstract IReadOnlyList<TArgument>? Named { get; }

    private protected sealed override object? CurrentItem => Named?[0];

    private protected sealed override void ProcessItem()
    {
        if (Named is { } named)
        {
            Each(named, Set);
        }
        else
        {
            Set(null);
        }
    }

    private void Set(TArgument? named)
    {
        Row = (named as IEntityArgument)?.Row;
        TEntity entity = Resolve(named);

        // An invalid time is an error under -WhatIf as well.
        OptionalTime? expires = TimeOf(nameof(Expires), Expires);
        OptionalTime? notBefore = TimeOf(nameof(NotBefore), NotBefore);
        (string Parameter, string Value, string? Meant)[] missing = [];
        EntityChangeResult<TEntity>? change = Edit(
            entity, "Change and sign again", newest => missing = [.. Apply(newest, expires, notBefore), .. Missing]);
        if (change is not null || StoreChanges.IsWhatIf(this))
        {
            Messages.WriteMissing(entity.Path.ToString(), missing);
        }

        if (change is not null)
        {
            Warn(change);
        }
    }

    /// <summary>The labels of the row; null if it has none.</summary>
    private string[]? TagsOfRow => (Row?.Cell(nameof(NatsEntity.Tags)) ?? Row?.Cell(nameof(Tag))) is { } cell
        ? (string[])RowCell.Read(cell, GetType().GetProperty(nameof(Tag))!)
        : null;

    /// <summary>The typed time; otherwise that of the row.</summary>
    private OptionalTime? TimeOf(string parameter, TimeArgument? typed) =>
        (typed ?? (Row?.Cell(parameter) is { } cell ? (TimeArgument)RowCell.Read(cell, GetType().GetProperty(parameter)!) : null)) is { } time
            ? new OptionalTime(time.Resolve())
            : null;

    /// <summary>Returns the entity to change.</summary>
    private protected abstract TEntity Resolve(TArgument? named);

    /// <summary>Sets what only this kind of entity has.</summary>
    private protected abstract void ApplyTo(TEntity entity);

    /// <summary>The entries that were to be removed from lists that only this kind of entity has, and that do not exist.</summary>
    private protected abstract IEnumerable<(string Parameter, string Value, string? Meant)> Missing { get; }

    /// <summary>Warns about the consequences of the change.</summary>
    private protected virtual void Warn(EntityChangeResult<TEntity> change)
    {
    }

    /// <returns>The labels to remove that the entity does not have.</returns>
    private (string Parameter, string Value, string? Meant)[] Apply(TEntity entity, OptionalTime? expires, OptionalTime? notBefore)
    {
        entity.SetTimes(expires, notBefore);
        string[]? all = Tag ?? TagsOfRow;
        IEnumerable<string> own = all ?? entity.Tags;
        (string, string, string?)[] missing = [.. RemoveTag
            .Where(tag => !own.Contains(tag.Trim(), StringComparer.OrdinalIgnoreCase))
            .Select(tag => (nameof(RemoveTag), tag, Spelling.Closest(tag, own)))];
        entity.ChangeTags(AddTag, RemoveTag, all);
        ApplyTo(entity);
        return missing;
    }
}
