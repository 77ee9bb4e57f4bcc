namespace NatsKeys.Store;

/// <summary>
/// The names in folders as they are stored, so that one of another case is found, or known not to be there, without listing its folder
/// again and again. A folder is listed anew once its time has changed. Whoever adds a name within the step of the file system's clock may
/// be overlooked: by then a name of the very same spelling has been looked for in the file system itself.
/// </summary>
internal sealed class NameIndex
{
    private readonly Lock changing = new();
    private readonly Dictionary<string, (DateTime Time, NameSet Names)> folders = new(StringComparer.Ordinal);

    /// <summary>A name as it is stored; null when none is the same but for its case.</summary>
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

    /// <summary>Names that are the same whatever their case. Where a disk has two of one name, each is found by its own spelling.</summary>
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
