using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal sealed partial class EntityEditor
{
    /// <summary>Returns what a key rotation would do. Nothing changes.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="NatsKeysException">The rotation cannot begin; see <see cref="Rotate"/>.</exception>
    public RotationPlan PlanRotation(RotationRequest request, CancellationToken cancellation = default)
    {
        ValidatedRotation start = ValidatedRotation.Of(Store.Get(request.Owner), request);
        string signer = FindSigner(request.SigningKey, start.Owner).PublicKey;
        KeyDependents survey = KeyDependents.Make(start.Owner, request.OldKey, cancellation);
        List<EntityPath> importers = [];
        foreach ((NatsAccount importer, _) in survey.Importers)
        {
            try
            {
                FindSigner(request.SigningKey, importer);
                importers.Add(importer.Path);
            }
            catch (NatsKeysException error)
            {
                survey.Pending.Add(new PendingSignature(importer.Path, error.Message) { Remedy = error.Remedy });
            }
        }

        return new RotationPlan(start.Owner, request.OldKey, start.NewKey, signer)
        {
            SignedAgain = [.. survey.Dependents.Select(entity => entity.Path)],
            Importers = importers,
            LeftRevoked = survey.LeftRevoked,
            Pending = survey.Pending,
        };
    }

    /// <summary>Rotates a signing key, or continues a rotation that is in progress.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Cancels the rotation; nothing changes then.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyNotFound"/>: the owner does not list the key; <see cref="ErrorCode.EntityNotSigned"/>: the owner was edited by hand;
    /// <see cref="ErrorCode.RotationBegun"/>: a rotation to another key is in progress; or the owner cannot be signed, or the new key cannot sign.
    /// </exception>
    public KeyRotationResult Rotate(RotationRequest request, CancellationToken cancellation = default)
    {
        KeyRotationResult result = RotatePart(request, cancellation);
        while (result.HasMore || (result.IsToBeSettled && !Settle(result, cancellation)))
        {
            result = RotatePart(result.HasMore ? request : request with { NewKey = null }, cancellation, earlier: result);
        }

        return result;
    }

    /// <summary>
    /// Finishes a rotation in a store without a lock, where other writers may have signed with the old key until its owner no longer listed it.
    /// Returns false if they have, so that those entities are signed again. Until then, the rotation stays recorded.
    /// </summary>
    private bool Settle(KeyRotationResult result, CancellationToken cancellation) => Conflicts.Retry(() =>
    {
        using StoreTransaction edit = Begin();
        NatsEntity owner = edit.Get(result.Owner);
        if (KeyDependents.Make(owner, result.OldKey, cancellation).Dependents.Count > 0)
        {
            return false;
        }

        if (owner is not NatsAccount { IsSystemAccount: true })
        {
            edit.RecordRotation(new RotationRecord(owner.Path, result.OldKey, result.NewKey), isFinished: true);
            edit.Commit();
        }

        return true;
    });

    /// <summary>
    /// Returns the result of a rotation that another process has continued meanwhile. What is recorded of it is left to that process: continuing here
    /// would begin another rotation.
    /// </summary>
    /// <param name="earlier">The result of the part that was made here.</param>
    /// <param name="owner">The owner, as it is now.</param>
    private KeyRotationResult EndedByOthers(KeyRotationResult earlier, NatsEntity owner)
    {
        bool isFinished = !Store.ReadRotations().Exists(rotation => rotation.OldKey == earlier.OldKey);
        return earlier with
        {
            Entity = owner,
            IsOldKeyListed = owner.Wanted.ListedKeys.Contains(earlier.OldKey),
            IsFinished = isFinished,
            Pending = isFinished ? [] : earlier.Pending,
            HasMore = false,
            IsToBeSettled = false,
        };
    }

    /// <summary>
    /// Does as much of a rotation as the store accepts in one transaction. The rest is recorded, so that nothing is lost in between.
    /// </summary>
    private KeyRotationResult RotatePart(
        RotationRequest request, CancellationToken cancellation, KeyRotationResult? earlier = null) => Conflicts.Retry(() =>
    {
        using StoreTransaction edit = Begin();
        NatsEntity current = edit.Get(request.Owner);
        if (earlier is not null
            && !Store.ReadRotations().Exists(rotation => rotation.OldKey == earlier.OldKey && rotation.NewKey == earlier.NewKey))
        {
            return EndedByOthers(earlier, current);
        }

        ValidatedRotation start = ValidatedRotation.Of(current, request);
        ISigner ownerSigner = FindSigner(request.SigningKey, start.Owner);
        KeyDependents survey = KeyDependents.Make(start.Owner, request.OldKey, cancellation);
        using NatsKeyPair newKey = request.NewKey?.Copy()
            ?? (start.NewKey is null ? NatsKeyPair.Generate(start.Type) : NatsKeyPair.FromPublicKey(start.NewKey));
        var run = new RotationSigner(this, edit, FindKey(newKey, $"what {request.OldKey} signed"), request.Progress, cancellation);

        NatsEntity draft = start.Owner.Draft();
        ClaimSet claims = draft.Wanted;
        ListedKeys.Enter(claims, request.OldKey, newKey.PublicKey, replace: request.IsCompromised);
        NatsEntity future = Store.Make(start.Owner.Path, new EntityDocument(claims, Jwt: null), start.Owner.Above);
        run.SignDependents(survey.Dependents, future, start.NewUserKeys);
        if (future is NatsAccount exporter)
        {
            run.SignImporters(survey.Importers, exporter, request.SigningKey);
        }

        run.Pending.InsertRange(0, survey.Pending);

        bool keepsOld = start.IsOldListed && !request.IsCompromised && (request.KeepOldKey || run.Pending.Count > 0);
        var owner = new OwnerTokens(this, draft, ownerSigner);
        if (!request.IsCompromised && !start.IsNewListed)
        {
            owner.Sign("lists both the new key and the old one");
        }

        run.RevokeOldKeys(claims);
        if (!keepsOld)
        {
            ListedKeys.Remove(claims, request.OldKey);
        }

        owner.Sign(keepsOld ? "revokes the old keys of users" : "no longer lists the old key");
        edit.KeepKey(newKey);
        owner.Save(edit);
        bool isFinished = run.Pending.Count == 0 && !keepsOld;
        bool awaitsServers = isFinished && start.Owner is NatsAccount { IsSystemAccount: true };
        var record = new RotationRecord(
            start.Owner.Path, start.OldKey, newKey.PublicKey) { NewUserKeys = start.NewUserKeys, AwaitsServers = awaitsServers };
        bool isToBeSettled = isFinished && !edit.IsExclusive;
        edit.RecordRotation(record, isFinished && !awaitsServers && !isToBeSettled);
        edit.Commit();
        if (awaitsServers && !start.IsOldListed)
        {
            owner.PublishAgain("no longer lists the old key");
        }

        NatsEntity now = owner.Last;
        var result = new KeyRotationResult(now, request.OldKey, newKey.PublicKey)
        {
            Role = (now as NatsAccount)?.ScopeOf(newKey.PublicKey)?.Role,
            SignedAgain = run.SignedAgain,
            Importers = run.Importers.ConvertAll(entity => entity.Path),
            RevokedKeys = run.RevokedKeys,
            LeftRevoked = survey.LeftRevoked,
            Pending = run.Pending,
            IsOldKeyListed = keepsOld,
            IsFinished = isFinished,
            IsToBeSettled = isToBeSettled,
            HasMore = run.HasMore && run.SignedAgain.Count + run.Importers.Count > 0,
            Updates = owner.InOrder(run.Accounts, ownerFirst: request.IsCompromised || keepsOld),
        };
        return earlier is null ? result : result.After(earlier);
    });
}
