using NatsKeys.Claims;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Changes that entities of every kind take, on a draft of the entity.</summary>
internal static class EntityEditing
{
    /// <summary>Replaces labels, takes some away and adds others, in this order. They are trimmed and lower cased.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="add">Labels to add.</param>
    /// <param name="remove">Labels to take away, also such as were written in other ways by somebody else.</param>
    /// <param name="all">All labels, in the place of those that are there; null to keep them.</param>
    public static void ChangeTags(this NatsEntity entity, IEnumerable<string> add, IEnumerable<string> remove, IEnumerable<string>? all = null)
    {
        if (all is not null)
        {
            entity.Wanted.Tags.Clear();
            foreach (string tag in all)
            {
                ClaimLists.AddFolded(entity.Wanted.Tags, tag);
            }
        }

        string[] gone = [.. remove.Select(tag => tag.Trim())];
        entity.Wanted.Tags.RemoveAll(tag => gone.Contains(tag, StringComparer.OrdinalIgnoreCase));
        foreach (string tag in add)
        {
            ClaimLists.AddFolded(entity.Wanted.Tags, tag);
        }
    }

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

/// <summary>A time that is set, be it to none.</summary>
/// <param name="Time">The time; null for none.</param>
internal sealed record OptionalTime(DateTimeOffset? Time);
