using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>How the things in a backup are called: as the files of a store and its key root, whatever the system.</summary>
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

    /// <summary>What a file in it is, which says how large it may be.</summary>
    public static FileKind KindOf(string name) => name switch
    {
        Marker => FileKind.Marker,
        Rotations => FileKind.Rotations,
        _ when name.EndsWith(KeyRootLayout.CredentialExtension, StringComparison.Ordinal) => FileKind.Credential,
        _ when name.EndsWith(KeyRootLayout.KeyExtension, StringComparison.Ordinal) => FileKind.Key,
        _ => FileKind.Entity,
    };

    /// <summary>The place of an entity; null when the name is not that of one.</summary>
    public static EntityPath? ToEntity(string name) => Exactly(name, OfEntity, name.Split('/') switch
    {
        ["store", var owner, _] => new EntityPath(owner),
        ["store", var owner, _, var account, _] => new EntityPath(owner, account),
        ["store", var owner, _, var account, _, var file] => new EntityPath(owner, account, Path.GetFileNameWithoutExtension(file)),
        _ => null,
    });

    /// <summary>The user whose credentials have the name; null when it is not one of credentials.</summary>
    public static EntityPath? ToCredential(string name) => Exactly(name, OfCredential, name.Split('/') switch
    {
        [KeyRootLayout.Credentials, var owner, var account, var file] => new EntityPath(owner, account, Path.GetFileNameWithoutExtension(file)),
        _ => null,
    });

    /// <summary>The public key of a key file; null when the name is not that of one.</summary>
    public static string? ToKey(string name) =>
        name.Split('/') is [KeyRootLayout.Keys, var file]
            && PublicNkey.TryGetType(Path.GetFileNameWithoutExtension(file), out _)
            && OfKey(Path.GetFileNameWithoutExtension(file)) == name
            ? Path.GetFileNameWithoutExtension(file)
            : null;

    /// <summary>A name has one meaning and one spelling; whatever else would lead is none.</summary>
    private static EntityPath? Exactly(string name, Func<EntityPath, string> nameOf, EntityPath? path) =>
        path is not null
            && EntityName.IsValid(path.Operator)
            && EntityName.IsValid(path.Account ?? "-")
            && EntityName.IsValid(path.User ?? "-")
            && nameOf(path) == name
            ? path
            : null;
}
