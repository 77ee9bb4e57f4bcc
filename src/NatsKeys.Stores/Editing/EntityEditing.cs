using NatsKeys.Claims;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Changes the claims that every kind of entity has, on a draft of the entity.</summary>
internal static class EntityEditing
{
    /// <summary>Replaces all labels, removes some and adds others, in this order. New labels are trimmed and lowercased.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="add">Labels to add.</param>
    /// <param name="remove">Labels to remove. Case is ignored, because another tool may have written them differently.</param>
    /// <param name="all">Labels that replace all present ones; null to keep those.</param>
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

    /// <summary>Sets the validity period of an entity.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="expires">When it expires; null keeps the current value.</param>
    /// <param name="notBefore">When it becomes valid; null keeps the current value.</param>
    public static void SetTimes(this NatsEntity entity, OptionalTime? expires, OptionalTime? notBefore)
    {
        entity.Wanted.Expires = expires is null ? entity.Wanted.Expires : UnixTime.FromDate(expires.Time);
        entity.Wanted.NotBefore = notBefore is null ? entity.Wanted.NotBefore : UnixTime.FromDate(notBefore.Time);
    }
}

/// <summary>A time to set, which may be none.</summary>
/// <param name="Time">The time; null for none.</param>
internal sealed record OptionalTime(DateTimeOffset? Time);
