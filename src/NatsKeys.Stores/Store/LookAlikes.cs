using System.Text;

namespace NatsKeys.Store;

/// <summary>
/// Finds names that look like those of siblings. The names of a folder are cached for a while, so that a caller that creates thousands of entities
/// does not list them for each one; names that the caller creates are added to the cache at once.
/// </summary>
/// <param name="store">The store.</param>
internal sealed class LookAlikes(NatsStore store)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly EntityPath Top = new("");
    private readonly Lock changing = new();
    private readonly Dictionary<EntityPath, (DateTimeOffset Time, Dictionary<string, string> Names)> folders = [];

    /// <summary>Adds a notice if a new name looks like an existing one.</summary>
    /// <param name="path">The entity that gets the name.</param>
    /// <param name="before">The place that the entity leaves; null for a new entity.</param>
    public void Warn(EntityPath path, EntityPath? before = null)
    {
        if (Find(path, before) is { } other)
        {
            store.Notice(Message(path, other));
        }
    }

    /// <summary>Finds the names in a folder that look like an earlier one, and returns each with that earlier one.</summary>
    /// <param name="store">The store.</param>
    /// <param name="parent">The parent entity; null for operators.</param>
    public static IEnumerable<(EntityPath Path, EntityPath Other)> In(NatsStore store, EntityPath? parent)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in store.Names(parent))
        {
            (string Small, string? Written) skeletons = NameSkeleton.Of(name);
            if (Match(known, name, skeletons) is { } other)
            {
                yield return (StoredNames.Place(parent, name), StoredNames.Place(parent, other));
            }

            Enter(known, name, skeletons);
        }
    }

    /// <summary>Returns the message, in which the characters outside ASCII are spelled out.</summary>
    public static string Message(EntityPath path, EntityPath other) =>
        $"The name of the {path}{Spelled(path.Name)} looks like that of the {other}{Spelled(other.Name)}, but differs from it.";

    private static string Spelled(string name) =>
        Ascii.IsValid(name)
            ? ""
            : $" ({string.Concat(name.EnumerateRunes().Select(rune => rune.IsAscii ? $"{rune}" : TextSanitizer.Spelled(rune.Value)))})";

    private static string? Match(Dictionary<string, string> names, string name, (string Small, string? Written) skeletons) =>
        Other(names, name, skeletons.Small) ?? Other(names, name, skeletons.Written);

    private static string? Other(Dictionary<string, string> names, string name, string? skeleton) =>
        skeleton is not null && names.TryGetValue(skeleton, out string? other) && !other.Equals(name, StringComparison.OrdinalIgnoreCase)
            ? other
            : null;

    private static void Enter(Dictionary<string, string> names, string name, (string Small, string? Written) skeletons)
    {
        names.TryAdd(skeletons.Small, name);
        if (skeletons.Written is { } written)
        {
            names.TryAdd(written, name);
        }
    }

    private EntityPath? Find(EntityPath path, EntityPath? before)
    {
        lock (changing)
        {
            DateTimeOffset now = store.Clock.GetUtcNow();
            EntityPath? parent = path.Parent;
            EntityPath folder = parent?.Folded ?? Top;
            if (!folders.TryGetValue(folder, out (DateTimeOffset Time, Dictionary<string, string> Names) known) || now - known.Time > Fresh)
            {
                known = folders[folder] = (now, List(parent, before));
            }

            (string Small, string? Written) skeletons = NameSkeleton.Of(path.Name);
            string? other = Match(known.Names, path.Name, skeletons);
            if (other is not null && (other == before?.Name || !store.Names(parent).Contains(other, StringComparer.Ordinal)))
            {
                // The other name was removed meanwhile, or this change removes it.
                known = folders[folder] = (now, List(parent, before));
                other = Match(known.Names, path.Name, skeletons);
            }

            Enter(known.Names, path.Name, skeletons);
            return other is null ? null : StoredNames.Place(parent, other);
        }
    }

    private Dictionary<string, string> List(EntityPath? parent, EntityPath? before)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in store.Names(parent).Where(name => name != before?.Name))
        {
            Enter(names, name, NameSkeleton.Of(name));
        }

        return names;
    }
}
