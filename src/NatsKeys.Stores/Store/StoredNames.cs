using System.Collections.Concurrent;
using NatsKeys.Files;

namespace NatsKeys.Store;

/// <summary>
/// Finds the names of a store's entities as their files and folders spell them. Names are equal whatever their case. On a case-insensitive disk, a
/// file also opens under another spelling, so the disk's own spelling is looked up.
/// </summary>
/// <param name="layout">Knows where the files are.</param>
/// <param name="list">Lists the names of the children of a place.</param>
internal sealed class StoredNames(StoreLayout layout, Func<EntityPath?, IEnumerable<string>> list)
{
    private readonly NameIndex index = new();

    // The folders on a case-sensitive disk, where a name that is found is already in the stored spelling.
    private readonly ConcurrentDictionary<string, bool> exact = new(StringComparer.Ordinal);

    /// <summary>Finds a place under the name as it is stored; null if nothing is stored there.</summary>
    public EntityPath? Find(EntityPath path) => Disk.Current.FileExists(layout.FileOf(path)) ? Spell(path) : FindOther(path);

    /// <summary>Finds a place under the name as it is stored, if no file exists under the given name.</summary>
    public EntityPath? FindOther(EntityPath path)
    {
        EntityPath? parent = path.Parent is null || exact.ContainsKey(layout.FolderOf(path.Parent)) ? path.Parent : Find(path.Parent);
        return path.Parent is not null && parent is null ? null
            : index.Find(layout.FolderOf(parent), path.Name, () => list(parent)) is { } name ? Place(parent, name) : null;
    }

    /// <summary>Returns a place under the name as it is stored. An entity was already found there.</summary>
    public EntityPath Spell(EntityPath path)
    {
        if (exact.ContainsKey(layout.FolderOf(path.Parent)))
        {
            return path;
        }

        EntityPath? parent = path.Parent is null ? null : Spell(path.Parent);
        EntityPath place = Place(parent, path.Name);
        string folder = layout.FolderOf(parent);
        if (exact.ContainsKey(folder) || PathSpelling.InOtherCase(path.Name) is not { } other)
        {
            return place;
        }

        if (!Disk.Current.FileExists(layout.FileOf(Place(parent, other))))
        {
            exact[folder] = true;
            return place;
        }

        // Windows finds the spelling of one name without a list of all.
        string? stored = OperatingSystem.IsWindows()
            ? PathSpelling.Of(folder, Path.GetFileName(layout.PlaceOf(place)))
            : index.Find(folder, path.Name, () => list(parent));
        bool isFile = path.Kind == EntityKind.User && OperatingSystem.IsWindows();
        return stored is null ? place : Place(parent, isFile ? Path.GetFileNameWithoutExtension(stored) : stored);
    }

    /// <summary>Adds a name that this process has just created while it held the lock.</summary>
    public void Add(EntityPath path) => index.Add(layout.FolderOf(path.Parent), path.Name);

    /// <summary>Returns the place of a name below another place.</summary>
    public static EntityPath Place(EntityPath? parent, string name) => parent?.Child(name) ?? new EntityPath(name);
}
