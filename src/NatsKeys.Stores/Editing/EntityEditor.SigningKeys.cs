using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal sealed partial class EntityEditor
{
    /// <summary>Adds a key to the signing keys of an operator or account, and signs the owner again. The seed, if there is one, is stored.</summary>
    /// <param name="ownerPath">The operator or account.</param>
    /// <param name="key">The key; the token has only its public key.</param>
    /// <param name="signingKey">The key that signs the owner.</param>
    /// <param name="scope">The role and template of the key; null for a key that signs any user.</param>
    /// <exception cref="NatsKeysException">The key or role is already listed, the key has the wrong type, or no key may sign.</exception>
    public NatsSigningKey AddSigningKey(
        EntityPath ownerPath, NatsKeyPair key, SigningKeyChoice signingKey, NewScope? scope = null) => Conflicts.Retry(() =>
    {
        using StoreTransaction edit = Begin();
        EntityChangeResult changed = ChangeIn(edit, ownerPath, signingKey, newKey: key, owner =>
        {
            IEnumerable<string> listed = Listed(owner);
            key.Require(owner.Path.Kind.ToKeyType());
            if (key.PublicKey == owner.Subject || listed.Contains(key.PublicKey))
            {
                throw new NatsKeysException(
                    ErrorCode.SigningKeyExists, $"Key {key.PublicKey} is already the identity key or a signing key of {owner.Path}.");
            }

            if (owner is NatsAccount account)
            {
                account.Claims.SigningKeys.Add(ScopeEditing.Entry(account, key.PublicKey, scope));
            }
            else if (scope is not null)
            {
                throw new NatsKeysException(
                    ErrorCode.InvalidClaims, $"The {owner.Path} cannot have roles. Only signing keys of accounts can be scoped.");
            }
            else
            {
                ClaimLists.AddText(((OperatorClaims)owner.Wanted).SigningKeys, key.PublicKey);
            }
        });
        edit.Commit();
        return new NatsSigningKey(changed.Entity, key.PublicKey, (changed.Entity as NatsAccount)?.ScopeOf(key.PublicKey), key);
    });

    /// <summary>Changes the role, the description or the template of an account's signing key and signs the account again.</summary>
    /// <param name="accountPath">The account.</param>
    /// <param name="publicKey">The public key.</param>
    /// <param name="signingKey">The key that signs the account.</param>
    /// <param name="change">The change.</param>
    /// <returns>The changed key, and the users that it signed and that servers now reject.</returns>
    /// <exception cref="NatsKeysException">The key is not listed or has no role, the result would break a rule, or no key may sign.</exception>
    public SigningKeyChangeResult SetSigningKey(
        EntityPath accountPath, string publicKey, SigningKeyChoice signingKey, ScopeChangeRequest change)
    {
        NatsEntity[] refused = [];
        EntityChangeResult changed = Change(accountPath, signingKey, owner =>
        {
            if (owner is NatsOperator)
            {
                throw new NatsKeysException(
                    ErrorCode.InvalidClaims, $"The {owner.Path} cannot have roles. Only signing keys of accounts can be scoped.");
            }

            AccountSigningKey entry = (owner as NatsAccount)?.Claims.SigningKeys.LastOrDefault(key => key.Key == publicKey)
                ?? throw NotListed(owner, publicKey);
            bool wasScoped = entry.IsScoped;
            ScopeEditing.Apply((NatsAccount)owner, entry, change);

            // Users of a plain key may have permissions of their own. Once the key has a role, servers reject such users.
            refused = wasScoped ? [] : [.. SignedBy(owner, publicKey).Where(user => !(user.Wanted as UserClaims)!.Permissions.IsCleared)];
        });
        var account = (NatsAccount)changed.Entity;
        return new SigningKeyChangeResult(new NatsSigningKey(account, publicKey, account.ScopeOf(publicKey)), changed.IsChanged, refused)
        {
            Differences = changed.Differences,
        };
    }

    /// <summary>Removes a key from the signing keys of an operator or account, and signs the owner again. Its seed stays in the key root.</summary>
    /// <param name="ownerPath">The operator or account.</param>
    /// <param name="publicKey">The public key.</param>
    /// <param name="signingKey">The key that signs the owner.</param>
    /// <returns>The changed owner, and what the key signed, which is no longer valid.</returns>
    /// <exception cref="NatsKeysException">
    /// The key is not listed, it is the last one and the operator requires signing keys (<see cref="ErrorCode.LastSigningKey"/>), or no key may sign.
    /// </exception>
    public SigningKeyRemovalResult RemoveSigningKey(EntityPath ownerPath, string publicKey, SigningKeyChoice signingKey)
    {
        NatsEntity[] signed = [];
        NatsImport[] activated = [];
        EntityChangeResult changed = Change(ownerPath, signingKey, owner =>
        {
            if (!Listed(owner).Contains(publicKey))
            {
                throw NotListed(owner, publicKey);
            }

            RequireAnother(owner, publicKey);

            // What the key signed is determined first: if that fails, nothing has changed.
            signed = [.. SignedBy(owner, publicKey)];
            activated = [.. ActivatedBy(owner, publicKey)];
            ListedKeys.Remove(owner.Wanted, publicKey);
        });
        return new SigningKeyRemovalResult(
            changed.Entity, publicKey, new PrintableList<NatsEntity>(signed), new PrintableList<NatsImport>(activated));
    }

    /// <summary>Gets the children of an owner that a key signed.</summary>
    /// <param name="owner">The operator or account.</param>
    /// <param name="publicKey">The public key.</param>
    public IEnumerable<NatsEntity> SignedBy(NatsEntity owner, string publicKey) =>
        Store.Children(owner).Where(child => child.Issuer == publicKey);

    /// <summary>The error about a key or role that an owner does not list.</summary>
    internal static NatsKeysException NotListed(NatsEntity owner, string publicKey) => RoleNames.Unknown(
        $"Key {SecretShape.Show(publicKey)} is not a signing key of {owner.Path}.", RoleNames.Suggest(owner, publicKey));

    /// <summary>Gets the imports of other accounts whose activation the key signed.</summary>
    private static IEnumerable<NatsImport> ActivatedBy(NatsEntity owner, string publicKey) => owner is not NatsAccount account
        ? []
        : account.Siblings()
            .SelectMany(
                other => other.Claims.Imports.Where(import => import.Account == account.Subject).Select(import => new NatsImport(other, import)))
            .Where(import => import.Activation?.Issuer == publicKey);

    /// <summary>Throws if the key is the last one and only signing keys may sign: no later change of the owner could be signed.</summary>
    private static void RequireAnother(NatsEntity owner, string publicKey)
    {
        bool isStrict = (owner as NatsOperator ?? (NatsOperator)owner.Parent).RequireSigningKeys;
        if (isStrict && !Listed(owner).Any(key => key != publicKey))
        {
            throw new NatsKeysException(
                ErrorCode.LastSigningKey,
                $"Key {publicKey} is the last signing key of {owner.Path}, and the operator requires signing keys.");
        }
    }

    private static IEnumerable<string> Listed(NatsEntity owner) => owner.Path.Kind == EntityKind.User
        ? throw new NatsKeysException(ErrorCode.InvalidClaims, $"The {owner.Path} cannot have signing keys. Only operators and accounts can.")
        : owner.Wanted.ListedKeys;
}
