using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal sealed partial class EntityEditor
{
    /// <summary>
    /// Replaces the identity key of an operator, and signs what the old key signed again, unless the old key stays as a signing key. This is one
    /// transaction. What cannot be signed is pending; the next run finishes it.
    /// </summary>
    /// <param name="path">The operator.</param>
    /// <param name="key">
    /// The new identity key. The caller disposes it. Null generates a key, or finishes a pending rotation. If it is a signing key of the operator, it
    /// is removed from the list.
    /// </param>
    /// <param name="keepAsSigningKey">Whether the old key stays as a signing key.</param>
    /// <param name="progress">Reports each account that was signed.</param>
    /// <param name="cancellation">Cancels the rotation; nothing changes then.</param>
    /// <exception cref="NatsKeysException">
    /// The key is of another type, cannot sign, or is already the identity key; or <see cref="ErrorCode.EntityNotSigned"/>: the operator was edited
    /// by hand.
    /// </exception>
    public KeyRotationResult UpdateOperatorKey(
        EntityPath path,
        NatsKeyPair? key,
        bool keepAsSigningKey,
        IProgress<EntityPath>? progress = null,
        CancellationToken cancellation = default)
    {
        KeyRotationResult result = UpdateOperatorKeyOnce(path, key, keepAsSigningKey, progress, cancellation);
        while (result.HasMore || result.IsToBeSettled)
        {
            result = UpdateOperatorKeyOnce(path, key: null, keepAsSigningKey, progress, cancellation, earlier: result);
        }

        return result;
    }

    private KeyRotationResult UpdateOperatorKeyOnce(
        EntityPath path,
        NatsKeyPair? key,
        bool keepAsSigningKey,
        IProgress<EntityPath>? progress,
        CancellationToken cancellation,
        KeyRotationResult? earlier = null) => Conflicts.Retry(() =>
    {
        key?.Require(NatsKeyType.Operator);
        using StoreTransaction edit = Begin();
        NatsOperator owner = edit.Get<NatsOperator>(path);
        KeyDependents.RequireSigned(owner);

        RotationRecord? begun = key is null ? Store.ReadRotations().Find(rotation => rotation.NewKey == owner.Subject) : null;
        if (earlier is not null && begun?.OldKey != earlier.OldKey)
        {
            return EndedByOthers(earlier, owner);
        }

        string oldKey = begun?.OldKey ?? owner.Subject!;
        if (key?.PublicKey == oldKey)
        {
            throw new NatsKeysException(ErrorCode.SigningKeyExists, $"Key {oldKey} is already the identity key of {owner.Path}.");
        }

        using NatsKeyPair identity = begun is null
            ? key?.Copy() ?? NatsKeyPair.Generate(NatsKeyType.Operator)
            : NatsKeyPair.FromPublicKey(begun.NewKey);
        ISigner signer = FindKey(identity, owner.Path.ToString());

        // If only signing keys may sign, neither the old nor the new identity key may.
        KeyDependents? survey = keepAsSigningKey || owner.RequireSigningKeys ? null : KeyDependents.Make(owner, oldKey, cancellation);
        NatsOperator now = begun is null ? Take(owner, identity.PublicKey, signer, keepAsSigningKey) : owner;
        var run = new RotationSigner(this, edit, signer, progress, cancellation);
        run.SignDependents(survey?.Dependents ?? new Queue<NatsEntity>(), now, newUserKeys: false);
        run.Pending.InsertRange(0, survey?.Pending ?? []);
        if (begun is null)
        {
            edit.KeepKey(identity);
            edit.Save(now.Path, now.Document);
        }

        // If other writers can change the store, they may have used the old key until now. The next run finds what they signed.
        bool isToBeSettled = survey is not null && !edit.IsExclusive && run.Pending.Count == 0 && (begun is null || run.SignedAgain.Count > 0);
        edit.RecordRotation(
            new RotationRecord(owner.Path, oldKey, identity.PublicKey), isFinished: run.Pending.Count == 0 && !isToBeSettled);
        edit.Commit();
        IEnumerable<(NatsEntity Entity, string Token, string Reason)> own = begun is null ? [(now, now.Jwt!, "has the new identity key")] : [];
        var result = new KeyRotationResult(now, oldKey, identity.PublicKey)
        {
            SignedAgain = run.SignedAgain,
            Pending = run.Pending,
            IsOldKeyListed = keepAsSigningKey,
            IsFinished = run.Pending.Count == 0,
            IsToBeSettled = isToBeSettled,
            HasMore = run.HasMore && run.SignedAgain.Count > 0,
            Updates = ServerUpdate.InOrder(own.Concat(run.Accounts)),
        };
        return earlier is null ? result : result.After(earlier);
    });

    private NatsOperator Take(NatsOperator owner, string newKey, ISigner signer, bool keepAsSigningKey)
    {
        NatsOperator draft = owner.Draft();
        draft.Claims.Subject = newKey;
        draft.Claims.SigningKeys.Remove(newKey);
        if (keepAsSigningKey)
        {
            ClaimLists.AddText(draft.Claims.SigningKeys, owner.Subject!);
        }

        return (NatsOperator)Store.Make(owner.Path, Resign(draft, signer), parent: null);
    }
}
