using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Changes the entities of one store, and signs them. Everything is checked, and the signing key found, before anything is written; every
/// change is applied to the newest state of its entity.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="keys">The keys that may sign; the editor disposes them.</param>
/// <param name="isRehearsal">
/// Whether all is done but the signing and the writing: what would go wrong does so, and nothing changes. What the editor gives then is not signed.
/// </param>
/// <param name="reasons">Is told which key signs, and why, each time that none was named; it must not use the editor.</param>
/// <param name="cancellation">Ends the wait for others who change the store, at once.</param>
public sealed partial class EntityEditor(
    NatsStore store, KeyRing keys, bool isRehearsal = false, Action<SignerReason>? reasons = null, CancellationToken cancellation = default)
    : IDisposable
{
    private readonly SignerFinder signers = new(keys, reasons);
    private readonly HashSet<EntityPath> told = [];

    /// <summary>Signs with the keys of the store's key root alone.</summary>
    /// <param name="store">The store.</param>
    public EntityEditor(NatsStore store)
        : this(store, new KeyRing(store.Keys))
    {
    }

    /// <summary>What must hold of what is signed.</summary>
    internal SigningRules Rules { get; } = new(store.Clock);

    internal NatsStore Store => store;

    internal KeyRing Keys => keys;

    /// <summary>Whether nothing is signed or written.</summary>
    internal bool IsRehearsal => isRehearsal;

    /// <summary>Refuses a place that is taken.</summary>
    /// <param name="path">The place.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityExists"/>: something of this name is there, whatever its case.</exception>
    public void RequireFree(EntityPath path)
    {
        if (store.Load(path) is { } taken)
        {
            throw new NatsKeysException(
                ErrorCode.EntityExists,
                $"The {taken.Path} already exists in the store {store.Location}.");
        }
    }

    /// <summary>
    /// Changes the newest state of an entity and signs it again, while nobody else changes the store. What changes nothing is neither
    /// signed nor written, unless another key than the current issuer is asked for.
    /// </summary>
    /// <param name="path">The entity.</param>
    /// <param name="signingKey">The key that signs it.</param>
    /// <param name="change">Changes the claims of the entity that it is given, which is a draft of its own.</param>
    /// <exception cref="NatsKeysException">The entity is not there, what it would become breaks a rule, or there is no key that may sign.</exception>
    public EntityChange Change(EntityPath path, SigningKeyChoice signingKey, Action<NatsEntity> change) => Conflicts.Retry(() =>
    {
        using StoreChange edit = Begin();
        EntityChange changed = ChangeIn(edit, path, signingKey, newKey: null, change);
        edit.Commit();
        return changed;
    });

    /// <summary>Changes the newest state of an entity whose kind is known, as the other overload does.</summary>
    /// <typeparam name="TEntity">The kind of entity.</typeparam>
    /// <param name="entity">The entity, in whatever state; it stays as it is.</param>
    /// <param name="signingKey">The key that signs it.</param>
    /// <param name="change">Changes the claims of the entity that it is given, which is a draft of its own.</param>
    /// <exception cref="NatsKeysException">As for the other overload.</exception>
    public EntityChange<TEntity> Change<TEntity>(TEntity entity, SigningKeyChoice signingKey, Action<TEntity> change)
        where TEntity : NatsEntity =>
        Change(entity.Path, signingKey, newest => change((TEntity)newest)).Of<TEntity>();

    /// <summary>Forgets the keys that were read for signing, and waits until the disk has what was made.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: the disk did not take it.</exception>
    public void Dispose()
    {
        keys.Dispose();
        store.Flush();
    }

    /// <summary>Takes the right to change the store, or to do as if.</summary>
    internal StoreChange Begin() => isRehearsal ? new RehearsedChange(store) : store.BeginChange(cancellation);

    /// <summary>Changes an entity together with other things, and keeps a key that comes with it.</summary>
    internal EntityChange ChangeIn(StoreChange edit, EntityPath path, SigningKeyChoice signingKey, NatsKeyPair? newKey, Action<NatsEntity> change)
    {
        NatsEntity found = edit.Get(path);
        NatsEntity entity = found.Draft();
        ClaimSet claims = entity.Wanted;
        (long expires, long notBefore) = (claims.Expires, claims.NotBefore);
        byte[] before = ClaimJson.WishOf(claims);

        // A key that was asked for must be good even where nothing is left to sign.
        ISigner? asked = signingKey == SigningKeyChoice.Default ? null : FindSigner(signingKey, entity);
        bool leavesRole = asked is not null && entity is NatsUser leaving && UserScope.Leave(leaving, asked.PublicKey);
        change(entity);
        if (entity is NatsUser scoped
            && (asked?.PublicKey ?? entity.Issuer) is { } issuer
            && ((NatsAccount)scoped.Parent).ScopeOf(issuer) is not null)
        {
            // A key that had no role when it signed the user has one now: then there is something to sign.
            UserScope.Enter(scoped.Claims, (NatsAccount)scoped.Parent, issuer);
        }

        if ((asked is null || asked.PublicKey == entity.Issuer) && before.SequenceEqual(ClaimJson.WishOf(claims)))
        {
            return new EntityChange(found, IsChanged: false);
        }

        ISigner signer = asked ?? FindSigner(signingKey, entity);
        if (entity is NatsUser user)
        {
            UserScope.Enter(user.Claims, (NatsAccount)user.Parent, signer.PublicKey);
        }

        EntityChange changed = Finish(edit, entity, signer, newKey, expires, notBefore) with { LeavesRole = leavesRole };
        return isRehearsal ? changed with { Differences = ClaimDifference.Between(changed.Entity.Wanted, found.Wanted) } : changed;
    }

    /// <summary>Signs a draft as it is, together with other things.</summary>
    internal EntityChange SignIn(StoreChange edit, NatsEntity entity, ISigner signer, NatsKeyPair? newKey, long expires, long notBefore)
    {
        bool leavesRole = UserScope.Fit(entity, signer.PublicKey);
        return Finish(edit, entity, signer, newKey, expires, notBefore) with { LeavesRole = leavesRole };
    }

    /// <summary>What a draft becomes when a key signs it as it is. Nothing is kept.</summary>
    /// <param name="entity">The draft.</param>
    /// <param name="signer">The key that signs it.</param>
    /// <param name="changed">An account that changes with it, as it will be; null for none.</param>
    internal EntityDocument Resign(NatsEntity entity, ISigner signer, NatsAccount? changed = null)
    {
        UserScope.Fit(entity, signer.PublicKey);
        return SignClaims(entity.Path, entity.Wanted, signer, entity.Above, entity.Document, changed);
    }

    /// <summary>Signs claims that keep every rule, a second later where the token would else be taken for another one.</summary>
    /// <param name="path">The entity.</param>
    /// <param name="claims">What it shall state.</param>
    /// <param name="signer">The key that signs it.</param>
    /// <param name="parent">The entity above; null above an operator.</param>
    /// <param name="before">What was signed before; null for a new entity.</param>
    /// <param name="changed">An account that changes with it, as it will be; null for none.</param>
    internal EntityDocument SignClaims(
        EntityPath path, ClaimSet claims, ISigner signer, NatsEntity? parent, EntityDocument? before = null, NatsAccount? changed = null)
    {
        long now = store.Clock.GetUtcNow().ToUnixTimeSeconds();
        long issuedAt = JwtWriter.IssueTime(claims, now);
        if (claims is UserClaims && parent is NatsAccount account)
        {
            issuedAt = Revocations.After(account.Claims.Revocations, claims.Subject!, issuedAt, now);
        }

        IReadOnlyList<Finding> news = Rules.RequireSignable(path, claims, signer.PublicKey, parent, before);
        SystemAccountGate.Require(store, path, claims, before);
        news = [.. news, .. RoleNews.Of(store, path, claims, parent, before)];
        if (isRehearsal)
        {
            TokenLimits.RequireWritable(ClaimJson.Payload(claims), claims.Name);
            return new EntityDocument(claims, Jwt: null);
        }

        NatsJwt signed = JwtWriter.Sign(claims, signer, issuedAt);
        if (TokenLimits.Warning(claims.Kind, signed.Token.Length, path.ToString()) is { } warning)
        {
            store.Notice(warning);
        }

        foreach (Finding finding in news.Concat(ImportNews.Of(store, path, signed.Claims, before, changed)))
        {
            store.Notice($"{finding.Message.TrimEnd('.')} ({finding.Rule}).");
        }

        TellFuture(path, claims.IssuedAt, signed);
        if (signed.Claims is UserClaims && parent is NatsAccount { Claims: { } above })
        {
            if (Revocations.IsRevoked(above.Revocations, signed.Claims))
            {
                store.Notice(
                    $"The {path} is revoked already: a revocation of the {parent.Path} covers tokens issued now (trust.revoked).",
                    Remedy.ShowRevocations);
            }
            else if (before?.TryReadUnchecked() is { } old && Revocations.IsRevoked(above.Revocations, old.Claims))
            {
                store.Notice(
                    $"The {path} was revoked, but its new token is valid (time.revoked-before).", Remedy.RevokeAgain);
            }
        }

        return new EntityDocument(signed.Claims, signed.Token);
    }

    /// <summary>The key that signs an entity.</summary>
    internal ISigner FindSigner(SigningKeyChoice choice, NatsEntity entity) => entity.Parent.Subject is null
        ? throw new NatsKeysException(
            ErrorCode.SigningKeyNotFound,
            $"The {entity.Parent.Path}, the parent of the {entity.Path}, has no key yet and cannot sign. Nothing was signed.")
        : signers.Find(choice, entity.Parent, entity.TrustedIssuers, entity.Path.ToString(), entity);

    /// <summary>The key that signs what lies below an entity.</summary>
    internal ISigner FindSigner(SigningKeyChoice choice, NatsEntity parent, string what) => signers.Find(choice, parent, parent.TrustedKeys, what);

    /// <summary>The key that signs an operator, which is its own.</summary>
    internal ISigner FindOwnSigner(SigningKeyChoice choice, NatsOperator owner) =>
        signers.Find(choice, owner, owner.TrustedIssuers, owner.Path.ToString());

    /// <summary>A key with its private half, from the key root or another source where it did not bring it.</summary>
    /// <exception cref="SigningKeyException">The private key is not available.</exception>
    internal ISigner FindKey(NatsKeyPair key, string what) => signers.FindAny(SigningKeyChoice.Of(key), [], what);

    /// <summary>Tells, once for each entity, that the time of the token before was stated by a clock that is far off.</summary>
    private void TellFuture(EntityPath path, long before, NatsJwt signed)
    {
        if (Revocations.IsFuture(UnixTime.ToDate(before), store.Clock.GetUtcNow()) && told.Add(path))
        {
            (string effect, Remedy remedy) = path.Kind == EntityKind.User
                ? ("The old token stays valid until it is revoked.", Remedy.RevokeOldToken)
                : ("Servers may consider the old token newer.", Remedy.ReplaceOnServers);
            store.Notice(
                $"The previous token of the {path} was issued at {UnixTime.ToDate(before):u}, which is in the future. The new one was issued at "
                    + $"{signed.IssuedAt:u} (time.issued-future). {effect}",
                remedy);
        }
    }

    private EntityChange Finish(StoreChange edit, NatsEntity entity, ISigner signer, NatsKeyPair? newKey, long expires, long notBefore)
    {
        Rules.RequireTimes(entity.Path, entity.Wanted, expires, notBefore);
        EntityDocument document = SignClaims(entity.Path, entity.Wanted, signer, entity.Above, entity.Document);
        if (newKey is not null)
        {
            edit.KeepKey(newKey);
        }

        edit.Save(entity.Path, document);
        return new EntityChange(store.Make(entity.Path, document, entity.Above), IsChanged: true);
    }
}
