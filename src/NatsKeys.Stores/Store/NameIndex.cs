namespace NatsKeys.Store;

/// <summary>
/// Caches the names in folders as they are stored, so that a name in another case is found, or known to be missing, without listing the folder each
/// time. A folder is listed again when its time has changed. A name that another process adds within one step of the file system's clock may be
/// missed. That matters little: the exact spelling has already been looked up in the file system itself.
/// </summary>
internal sealed class NameIndex
{
    private readonly Lock changing = new();
    private readonly Dictionary<string, (DateTime Time, NameSet Names)> folders = new(StringComparer.Ordinal);

    /// <summary>Finds a name as it is stored; null if no stored name equals it apart from case.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The name.</param>
    /// <param name="list">Lists the names in the folder.</param>
    public string? Find(string folder, string name, Func<IEnumerable<string>> list)
    {
        lock (changing)
        {
            DateTime time = Directory.GetLastWriteTimeUtc(folder);
            if (!folders.TryGetValue(folder, out (DateTime Time, NameSet Names) known) || known.Time != time)
            {
                known = (time, new NameSet(list()));
                folders[folder] = known;
            }

            return known.Names.Find(name);
        }
    }

    /// <summary>Adds a name that this process has just created in a folder while it held the lock.</summary>
    public void Add(string folder, string name)
    {
        lock (changing)
        {
            if (folders.TryGetValue(folder, out (DateTime Time, NameSet Names) known))
            {
                known.Names.Add(name);
                folders[folder] = (Directory.GetLastWriteTimeUtc(folder), known.Names);
            }
        }
    }

    /// <summary>
    /// A set of names that are equal whatever their case. If a disk has two that differ only in case, each is found by its exact spelling.
    /// </summary>
    private sealed class NameSet
    {
        private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<string> twins = new(StringComparer.Ordinal);

        public NameSet(IEnumerable<string> names)
        {
            foreach (string name in names)
            {
                Add(name);
            }
        }

        public void Add(string name)
        {
            if (!names.Add(name))
            {
                twins.Add(name);
            }
        }

        public string? Find(string name) => twins.Contains(name) ? name : names.TryGetValue(name, out string? stored) ? stored : null;
    }
}
