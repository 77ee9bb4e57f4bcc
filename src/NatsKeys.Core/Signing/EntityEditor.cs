using NatsKeys.Claims;
using NatsKeys.Entities;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;
using NatsKeys.Validation;

namespace NatsKeys.Signing;

/// <summary>
/// Makes and changes the entities of one store. Everything is checked, and the signing key found, before anything is written; every
/// change is applied to the newest state of its entity.
/// </summary>
/// <param name="store">The store.</param>
public sealed class EntityEditor(NatsStore store) : IDisposable
{
    private readonly SignerFinder signers = new(store.Keys);

    /// <summary>Refuses a place that is taken.</summary>
    /// <param name="path">The place.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityExists"/>: something of this name is there, whatever its case.</exception>
    public void RequireFree(EntityPath path)
    {
        if (store.Load(path) is { } taken)
        {
            throw new NatsKeysException(ErrorCode.EntityExists, $"There is {(taken.Path.Kind == EntityKind.User ? "a" : "an")} {taken.Path} already in the store {store.Location}.");
        }
    }

    /// <summary>Makes an operator, signed by its own identity key.</summary>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="NatsKeysException">The name is taken or cannot be one, or the key cannot sign.</exception>
    public NatsOperator CreateOperator(NewEntity request)
    {
        var path = new EntityPath(EntityName.Check(request.Name));
        return (NatsOperator)Create(path, NatsKeyType.Operator, request, new OperatorClaims(), parent: null, (subject, claims) =>
        {
            // Nothing stands above an operator: what it will be is what its signer must belong to.
            var future = (NatsOperator)store.Make(path, new EntityDocument(claims, Jwt: null), parent: null);
            SigningKeyChoice choice = request.SigningKey == SigningKeyChoice.Default ? SigningKeyChoice.Of(subject) : request.SigningKey;
            return signers.Find(choice, future, future.TrustedIssuers, path.ToString());
        });
    }

    /// <summary>Makes an account of an operator.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="operatorPath">The operator.</param>
    /// <exception cref="NatsKeysException">The name is taken or cannot be one, or there is no key that may sign.</exception>
    public NatsAccount CreateAccount(NewEntity request, EntityPath operatorPath)
    {
        NatsEntity parent = store.Get(operatorPath);
        EntityPath path = parent.Path.Child(EntityName.Check(request.Name));
        return (NatsAccount)Create(
            path, NatsKeyType.Account, request, new AccountClaims(), parent, (_, _) => FindSigner(request.SigningKey, parent, path));
    }

    /// <summary>Makes a user of an account.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="accountPath">The account.</param>
    /// <exception cref="NatsKeysException">The name is taken or cannot be one, or there is no key that may sign.</exception>
    public NatsUser CreateUser(NewEntity request, EntityPath accountPath)
    {
        var parent = (NatsAccount)store.Get(accountPath);
        EntityPath path = parent.Path.Child(EntityName.Check(request.Name));
        var claims = new UserClaims();
        return (NatsUser)Create(path, NatsKeyType.User, request, claims, parent, (_, _) =>
        {
            ISigner signer = FindSigner(request.SigningKey, parent, path);
            claims.IssuerAccount = signer.PublicKey == parent.Subject ? null : parent.Subject;
            SetPermissions(claims, request, parent.ScopeOf(signer.PublicKey));
            return signer;
        });
    }

    /// <summary>Puts a key on the list of an operator's or account's signing keys and signs its owner again. The seed, where there is one, is kept.</summary>
    /// <param name="ownerPath">The operator or account.</param>
    /// <param name="key">The key; only its public half is recorded in the token.</param>
    /// <param name="signingKey">The key that signs the owner.</param>
    /// <param name="scope">The role and template of the key; null for a key that signs any user.</param>
    /// <exception cref="NatsKeysException">The key or role is listed already, the key is of the wrong type, or there is no key that may sign.</exception>
    public NatsSigningKey AddSigningKey(EntityPath ownerPath, NatsKeyPair key, SigningKeyChoice signingKey, NewScope? scope = null)
    {
        AccountSigningKey? entry = null;
        NatsEntity changed = Edit(ownerPath, signingKey, newKey: key, owner =>
        {
            key.Require(owner.Kind == EntityKind.Operator ? NatsKeyType.Operator : NatsKeyType.Account);
            if (key.PublicKey == owner.Subject || Listed(owner).Contains(key.PublicKey))
            {
                throw new NatsKeysException(ErrorCode.SigningKeyExists, $"Key {key.PublicKey} is the identity or a signing key of {owner.Path} already.");
            }

            if (owner is NatsAccount account)
            {
                entry = ScopeEditing.Entry(account, key.PublicKey, scope);
                account.Claims.SigningKeys.Add(entry);
            }
            else if (scope is not null)
            {
                throw new NatsKeysException(ErrorCode.InvalidClaims, $"The {owner.Path} has no roles: only signing keys of accounts can be scoped.");
            }
            else
            {
                ClaimLists.AddText(((OperatorClaims)owner.Wanted).SigningKeys, key.PublicKey);
            }
        });
        return new NatsSigningKey(changed, key.PublicKey, entry is { IsScoped: true } ? entry : null, key);
    }

    /// <summary>Takes a key off the list of an operator's or account's signing keys and signs its owner again. Its seed stays in the key store.</summary>
    /// <param name="ownerPath">The operator or account.</param>
    /// <param name="publicKey">The key's public half.</param>
    /// <param name="signingKey">The key that signs the owner.</param>
    /// <returns>The changed owner, and the entities that the key had signed: from now on they are not valid.</returns>
    /// <exception cref="NatsKeysException">The key is not listed, or there is no key that may sign.</exception>
    public SigningKeyRemoval RemoveSigningKey(EntityPath ownerPath, string publicKey, SigningKeyChoice signingKey)
    {
        NatsEntity[] signed = [];
        NatsEntity changed = Edit(ownerPath, signingKey, newKey: null, owner =>
        {
            if (!Listed(owner).Contains(publicKey))
            {
                throw new NatsKeysException(ErrorCode.KeyNotFound, $"Key {SecretShape.Show(publicKey)} is not a signing key of {owner.Path}.");
            }

            // What the key had signed is found out first: when that fails, nothing has changed.
            signed = [.. SignedBy(owner, publicKey)];
            if (owner.Wanted is AccountClaims account)
            {
                account.SigningKeys.RemoveAll(key => key.Key == publicKey);
            }
            else
            {
                ((OperatorClaims)owner.Wanted).SigningKeys.RemoveAll(key => key == publicKey);
            }
        });
        return new SigningKeyRemoval(changed, publicKey, signed);
    }

    /// <summary>The entities right below an owner that one key signed.</summary>
    /// <param name="owner">The operator or account.</param>
    /// <param name="publicKey">The key's public half.</param>
    public IEnumerable<NatsEntity> SignedBy(NatsEntity owner, string publicKey) => store.Children(owner).Where(child => child.Issuer == publicKey);

    /// <summary>Forgets the keys that were read for signing.</summary>
    public void Dispose() => signers.Dispose();

    private static IEnumerable<string> Listed(NatsEntity owner) => owner.Wanted switch
    {
        AccountClaims account => account.SigningKeys.Select(key => key.Key),
        OperatorClaims operatorClaims => operatorClaims.SigningKeys,
        _ => throw new NatsKeysException(ErrorCode.InvalidClaims, $"The {owner.Path} has no signing keys: only operators and accounts have."),
    };

    private ISigner FindSigner(SigningKeyChoice choice, NatsEntity parent, EntityPath path, NatsEntity? current = null) =>
        signers.Find(choice, parent, current?.TrustedIssuers ?? parent.TrustedKeys, path.ToString(), current?.Issuer);

    /// <summary>Under a scope, its template holds: servers refuse users of a scoped key that bring anything of their own.</summary>
    private static void SetPermissions(UserClaims claims, NewEntity request, AccountSigningKey? scope)
    {
        if (scope is null)
        {
            claims.Permissions = request.Permissions ?? claims.Permissions;
        }
        else if (request.Permissions is null)
        {
            claims.Permissions.Clear();
        }
        else
        {
            throw new NatsKeysException(
                ErrorCode.SigningKeyNotAllowed, $"The user '{request.Name}' cannot have permissions and limits of its own: the signing key of role '{scope.Role}' gives it those of its template. Nothing was signed.");
        }
    }

    private NatsEntity Create(
        EntityPath path, NatsKeyType type, NewEntity request, ClaimSet claims, NatsEntity? parent, Func<NatsKeyPair, ClaimSet, ISigner> findSigner)
    {
        using IDisposable change = store.BeginChange();
        RequireFree(path);
        request.Key?.Require(type);
        NatsKeyPair? generated = request.Key is null ? NatsKeyPair.Generate(type) : null;
        NatsKeyPair key = request.Key ?? generated!;
        try
        {
            claims.Name = path.Name;
            claims.Subject = key.PublicKey;
            SetTimes(claims, request);
            claims.Tags = ClaimLists.Folded(request.Tags);
            return SignAndSave(path, claims, findSigner(key, claims), key, parent);
        }
        finally
        {
            generated?.Dispose();
        }
    }

    private void SetTimes(ClaimSet claims, NewEntity request)
    {
        DateTimeOffset now = store.Clock.GetUtcNow();
        if (request.Expires <= now)
        {
            throw new NatsKeysException(ErrorCode.InvalidTime, $"The expiry {request.Expires:u} of '{request.Name}' is in the past.");
        }

        if (request.Expires <= request.NotBefore)
        {
            throw new NatsKeysException(ErrorCode.InvalidTime, $"'{request.Name}' would expire at {request.Expires:u}, before it becomes valid at {request.NotBefore:u}.");
        }

        claims.Expires = request.Expires?.ToUnixTimeSeconds() ?? 0;
        claims.NotBefore = request.NotBefore?.ToUnixTimeSeconds() ?? 0;
    }

    /// <summary>Changes the newest state of an entity and signs it again, while nobody else changes the store.</summary>
    private NatsEntity Edit(EntityPath path, SigningKeyChoice signingKey, NatsKeyPair? newKey, Action<NatsEntity> change)
    {
        using IDisposable turn = store.BeginChange();
        NatsEntity entity = store.Get(path);
        ISigner signer = FindSigner(signingKey, entity.Parent, entity.Path, entity);
        change(entity);
        return SignAndSave(entity.Path, entity.Wanted, signer, newKey, entity.Path.Parent is null ? null : entity.Parent);
    }

    /// <summary>What servers would refuse is not signed. Time is no such rule: what has expired may still be changed.</summary>
    private void RequireRules(EntityPath path, ClaimSet claims)
    {
        Finding[] broken = [.. ClaimValidator.Check(claims, store.Clock.GetUtcNow()).Where(finding => finding.Severity == FindingSeverity.Error)];
        if (broken.Length > 0)
        {
            string list = string.Join("; ", broken.Select(finding => $"{finding.Message.TrimEnd('.')} ({finding.Rule})"));
            throw new NatsKeysException(ErrorCode.RuleBroken, $"The {path} would break rules that servers enforce: {list}. Nothing was signed.");
        }
    }

    /// <summary>Signs, then keeps the new key, then saves: what fails leaves nothing behind.</summary>
    private NatsEntity SignAndSave(EntityPath path, ClaimSet claims, ISigner signer, NatsKeyPair? newKey, NatsEntity? parent)
    {
        // The identifier of a token covers its time, but not what it allows. Resolvers take two tokens with one identifier for the same, so
        // what changes twice in a second is issued one second later.
        long issuedAt = Math.Max(store.Clock.GetUtcNow().ToUnixTimeSeconds(), claims.IssuedAt + 1);
        RequireRules(path, claims);
        var document = new EntityDocument(claims, JwtWriter.Write(claims, signer, issuedAt));
        bool keepsKey = newKey is { HasSeed: true } && !store.Keys.Contains(newKey.PublicKey);
        try
        {
            if (keepsKey)
            {
                store.Keys.Add(newKey!);
            }

            store.Save(path, document);
        }
        catch when (keepsKey)
        {
            store.Keys.Remove(newKey!.PublicKey);
            throw;
        }

        return store.Make(path, document, parent);
    }
}
