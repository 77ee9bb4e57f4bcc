using NatsKeys.Files;
using NatsKeys.KeyRoot;

namespace NatsKeys.Store;

/// <summary>The credentials that a store keeps for the users of an account, as far as files are there.</summary>
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

    /// <summary>The file of a user's credentials; null where there is none.</summary>
    public string? Find(string user) => files.GetValueOrDefault(user);

    /// <summary>The names, sorted, for which there are credentials, and that are those of none of the users.</summary>
    public IEnumerable<string> Except(IEnumerable<string> users) =>
        files.Count == 0 ? [] : files.Keys.Except(users, StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);
}
