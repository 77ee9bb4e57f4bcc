using NatsKeys.Claims;
using NatsKeys.Credentials;
using NatsKeys.Entities;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;
using NatsKeys.Validation;

namespace NatsKeys.Editing;

/// <summary>
/// Makes and changes the entities of one store. Everything is checked, and the signing key found, before anything is written; every
/// change is applied to the newest state of its entity.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="keys">The keys that may sign; the editor disposes them.</param>
/// <param name="isRehearsal">
/// Whether all is done but the signing and the writing: what would go wrong does so, and nothing changes. What the editor gives then is not signed.
/// </param>
public sealed class EntityEditor(NatsStore store, KeyRing keys, bool isRehearsal = false) : IDisposable
{
    private readonly SignerFinder signers = new(keys);

    /// <summary>Signs with the keys of the store's key root alone.</summary>
    /// <param name="store">The store.</param>
    public EntityEditor(NatsStore store)
        : this(store, new KeyRing(store.Keys))
    {
    }

    internal NatsStore Store => store;

    internal KeyRing Keys => keys;

    /// <summary>Whether nothing is signed or written.</summary>
    internal bool IsRehearsal => isRehearsal;

    /// <summary>Takes the right to change the store, or to do as if.</summary>
    internal StoreChange Begin() => isRehearsal ? new RehearsedChange(store) : store.BeginChange();

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
        using StoreChange change = Begin();
        NatsOperator made = CreateOperator(change, request);
        change.Commit();
        return made;
    }

    /// <summary>Makes an account of an operator.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="operatorPath">The operator.</param>
    /// <exception cref="NatsKeysException">The name is taken or cannot be one, or there is no key that may sign.</exception>
    public NatsAccount CreateAccount(NewEntity request, EntityPath operatorPath)
    {
        using StoreChange change = Begin();
        NatsAccount made = CreateAccount(change, request, operatorPath);
        change.Commit();
        return made;
    }

    /// <summary>Makes a user of an account.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="accountPath">The account.</param>
    /// <exception cref="NatsKeysException">The name is taken or cannot be one, or there is no key that may sign.</exception>
    public NatsUser CreateUser(NewEntity request, EntityPath accountPath)
    {
        using StoreChange change = Begin();
        NatsUser made = CreateUser(change, request, accountPath);
        change.Commit();
        return made;
    }

    internal NatsOperator CreateOperator(StoreChange change, NewEntity request)
    {
        var path = new EntityPath(EntityName.Check(request.Name));
        return (NatsOperator)Create(change, path, NatsKeyType.Operator, request, new OperatorClaims(), parent: null, (subject, claims) =>
        {
            // Nothing stands above an operator: what it will be is what its signer must belong to.
            var future = (NatsOperator)store.Make(path, new EntityDocument(claims, Jwt: null), parent: null);
            SigningKeyChoice choice = request.SigningKey == SigningKeyChoice.Default ? SigningKeyChoice.Of(subject) : request.SigningKey;
            return signers.Find(choice, future, future.TrustedIssuers, path.ToString());
        });
    }

    internal NatsAccount CreateAccount(StoreChange change, NewEntity request, EntityPath operatorPath)
    {
        NatsEntity parent = change.GetShared(operatorPath);
        EntityPath path = parent.Path.Child(EntityName.Check(request.Name));
        return (NatsAccount)Create(
            change, path, NatsKeyType.Account, request, new AccountClaims(), parent, (_, _) => FindSigner(request.SigningKey, parent, path.ToString()));
    }

    internal NatsUser CreateUser(StoreChange change, NewEntity request, EntityPath accountPath)
    {
        var parent = (NatsAccount)change.GetShared(accountPath);
        EntityPath path = parent.Path.Child(EntityName.Check(request.Name));
        var claims = new UserClaims();
        return (NatsUser)Create(change, path, NatsKeyType.User, request, claims, parent, (_, _) =>
        {
            ISigner signer = FindSigner(request.SigningKey, parent, path.ToString());
            claims.Permissions = request.Permissions ?? claims.Permissions;
            UserScope.Enter(claims, parent, signer.PublicKey, isAsked: request.Permissions is not null);
            return signer;
        });
    }

    /// <summary>
    /// Changes the newest state of an entity and signs it again, while nobody else changes the store. What changes nothing is neither
    /// signed nor written, unless another key than the current issuer is asked for.
    /// </summary>
    /// <param name="path">The entity.</param>
    /// <param name="signingKey">The key that signs it.</param>
    /// <param name="change">Changes the claims of the entity that it is given.</param>
    /// <exception cref="NatsKeysException">The entity is not there, what it would become breaks a rule, or there is no key that may sign.</exception>
    public EntityChange Change(EntityPath path, SigningKeyChoice signingKey, Action<NatsEntity> change)
    {
        using StoreChange turn = Begin();
        EntityChange changed = ChangeIn(turn, path, signingKey, newKey: null, change);
        turn.Commit();
        return changed;
    }

    /// <summary>Forgets the keys that were read for signing, and waits until the disk has what was made.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: the disk did not take it.</exception>
    public void Dispose()
    {
        keys.Dispose();
        store.Flush();
    }

    /// <summary>Changes an entity together with other things, and keeps a key that comes with it.</summary>
    internal EntityChange ChangeIn(StoreChange turn, EntityPath path, SigningKeyChoice signingKey, NatsKeyPair? newKey, Action<NatsEntity> change)
    {
        NatsEntity entity = turn.Get(path);
        ClaimSet claims = entity.Wanted;
        (long expires, long notBefore) = (claims.Expires, claims.NotBefore);
        byte[] before = ClaimJson.WishOf(claims);

        // A key that was asked for must be good even where nothing is left to sign.
        ISigner? asked = signingKey == SigningKeyChoice.Default ? null : FindSigner(signingKey, entity);
        bool leavesRole = asked is not null && entity is NatsUser leaving && UserScope.Leave(leaving, asked);
        change(entity);
        if (entity is NatsUser scoped && (asked?.PublicKey ?? entity.Issuer) is { } issuer && ((NatsAccount)scoped.Parent).ScopeOf(issuer) is not null)
        {
            // A key that had no role when it signed the user has one now: then there is something to sign.
            UserScope.Enter(scoped.Claims, (NatsAccount)scoped.Parent, issuer);
        }

        if ((asked is null || asked.PublicKey == entity.Issuer) && before.SequenceEqual(ClaimJson.WishOf(claims)))
        {
            return new EntityChange(entity, IsChanged: false);
        }

        ISigner signer = asked ?? FindSigner(signingKey, entity);
        if (entity is NatsUser user)
        {
            UserScope.Enter(user.Claims, (NatsAccount)user.Parent, signer.PublicKey);
        }

        return Finish(turn, entity, signer, newKey, expires, notBefore) with { LeavesRole = leavesRole };
    }

    /// <summary>Signs an entity as it is, together with other things.</summary>
    internal EntityChange Sign(StoreChange turn, NatsEntity entity, ISigner signer, NatsKeyPair? newKey, long expires, long notBefore)
    {
        bool leavesRole = Fit(entity, signer);
        return Finish(turn, entity, signer, newKey, expires, notBefore) with { LeavesRole = leavesRole };
    }

    /// <summary>What an entity becomes when a key signs it as it is. Nothing is kept.</summary>
    internal EntityDocument Resign(NatsEntity entity, ISigner signer)
    {
        Fit(entity, signer);
        return Sign(entity.Path, entity.Wanted, signer, ParentOf(entity));
    }

    /// <summary>Gives an entity another name, together with other things.</summary>
    internal EntityChange Rename(StoreChange turn, NatsEntity entity, EntityPath target, SigningKeyChoice signingKey)
    {
        ISigner signer = FindSigner(signingKey, entity);
        entity.Wanted.Name = target.Name;
        CredentialFile.RequireFree(store, entity.Path, target);
        bool leavesRole = Fit(entity, signer);
        EntityDocument document = Sign(target, entity.Wanted, signer, ParentOf(entity));
        turn.Move(entity.Path, target);
        turn.Save(target, document);
        return new EntityChange(store.Make(target, document, ParentOf(entity)), IsChanged: true) { LeavesRole = leavesRole };
    }

    /// <summary>A key with its private half, from the key root or another source where it did not bring it.</summary>
    /// <exception cref="SigningKeyException">The private half is not at hand.</exception>
    internal ISigner FindKey(NatsKeyPair key, string what) => signers.FindAny(SigningKeyChoice.Of(key), [], what);

    /// <summary>The key that signs what lies below an entity.</summary>
    internal ISigner FindSigner(SigningKeyChoice choice, NatsEntity parent, string what) => signers.Find(choice, parent, parent.TrustedKeys, what);

    /// <summary>What servers would refuse is not signed. Time is no such rule: what has expired may still be changed.</summary>
    internal void RequireRules(string what, ClaimSet claims)
    {
        Finding[] broken = [.. ClaimValidator.Check(claims, store.Clock.GetUtcNow()).Where(finding => finding.Severity == FindingSeverity.Error)];
        if (broken.Length > 0)
        {
            throw new NatsKeysException(ErrorCode.RuleBroken, $"The {what} would break rules that servers enforce: {Findings.Show(broken)}. Nothing was signed.");
        }
    }

    private static bool IsBearer(UserClaims claims, NatsAccount account, string issuer) => (account.ScopeOf(issuer)?.Template ?? claims.Permissions).BearerToken;

    /// <summary>Fits a user's claims to the key that is about to sign them; tells whether that takes it out of a role.</summary>
    internal static bool Fit(NatsEntity entity, ISigner signer)
    {
        if (entity is not NatsUser user)
        {
            return false;
        }

        bool leavesRole = UserScope.Leave(user, signer);
        UserScope.Enter(user.Claims, (NatsAccount)user.Parent, signer.PublicKey);
        return leavesRole;
    }

    private static NatsEntity? ParentOf(NatsEntity entity) => entity.Path.Parent is null ? null : entity.Parent;

    private EntityChange Finish(StoreChange turn, NatsEntity entity, ISigner signer, NatsKeyPair? newKey, long expires, long notBefore)
    {
        RequireTimes(entity.Path, entity.Wanted, expires, notBefore);
        EntityDocument document = Sign(entity.Path, entity.Wanted, signer, ParentOf(entity));
        if (newKey is not null)
        {
            turn.KeepKey(newKey);
        }

        turn.Save(entity.Path, document);
        return new EntityChange(store.Make(entity.Path, document, ParentOf(entity)), IsChanged: true);
    }

    /// <summary>The key that signs an entity.</summary>
    internal ISigner FindSigner(SigningKeyChoice choice, NatsEntity entity) => entity.Parent.Subject is null
        ? throw new NatsKeysException(ErrorCode.SigningKeyNotFound, $"The {entity.Parent.Path} above the {entity.Path} has no key yet, so nobody can sign below it. Nothing was signed.")
        : signers.Find(choice, entity.Parent, entity.TrustedIssuers, entity.Path.ToString(), entity);

    private NatsEntity Create(
        StoreChange change, EntityPath path, NatsKeyType type, NewEntity request, ClaimSet claims, NatsEntity? parent, Func<NatsKeyPair, ClaimSet, ISigner> findSigner)
    {
        RequireFree(path);
        request.Key?.Require(type);
        NatsKeyPair? generated = request.Key is null ? NatsKeyPair.Generate(type) : null;
        NatsKeyPair key = request.Key ?? generated!;
        try
        {
            claims.Name = path.Name;
            claims.Subject = key.PublicKey;
            claims.Expires = UnixTime.FromDate(request.Expires);
            claims.NotBefore = UnixTime.FromDate(request.NotBefore);
            claims.Tags = ClaimLists.Folded(request.Tags);
            List(request.NewSigningKeys, claims);
            request.Configure?.Invoke(claims);
            RequireTimes(path, claims, expires: 0, notBefore: 0);
            EntityDocument document = Sign(path, claims, findSigner(key, claims), parent);
            foreach (NatsKeyPair kept in (NatsKeyPair[])[key, .. request.NewSigningKeys])
            {
                change.KeepKey(kept);
            }

            change.Save(path, document);
            return store.Make(path, document, parent);
        }
        finally
        {
            generated?.Dispose();
        }
    }

    /// <summary>A time that is set now must make sense now. One that stands may have gone by.</summary>
    internal void RequireTimes(EntityPath path, ClaimSet claims, long expires, long notBefore)
    {
        if (claims.Expires != 0 && claims.Expires != expires && claims.Expires <= store.Clock.GetUtcNow().ToUnixTimeSeconds())
        {
            throw new NatsKeysException(ErrorCode.InvalidTime, $"The expiry {UnixTime.ToDate(claims.Expires):u} of {path} is in the past. Nothing was signed.");
        }

        if (claims.Expires != 0 && claims.Expires <= claims.NotBefore && (claims.Expires != expires || claims.NotBefore != notBefore))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidTime, $"The {path} would expire at {UnixTime.ToDate(claims.Expires):u}, before it becomes valid at {UnixTime.ToDate(claims.NotBefore):u}. Nothing was signed.");
        }
    }

    /// <summary>Signs claims that keep every rule, a second later where the token would else be taken for another one.</summary>
    internal EntityDocument Sign(EntityPath path, ClaimSet claims, ISigner signer, NatsEntity? parent)
    {
        // The identifier of a token covers its time, but not what it allows. Resolvers take two tokens with one identifier for the same, so
        // what changes twice in a second is issued one second later.
        long now = store.Clock.GetUtcNow().ToUnixTimeSeconds();
        long issuedAt = Math.Max(now, claims.IssuedAt + 1);
        if (claims is UserClaims && parent is NatsAccount account)
        {
            issuedAt = Revocations.After(account.Claims.Revocations, claims.Subject!, issuedAt, now);
        }

        RequireSignable(path, claims, signer.PublicKey, parent);
        return new EntityDocument(claims, isRehearsal ? null : JwtWriter.Write(claims, signer, issuedAt));
    }

    /// <summary>Refuses claims that no token can carry, or that servers would refuse under the key that signs them.</summary>
    internal void RequireSignable(EntityPath path, ClaimSet claims, string issuer, NatsEntity? parent)
    {
        if (ClaimJson.HasBrokenText(claims))
        {
            throw new NatsKeysException(ErrorCode.InvalidClaims, $"The {path} would have text that is not valid Unicode, which no token can carry. Nothing was signed.");
        }

        RequireRules(path.ToString(), claims);
        if (claims is UserClaims user && parent is NatsAccount { Limits.DisallowBearer: true } above && IsBearer(user, above, issuer))
        {
            throw new NatsKeysException(ErrorCode.RuleBroken, $"The {path} would get in by its token alone, which the {above.Path} disallows (trust.bearer). Nothing was signed.");
        }
    }

    private static void List(IReadOnlyList<NatsKeyPair> signingKeys, ClaimSet claims)
    {
        foreach (NatsKeyPair key in signingKeys)
        {
            key.Require(claims.Kind == ClaimKind.Operator ? NatsKeyType.Operator : NatsKeyType.Account);
            switch (claims)
            {
                case OperatorClaims operatorClaims:
                    ClaimLists.AddText(operatorClaims.SigningKeys, key.PublicKey);
                    break;
                case AccountClaims account:
                    account.SigningKeys.Add(new AccountSigningKey { Key = key.PublicKey });
                    break;
            }
        }
    }
}
