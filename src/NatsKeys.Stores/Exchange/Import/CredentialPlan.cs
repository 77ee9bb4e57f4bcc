using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>Plans what is imported from credentials, depending on the entities that are imported with them.</summary>
internal sealed class CredentialPlan(NatsStore store, EntityPlan entities, bool overwrite)
{
    /// <summary>Plans credentials in nsc's folders, whose names are those of the operator, account and user.</summary>
    /// <exception cref="NatsKeysException">The credentials are invalid, or their user is neither imported nor in the store.</exception>
    public ImportItem[] Kept(string root, string file)
    {
        using NatsCredential credential = Read(file);
        string[] names = Path.ChangeExtension(Path.GetRelativePath(root, file), null).Split(Path.DirectorySeparatorChar);
        (EntityPath Path, string? Subject)? found = names is [var owner, var account, var user]
            ? entities.At(new EntityPath(owner, account, user))
            : null;
        return found is { } there && there.Subject == credential.Subject
            ? FileOf(file, there.Path)
            : throw SourceFault.Of(
                ErrorCode.EntityNotFound,
                file,
                $"It belongs to user {credential.Subject}, which is neither imported nor in the store under the names of its folders");
    }

    /// <summary>Plans credentials outside of nsc's folders. The user, its key and the file are imported from them.</summary>
    /// <exception cref="NatsKeysException">The credentials are invalid, or the account of their user is unknown.</exception>
    public ImportItem[] Loose(string file)
    {
        using NatsCredential credential = Read(file);
        EntityPath path = entities.PlaceOf(credential.Token, file);
        var key = new ImportedKey(store, file);

        // If the user's token is also imported from its own file, that token is used instead of the one in the credentials.
        return entities.Find(path) is { } own && own.Jwt.Subject == credential.Subject
            ? [key, .. FileOf(file, own.Path)]
            : [entities.Add(file, path, credential.Token), key, .. FileOf(file, path)];
    }

    /// <summary>Imports the credentials file; only its seed if the store has no place for credentials.</summary>
    private ImportItem[] FileOf(string file, EntityPath user) => CredentialFile.PlaceOf(store, user) is { } target
        ? [new ImportedCredential(store, file, user, target, overwrite)]
        : [new ImportedKey(store, file)];

    private static NatsCredential Read(string file)
    {
        NatsCredential credential = CredentialFile.Read(file);
        if (credential.Matches)
        {
            return credential;
        }

        string message = $"Its seed is that of {credential.KeyPair.PublicKey}, not of the user {credential.Subject} of its token";
        credential.Dispose();
        throw SourceFault.Of(ErrorCode.InvalidCredential, file, message);
    }
}
