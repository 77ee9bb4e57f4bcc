using NatsKeys.Claims;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Changes the labels of entities. For use within <see cref="EntityEditor.Change"/>.</summary>
public static class TagEditing
{
    /// <summary>Adds labels and takes others away. They are trimmed and lower cased.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="add">Labels to add.</param>
    /// <param name="remove">Labels to take away, also such as were written in other ways by somebody else.</param>
    public static void ChangeTags(this NatsEntity entity, IEnumerable<string> add, IEnumerable<string> remove)
    {
        string[] gone = [.. remove.Select(tag => tag.Trim())];
        entity.Wanted.Tags.RemoveAll(tag => gone.Contains(tag, StringComparer.OrdinalIgnoreCase));
        foreach (string tag in add)
        {
            ClaimLists.AddFolded(entity.Wanted.Tags, tag);
        }
    }
}
