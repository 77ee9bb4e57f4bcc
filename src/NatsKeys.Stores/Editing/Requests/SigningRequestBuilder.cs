using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Creates a request for entities whose files have claims that are not signed yet. Parents are planned before their children, because the plan for a
/// child depends on the future state of its parent. Nothing is written before <see cref="Write"/>.
/// </summary>
/// <param name="store">The store.</param>
internal sealed class SigningRequestBuilder(NatsStore store) : IDisposable
{
    private readonly EntityEditor editor = new(store);
    private readonly RequestEntities entities = new(store);
    private readonly List<NatsEntity> asked = [];
    private readonly List<NatsEntity> above = [];
    private readonly List<NatsEntity> passedOver = [];
    private readonly Dictionary<EntityPath, NatsKeyPair> newKeys = [];

    /// <summary>The number of entities that are requested.</summary>
    public int Count => asked.Count;

    /// <summary>Whether an entity needs a signature: it has none, it was edited since, or its parent does not list the key that signed it.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="signingKey">The public key that must be allowed to sign it; null for any.</param>
    public static bool IsPending(NatsEntity entity, string? signingKey = null) =>
        (EntityEditor.IsEdited(entity) || entity.State == EntityState.Untrusted)
            && (signingKey is null || entity.TrustedIssuers.Contains(signingKey));

    /// <summary>Plans the signature that would be requested for an entity, and the key.</summary>
    /// <param name="path">The entity.</param>
    /// <param name="signingKey">
    /// The public key that is requested to sign. If it is null: the current issuer, or else the parent's first unscoped signing key, or else the
    /// parent's identity key.
    /// </param>
    /// <returns>The plan; null if that key has already signed the entity as its file states it.</returns>
    /// <exception cref="NatsKeysException">The file cannot be read, it breaks a rule, or no key may sign.</exception>
    public SigningPlan? Plan(EntityPath path, string? signingKey = null)
    {
        NatsEntity kept = store.Get(path).Draft();

        // An entity with a damaged token is treated as if it was never signed.
        NatsJwt? signed = kept.Document.TryReadToken();
        if (!IsPending(kept) && (signingKey ?? kept.Issuer) == kept.Issuer)
        {
            return null;
        }

        kept.Wanted.Subject ??= signed?.Subject;
        kept.Wanted.Name ??= kept.Name;
        if (EntityName.Compose(kept.Wanted.Name) != kept.Name)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"The file of the {kept.Path} has the name '{kept.Wanted.Name}', which must match the file's name. Correct the file.");
        }

        if (kept is NatsOperator && kept.Subject is null)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"The {kept.Path} has no identity key. Create the key on the machine that keeps it, and write its public key into the file "
                    + "as 'subject'.");
        }

        bool isAskedAbove = path.Parent is { } parent && FindAbove(parent, kept);
        NatsEntity entity = entities.Make(kept.Path, new EntityDocument(kept.Wanted, signed?.Token)).Draft();
        bool isNew = path.Parent is { } owner && newKeys.ContainsKey(owner);
        string? issuer = signingKey ?? (kept.Issuer != signed?.Issuer ? kept.Issuer : null) ?? RequestedKey.DefaultOf(entity, signed?.Issuer, isNew);
        if (issuer is null)
        {
            // The parent gets its key once it is added to the request.
            return PlanOf(entity, signingKey: null, []);
        }

        if (!isAskedAbove)
        {
            RequestRules.RequireListed(kept, issuer);
        }

        RequestRules.RequireListed(entity, issuer);
        bool leavesRole = UserScope.Fit(entity, issuer);
        entity.Wanted.Issuer = issuer;
        RequestRules.Require(editor.Rules, entity, signed?.Claims);
        return PlanOf(entity, issuer, signed is null ? [] : ClaimDifference.Between(entity.Wanted, signed.Claims)) with { LeavesRole = leavesRole };
    }

    /// <summary>
    /// Whether the signing key is one that the parent gets through this request. Its seed is on this machine, so nobody else can be asked to sign.
    /// </summary>
    /// <param name="plan">The plan.</param>
    public bool IsSignedHere(SigningPlan plan) => plan.SigningKey is null
        || (plan.Entity.Path.Parent is { } parent && newKeys.TryGetValue(parent, out NatsKeyPair? key) && key.PublicKey == plan.SigningKey);

    /// <summary>Adds the planned signature to the request. An entity without a key gets one, whose seed stays on this machine.</summary>
    /// <param name="plan">The plan.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotSigned"/>: its parent was never signed, and was skipped.</exception>
    public void Add(SigningPlan plan)
    {
        NatsEntity entity = plan.Draft!;
        if (passedOver.Contains(entity.Parent))
        {
            throw NotSigned(entity.Parent.Path, entity);
        }

        if (entity.Subject is null)
        {
            NatsKeyPair key = NatsKeyPair.Generate(entity.Path.Kind.ToKeyType());
            newKeys.Add(entity.Path, key);
            entity.Wanted.Subject = key.PublicKey;
        }

        asked.Add(entities.Add(entity));
    }

    /// <summary>Skips the planned signature. The children of the entity can still be planned.</summary>
    /// <param name="plan">The plan.</param>
    public void PassOver(SigningPlan plan)
    {
        if (plan.Entity is { Path.Kind: not EntityKind.User, Jwt: null })
        {
            passedOver.Add(entities.Add(plan.Draft!));
        }
    }

    /// <summary>Stores the new keys, writes their public keys to the files of their entities, and writes the request.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <param name="expires">Until when it may be completed; null for no limit.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.InvalidTime"/>, <see cref="ErrorCode.FileTooLarge"/>, or something could not be
    /// written.
    /// </exception>
    public NatsSigningRequest Write(string path, bool overwrite, DateTimeOffset? expires = null, CancellationToken cancellation = default)
    {
        DateTimeOffset now = store.Clock.GetUtcNow();
        editor.Rules.RequireFuture("request", expires);
        if (!overwrite)
        {
            SafeFiles.RequireFree(path);
        }

        var verified = new VerifiedEntities();
        RequestedSignature[] signatures = [.. asked.Select(entity => new RequestedSignature(entity, verified))];
        var request = new NatsSigningRequest(path, RequestWriter.Text(now, expires, above.Where(IsNeeded), signatures), now, expires, signatures);
        RequestFile.RequireRoom(path, request);
        KeepKeys(cancellation);
        request.Save(path, overwrite);
        return NatsSigningRequest.Read(path, store);
    }

    /// <summary>Disposes the new keys.</summary>
    public void Dispose()
    {
        foreach (NatsKeyPair key in newKeys.Values)
        {
            key.Dispose();
        }

        editor.Dispose();
    }

    private static SigningPlan PlanOf(NatsEntity draft, string? signingKey, IReadOnlyList<ClaimDifference> differences) =>
        new(draft.With(draft.Wanted), signingKey, differences) { Draft = draft };

    private static NatsKeysException NotSigned(EntityPath path, NatsEntity below) =>
        new(
            ErrorCode.EntityNotSigned,
            $"The {path}, the parent of the {below.Path}, is not signed by a key that may sign it. Request both of them in one signing "
                + "request.");

    /// <summary>
    /// Adds the parent of an entity, and its parents: with its requested claims if it is requested too, otherwise with the claims of its token.
    /// </summary>
    /// <returns>Whether the parent is requested too.</returns>
    private bool FindAbove(EntityPath path, NatsEntity below)
    {
        if (entities.Find(path) is { } found)
        {
            return !above.Contains(found) && !passedOver.Contains(found);
        }

        if (path.Parent is { } parent)
        {
            FindAbove(parent, below);
        }

        NatsJwt token = store.Get(path).Document.TryReadToken() ?? throw NotSigned(path, below);
        NatsEntity added = entities.Add(path, token);
        if (new VerifiedEntities().Find(added) is null)
        {
            throw NotSigned(path, below);
        }

        above.Add(added);
        return false;
    }

    private bool IsNeeded(NatsEntity upper) => asked.Exists(entity => entity.Path.Parent == upper.Path || entity.Path.Parent?.Parent == upper.Path);

    private void KeepKeys(CancellationToken cancellation) => Conflicts.Retry(() =>
    {
        if (newKeys.Count == 0)
        {
            return;
        }

        using StoreTransaction edit = store.BeginChange(cancellation);
        foreach ((EntityPath path, NatsKeyPair key) in newKeys)
        {
            NatsEntity entity = edit.Get(path);
            if (entity.Subject is not null)
            {
                throw new NatsKeysException(
                    ErrorCode.RequestOutdated,
                    $"Another process gave the {path} a key in the meantime. Nothing was written.");
            }

            ClaimSet wanted = ClaimCopier.Copy(entity.Wanted);
            wanted.Subject = key.PublicKey;
            edit.KeepKey(key);
            edit.Save(path, entity.Document with { Wanted = wanted });
        }

        edit.Commit();
    });
}
