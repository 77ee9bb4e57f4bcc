using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Changes when entities are valid. For use within <see cref="EntityEditor.Change"/>.</summary>
public static class ValidityEditing
{
    /// <summary>Sets when an entity is valid.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="expires">When it expires; null leaves that as it is.</param>
    /// <param name="notBefore">Before when it is not valid; null leaves that as it is.</param>
    public static void SetTimes(this NatsEntity entity, OptionalTime? expires, OptionalTime? notBefore)
    {
        entity.Wanted.Expires = expires is null ? entity.Wanted.Expires : UnixTime.FromDate(expires.Time);
        entity.Wanted.NotBefore = notBefore is null ? entity.Wanted.NotBefore : UnixTime.FromDate(notBefore.Time);
    }
}
