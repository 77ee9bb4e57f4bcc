using System.Collections.Concurrent;
using NatsKeys.Files;

namespace NatsKeys.Store;

/// <summary>
/// The names of a store's entities as their files and folders spell them. Names are the same whatever their case. Some disks agree, and open what
/// was stored under another spelling: the spelling that counts is always that of the disk.
/// </summary>
/// <param name="layout">Where the files lie.</param>
/// <param name="list">Lists the names below a place.</param>
internal sealed class StoredNames(StoreLayout layout, Func<EntityPath?, IEnumerable<string>> list)
{
    private readonly NameIndex index = new();

    // The folders on a case-sensitive disk: there the stored spelling is the requested one.
    private readonly ConcurrentDictionary<string, bool> exact = new(StringComparer.Ordinal);

    /// <summary>A place under the name as it is stored; null when nothing is there.</summary>
    public EntityPath? Find(EntityPath path) => Disk.Current.FileExists(layout.FileOf(path)) ? Spell(path) : FindOther(path);

    /// <summary>A place under the name as it is stored, where no file lies under the name that was given.</summary>
    public EntityPath? FindOther(EntityPath path)
    {
        EntityPath? parent = path.Parent is null || exact.ContainsKey(layout.FolderOf(path.Parent)) ? path.Parent : Find(path.Parent);
        return path.Parent is not null && parent is null ? null
            : index.Find(layout.FolderOf(parent), path.Name, () => list(parent)) is { } name ? Place(parent, name) : null;
    }

    /// <summary>A place where something was found, under the name as it is stored.</summary>
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

    /// <summary>The place of a name below another place.</summary>
    public static EntityPath Place(EntityPath? parent, string name) => parent?.Child(name) ?? new EntityPath(name);
}
