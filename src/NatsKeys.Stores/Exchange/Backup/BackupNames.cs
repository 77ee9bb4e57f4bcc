using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>
/// The names of entries in a backup. They are the relative paths of a store and its key root, with the same separators on every system.
/// </summary>
internal static class BackupNames
{
    public const string Marker = $"store/{StoreLayout.MarkerName}";
    public const string Rotations = $"store/{RotationFile.Name}";

    public static string OfEntity(EntityPath path) => path.Kind switch
    {
        EntityKind.Operator => $"store/{path.Operator}/operator.yaml",
        EntityKind.Account => $"store/{path.Operator}/accounts/{path.Account}/account.yaml",
        _ => $"store/{path.Operator}/accounts/{path.Account}/users/{path.User}.yaml",
    };

    public static string OfCredential(EntityPath user) =>
        $"{KeyRootLayout.Credentials}/{user.Operator}/{user.Account}/{user.User}{KeyRootLayout.CredentialExtension}";

    public static string OfKey(string publicKey) => $"{KeyRootLayout.Keys}/{publicKey}{KeyRootLayout.KeyExtension}";

    /// <summary>The kind of file that an entry is. The kind limits its size.</summary>
    public static FileKind KindOf(string name) => name switch
    {
        Marker => FileKind.Marker,
        Rotations => FileKind.Rotations,
        _ when name.EndsWith(KeyRootLayout.CredentialExtension, StringComparison.Ordinal) => FileKind.Credential,
        _ when name.EndsWith(KeyRootLayout.KeyExtension, StringComparison.Ordinal) => FileKind.Key,
        _ => FileKind.Entity,
    };

    /// <summary>The path of an entity; null if the name is not that of an entity.</summary>
    public static EntityPath? ToEntity(string name) => Exactly(name, OfEntity, name.Split('/') switch
    {
        ["store", var owner, _] => new EntityPath(owner),
        ["store", var owner, _, var account, _] => new EntityPath(owner, account),
        ["store", var owner, _, var account, _, var file] => new EntityPath(owner, account, Path.GetFileNameWithoutExtension(file)),
        _ => null,
    });

    /// <summary>The user whose credentials have this name; null if the name is not that of credentials.</summary>
    public static EntityPath? ToCredential(string name) => Exactly(name, OfCredential, name.Split('/') switch
    {
        [KeyRootLayout.Credentials, var owner, var account, var file] => new EntityPath(owner, account, Path.GetFileNameWithoutExtension(file)),
        _ => null,
    });

    /// <summary>The public key of a key file; null if the name is not that of a key file.</summary>
    public static string? ToKey(string name) =>
        name.Split('/') is [KeyRootLayout.Keys, var file]
            && PublicNkey.TryGetType(Path.GetFileNameWithoutExtension(file), out _)
            && OfKey(Path.GetFileNameWithoutExtension(file)) == name
            ? Path.GetFileNameWithoutExtension(file)
            : null;

    /// <summary>Accepts only the canonical spelling of a name, so that each entry has one name.</summary>
    private static EntityPath? Exactly(string name, Func<EntityPath, string> nameOf, EntityPath? path) =>
        path is not null
            && EntityName.IsValid(path.Operator)
            && EntityName.IsValid(path.Account ?? "-")
            && EntityName.IsValid(path.User ?? "-")
            && nameOf(path) == name
            ? path
            : null;
}
