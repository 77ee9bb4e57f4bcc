using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal sealed partial class EntityEditor
{
    /// <summary>Renames an entity, in its token and in the store. Its children move with it.</summary>
    /// <param name="path">The entity.</param>
    /// <param name="newName">Its new name.</param>
    /// <param name="signingKey">The key that signs it.</param>
    /// <exception cref="NatsKeysException">The new name is taken or not valid, the entity does not exist, or no key may sign.</exception>
    public EntityChangeResult Rename(EntityPath path, string newName, SigningKeyChoice signingKey) => Conflicts.Retry(() =>
    {
        string name = EntityName.Check(newName);
        using StoreTransaction edit = Begin();
        NatsEntity entity = Store.Get(path);
        EntityPath target = entity.Path.Parent?.Child(name) ?? new EntityPath(name);
        if (target == entity.Path)
        {
            return new EntityChangeResult(entity, IsChanged: false);
        }

        if (!name.Equals(entity.Name, StringComparison.OrdinalIgnoreCase))
        {
            RequireFree(target);
        }

        EntityChangeResult change = RenameIn(edit, entity.Draft(), target, signingKey);
        edit.Commit();
        return change;
    });

    private EntityChangeResult RenameIn(StoreTransaction edit, NatsEntity entity, EntityPath target, SigningKeyChoice signingKey)
    {
        ISigner signer = FindSigner(signingKey, entity);
        entity.Wanted.Name = target.Name;
        CredentialFile.RequireFree(Store, entity.Path, target);
        bool leavesRole = UserScope.Fit(entity, signer.PublicKey);
        EntityDocument document = SignClaims(target, entity.Wanted, signer, entity.Above, entity.Document);
        Store.LookAlikes.Warn(target, before: entity.Path);
        edit.Move(entity.Path, target);
        edit.Save(target, document);
        return new EntityChangeResult(Store.Make(target, document, entity.Above), IsChanged: true) { LeavesRole = leavesRole };
    }
}
