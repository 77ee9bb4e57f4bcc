using NatsKeys.Files;
using NatsKeys.KeyRoot;

namespace NatsKeys.Store;

/// <summary>The credentials files that a store has for the users of an account.</summary>
internal sealed class CredentialFolder
{
    private readonly Dictionary<string, string> files = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: the folder cannot be listed.</exception>
    public CredentialFolder(NatsStore store, EntityPath account)
    {
        if (CredentialFile.PlaceOf(store, account) is not { } folder || !Directory.Exists(folder))
        {
            return;
        }

        foreach (string file in SafeFiles.Guarded(folder, () => Directory.GetFiles(folder, "*" + KeyRootLayout.CredentialExtension)))
        {
            files.TryAdd(EntityName.Compose(Path.GetFileNameWithoutExtension(file)), file);
        }
    }

    /// <summary>Finds the file of a user's credentials; null if there is none.</summary>
    public string? Find(string user) => files.GetValueOrDefault(user);

    /// <summary>Gets the sorted names that have credentials but belong to none of the users.</summary>
    public IEnumerable<string> Except(IEnumerable<string> users) =>
        files.Count == 0 ? [] : files.Keys.Except(users, StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);
}
