using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Makes a request of entities whose files state what nobody signed yet. They are planned from above to below: what is asked for below an entity
/// follows from what that one will be. Nothing is written before <see cref="Write"/>.
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

    /// <summary>How many entities are asked for.</summary>
    public int Count => asked.Count;

    /// <summary>
    /// Whether an entity is pending a signature: it has none, or it was edited since, or what stands above does not list the key that signed it.
    /// </summary>
    /// <param name="entity">The entity.</param>
    /// <param name="signingKey">The public key of which it shall be asked, and which may sign it; null for any.</param>
    public static bool IsPending(NatsEntity entity, string? signingKey = null) =>
        (EntityEditor.IsEdited(entity) || entity.State == EntityState.Untrusted)
            && (signingKey is null || entity.TrustedIssuers.Contains(signingKey));

    /// <summary>What would be asked for of an entity, and of which key.</summary>
    /// <param name="path">The entity.</param>
    /// <param name="signingKey">
    /// The public key that shall sign; without it the current issuer, else the first unscoped signing key above, else the identity key above.
    /// </param>
    /// <returns>The plan; null when the entity is signed as its file states it, by that key.</returns>
    /// <exception cref="NatsKeysException">The file cannot be read, what it states breaks a rule, or no key may sign.</exception>
    public SigningPlan? Plan(EntityPath path, string? signingKey = null)
    {
        NatsEntity kept = store.Get(path).Draft();

        // What was damaged is signed anew, as if it never had been.
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
                $"The {kept.Path} has no key to sign itself with. Create the key on the machine that keeps it, and write its public key into the "
                    + "file "
                    + "as 'subject'.");
        }

        bool isAskedAbove = path.Parent is { } parent && FindAbove(parent, kept);
        NatsEntity entity = entities.Make(kept.Path, new EntityDocument(kept.Wanted, signed?.Token)).Draft();
        bool isNew = path.Parent is { } owner && newKeys.ContainsKey(owner);
        string? issuer = signingKey ?? (kept.Issuer != signed?.Issuer ? kept.Issuer : null) ?? RequestedKey.DefaultOf(entity, signed?.Issuer, isNew);
        if (issuer is null)
        {
            // What stands above gets its key once it is asked for.
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

    /// <summary>Whether the key that signs is one that an entity above gets by this request, so that there is nobody else to ask.</summary>
    /// <param name="plan">The plan.</param>
    public bool IsSignedHere(SigningPlan plan) => plan.SigningKey is null
        || (plan.Entity.Path.Parent is { } parent && newKeys.TryGetValue(parent, out NatsKeyPair? key) && key.PublicKey == plan.SigningKey);

    /// <summary>Asks for what was planned. An entity without a key gets one, whose seed stays here.</summary>
    /// <param name="plan">The plan.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityNotSigned"/>: what stands above it was never signed, and was passed over.
    /// </exception>
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

    /// <summary>Does not ask for what was planned. What lies below it can be planned all the same.</summary>
    /// <param name="plan">The plan.</param>
    public void PassOver(SigningPlan plan)
    {
        if (plan.Entity is { Path.Kind: not EntityKind.User, Jwt: null })
        {
            passedOver.Add(entities.Add(plan.Draft!));
        }
    }

    /// <summary>Keeps the new keys, writes their public halves into the files of their entities, and writes the request.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <param name="expires">Until when it may be completed; null for any time.</param>
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

    /// <summary>Forgets the new keys.</summary>
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

    /// <summary>Sees to it that what stands above is here: as it will be where it is asked for too, else as its token has it.</summary>
    /// <returns>Whether it is asked for too.</returns>
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
                    $"Another process gave the {path} a key in the meantime. Nothing was written. Create the request again.");
            }

            var wanted = (ClaimSet)entity.Wanted.Copy();
            wanted.Subject = key.PublicKey;
            edit.KeepKey(key);
            edit.Save(path, entity.Document with { Wanted = wanted });
        }

        edit.Commit();
    });
}
