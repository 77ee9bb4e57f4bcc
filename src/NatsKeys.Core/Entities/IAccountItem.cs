namespace NatsKeys.Entities;

/// <summary>Something that an account states: an export, an import, a mapping, a limit, a callout or a revocation.</summary>
public interface IAccountItem
{
    /// <summary>The account, as its store had it when it was read.</summary>
    NatsAccount Account { get; }
}
