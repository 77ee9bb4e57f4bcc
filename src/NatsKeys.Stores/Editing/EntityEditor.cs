using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Changes and signs the entities of one store. It checks everything and finds the signing key before it writes anything. Each change is applied to
/// the newest state of its entity.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="keys">The available keys. The editor disposes them.</param>
/// <param name="isRehearsal">
/// Whether this is a dry run: the editor does everything except signing and writing, and throws the errors of the real run. Its results are not
/// signed.
/// </param>
/// <param name="reasons">Receives the key that signs, and the reason, each time that no key was specified. It must not use the editor.</param>
/// <param name="cancellation">Cancels the wait for other writers of the store.</param>
internal sealed partial class EntityEditor(
    NatsStore store, KeyRing keys, bool isRehearsal = false, Action<SignerReason>? reasons = null, CancellationToken cancellation = default)
    : IDisposable
{
    private readonly SignerFinder signers = new(keys, reasons);
    private readonly HashSet<EntityPath> warned = [];
    private readonly ImportNotices imports = new(store);

    /// <summary>Creates an editor that signs only with keys from the store's key root.</summary>
    /// <param name="store">The store.</param>
    public EntityEditor(NatsStore store)
        : this(store, new KeyRing(store.Keys))
    {
    }

    /// <summary>The rules that claims must follow to be signed.</summary>
    internal SigningRules Rules { get; } = new(store.Clock);

    internal NatsStore Store => store;

    internal KeyRing Keys => keys;

    /// <summary>Whether nothing is signed or written.</summary>
    internal bool IsRehearsal => isRehearsal;

    /// <summary>Throws if an entity already exists at a place.</summary>
    /// <param name="path">The place.</param>
    /// <param name="remedy">What helps; null if only another name does.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityExists"/>: an entity of this name exists; case is ignored.</exception>
    public void RequireFree(EntityPath path, Remedy? remedy = null)
    {
        if (store.Load(path) is { } taken)
        {
            throw new NatsKeysException(
                ErrorCode.EntityExists,
                $"The {taken.Path} already exists in the store {store.Location}.") { Remedy = remedy };
        }
    }

    /// <summary>
    /// Changes the newest state of an entity and signs it again, while it holds the lock of the store. If nothing changes, nothing is signed or
    /// written, unless the requested key is not the current issuer.
    /// </summary>
    /// <param name="path">The entity.</param>
    /// <param name="signingKey">The key that signs it.</param>
    /// <param name="change">Changes the claims of the draft that it receives.</param>
    /// <exception cref="NatsKeysException">The entity does not exist, the change would break a rule, or no key may sign.</exception>
    public EntityChangeResult Change(EntityPath path, SigningKeyChoice signingKey, Action<NatsEntity> change) => Conflicts.Retry(() =>
    {
        using StoreTransaction edit = Begin();
        EntityChangeResult changed = ChangeIn(edit, path, signingKey, newKey: null, change);
        edit.Commit();
        return changed;
    });

    /// <summary>Changes the newest state of an entity of a known kind, like the other overload.</summary>
    /// <typeparam name="TEntity">The kind of entity.</typeparam>
    /// <param name="entity">The entity, in any state. This object does not change.</param>
    /// <param name="signingKey">The key that signs it.</param>
    /// <param name="change">Changes the claims of the draft that it receives.</param>
    /// <exception cref="NatsKeysException">As for the other overload.</exception>
    public EntityChangeResult<TEntity> Change<TEntity>(TEntity entity, SigningKeyChoice signingKey, Action<TEntity> change)
        where TEntity : NatsEntity =>
        Change(entity.Path, signingKey, newest => change((TEntity)newest)).Of<TEntity>();

    /// <summary>Disposes the keys that were read for signing, and waits until all new files are on the disk.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: writing to the disk failed.</exception>
    public void Dispose()
    {
        keys.Dispose();
        store.Flush();
    }

    /// <summary>Begins a transaction of the store, or a dry-run transaction.</summary>
    internal StoreTransaction Begin()
    {
        imports.Renew();
        return isRehearsal ? new RehearsedTransaction(store) : store.BeginChange(cancellation);
    }

    /// <summary>Changes an entity within a transaction, and stores its new key if there is one.</summary>
    internal EntityChangeResult ChangeIn(
        StoreTransaction edit, EntityPath path, SigningKeyChoice signingKey, NatsKeyPair? newKey, Action<NatsEntity> change)
    {
        NatsEntity found = edit.Get(path);
        NatsEntity entity = found.Draft();
        ClaimSet claims = entity.Wanted;
        (long expires, long notBefore) = (claims.Expires, claims.NotBefore);
        byte[] before = ClaimJson.WishOf(claims);

        // A requested key must be valid even if there is nothing to sign.
        ISigner? asked = signingKey == SigningKeyChoice.Default ? null : FindSigner(signingKey, entity);
        bool leavesRole = asked is not null && entity is NatsUser leaving && UserScope.Leave(leaving, asked.PublicKey);
        change(entity);
        if (entity is NatsUser scoped
            && (asked?.PublicKey ?? entity.Issuer) is { } issuer
            && scoped.Parent.ScopeOf(issuer) is not null)
        {
            // The issuer has received a role since it signed the user, so the user must be signed again.
            UserScope.Enter(scoped.Claims, scoped.Parent, issuer);
        }

        if ((asked is null || asked.PublicKey == entity.Issuer) && before.SequenceEqual(ClaimJson.WishOf(claims)))
        {
            return new EntityChangeResult(found, IsChanged: false);
        }

        ISigner signer = asked ?? FindSigner(signingKey, entity);
        if (entity is NatsUser user)
        {
            UserScope.Enter(user.Claims, user.Parent, signer.PublicKey);
        }

        EntityChangeResult changed = Finish(edit, entity, signer, newKey, expires, notBefore) with { LeavesRole = leavesRole };
        return isRehearsal
            ? changed with { Differences = ClaimDifference.Between(changed.Entity.Wanted, found.Wanted), Signer = signer.PublicKey }
            : changed;
    }

    /// <summary>Signs a draft as it is, within a transaction.</summary>
    internal EntityChangeResult SignIn(StoreTransaction edit, NatsEntity entity, ISigner signer, NatsKeyPair? newKey, long expires, long notBefore)
    {
        bool leavesRole = UserScope.Fit(entity, signer.PublicKey);
        return Finish(edit, entity, signer, newKey, expires, notBefore) with { LeavesRole = leavesRole };
    }

    /// <summary>Signs a draft and returns its document. Nothing is saved.</summary>
    /// <param name="entity">The draft.</param>
    /// <param name="signer">The key that signs it.</param>
    /// <param name="changed">The future state of an account that changes in the same transaction; null for none.</param>
    internal EntityDocument Resign(NatsEntity entity, ISigner signer, NatsAccount? changed = null)
    {
        UserScope.Fit(entity, signer.PublicKey);
        return SignClaims(entity.Path, entity.Wanted, signer, entity.Above, entity.Document, changed);
    }

    /// <summary>
    /// Signs claims that follow every rule. If the token would have the same identifier as the previous one, it is issued one second later.
    /// </summary>
    /// <param name="path">The entity.</param>
    /// <param name="claims">The claims.</param>
    /// <param name="signer">The key that signs it.</param>
    /// <param name="parent">The parent entity; null for an operator.</param>
    /// <param name="before">What was signed before; null for a new entity.</param>
    /// <param name="changed">The future state of an account that changes in the same transaction; null for none.</param>
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
        if (RoleNotices.Of(store, path, claims, parent, before) is { Count: > 0 } locked)
        {
            news = [.. news, .. locked];
        }

        if (isRehearsal)
        {
            TokenLimits.RequireWritable(ClaimJson.Payload(claims), claims.Name);
            return new EntityDocument(claims, Jwt: null);
        }

        NatsJwt signed = JwtWriter.Sign(claims, signer, issuedAt);
        if (TokenLimits.Warning(claims.Kind, signed.Token.Length, path) is { } warning)
        {
            store.Notice(warning);
        }

        Notice(news);
        Notice(imports.Of(path, signed.Claims, before, changed));

        if (claims.IssuedAt != 0)
        {
            WarnOfFuture(path, claims.IssuedAt, signed);
        }

        if (signed.Claims is UserClaims && parent is NatsAccount { Claims: { } above })
        {
            if (Revocations.IsRevoked(above.Revocations, signed.Claims))
            {
                store.Notice(
                    $"The {path} is already revoked: a revocation of the {parent.Path} covers tokens issued now (trust.revoked).",
                    Remedy.ShowRevocations);
            }
            else if (before?.TryReadUnchecked() is { } old && Revocations.IsRevoked(above.Revocations, old.Claims))
            {
                store.Notice(
                    $"The {path} was revoked, but its new token is valid (time.revoked-before).", Remedy.RevokeAgain);
            }
        }

        return new EntityDocument(signed.Claims, signed.Token) { Unchecked = signed };
    }

    /// <summary>Finds the key that signs an entity.</summary>
    internal ISigner FindSigner(SigningKeyChoice choice, NatsEntity entity) => entity.Parent.Subject is null
        ? throw new NatsKeysException(
            ErrorCode.SigningKeyNotFound,
            $"The {entity.Parent.Path}, the parent of the {entity.Path}, has no key yet and cannot sign. Nothing was signed.")
        : signers.Find(choice, entity.Parent, entity.TrustedIssuers, entity.Path.ToString(), entity);

    /// <summary>Finds the key that signs the children of an entity.</summary>
    internal ISigner FindSigner(SigningKeyChoice choice, NatsEntity parent, string what) => signers.Find(choice, parent, parent.TrustedKeys, what);

    /// <summary>Finds the key that signs an operator: its own identity key or signing key.</summary>
    internal ISigner FindOwnSigner(SigningKeyChoice choice, NatsOperator owner) =>
        signers.Find(choice, owner, owner.TrustedIssuers, owner.Path.ToString());

    /// <summary>Finds the private half of a key: in the key itself, in the key root or in another source.</summary>
    /// <exception cref="SigningKeyException">The private key is not available.</exception>
    internal ISigner FindKey(NatsKeyPair key, string what) => signers.FindAny(SigningKeyChoice.Of(key), [], what);

    private void Notice(IReadOnlyList<Finding> findings)
    {
        for (int index = 0; index < findings.Count; index++)
        {
            store.Notice($"{findings[index].Message.TrimEnd('.')} ({findings[index].Rule}).");
        }
    }

    /// <summary>Adds a notice, once for each entity, if the previous token was issued in the future.</summary>
    private void WarnOfFuture(EntityPath path, long before, NatsJwt signed)
    {
        if (Revocations.IsFuture(UnixTime.ToDate(before), store.Clock.GetUtcNow()) && warned.Add(path))
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

    private EntityChangeResult Finish(StoreTransaction edit, NatsEntity entity, ISigner signer, NatsKeyPair? newKey, long expires, long notBefore)
    {
        Rules.RequireTimes(entity.Path, entity.Wanted, expires, notBefore);
        EntityDocument document = SignClaims(entity.Path, entity.Wanted, signer, entity.Above, entity.Document);
        if (newKey is not null)
        {
            edit.KeepKey(newKey);
        }

        edit.Save(entity.Path, document);
        return new EntityChangeResult(store.Make(entity.Path, document, entity.Above), IsChanged: true);
    }
}
