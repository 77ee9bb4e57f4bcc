using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Benchmarks;

/// <summary>A store with one account, in a temporary folder.</summary>
internal sealed class StoreOnDisk
{
    public StoreOnDisk()
    {
        Folder = Directory.CreateTempSubdirectory("natskeys-benchmark-").FullName;
        Store = StoreRoots.Create(Path.Combine(Folder, "store"), Path.Combine(Folder, "keys"));
        using var editor = new EntityEditor(Store);
        editor.CreateOperator(new NewEntity("O"));
        Account = editor.CreateAccount(new NewEntity("A"), new EntityPath("O")).Path;
    }

    public string Folder { get; }

    public NatsStore Store { get; }

    public EntityPath Account { get; }

    /// <summary>The folder in which the files of the users lie.</summary>
    public string Users => Path.Combine(Folder, "store", "O", "accounts", "A", "users");

    /// <summary>Replaces the entities and keys of another store by those of this one.</summary>
    public void CopyTo(StoreOnDisk other)
    {
        foreach (string part in new[] { "store", "keys" })
        {
            string target = Path.Combine(other.Folder, part);
            Directory.Delete(target, recursive: true);
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Folder, part), "*", SearchOption.AllDirectories))
            {
                string copy = Path.Combine(target, Path.GetRelativePath(Path.Combine(Folder, part), file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }

    public void Delete() => Directory.Delete(Folder, recursive: true);
}
