using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Editing;

public sealed partial class EntityEditor
{
    /// <summary>
    /// Gives an operator another identity key, and signs again what the old one had signed, unless the old one stays as a signing key. All of it is
    /// one change. What cannot be signed now is pending, and the next run finishes it.
    /// </summary>
    /// <param name="path">The operator.</param>
    /// <param name="key">
    /// The new identity key; it stays the caller's. Null makes one, or finishes what is pending of the last change. A signing key of the operator
    /// becomes its identity, and leaves the list.
    /// </param>
    /// <param name="keepAsSigningKey">Whether the old key goes on signing accounts.</param>
    /// <param name="progress">Learns of every account that was signed.</param>
    /// <param name="cancellation">Ends the work; nothing has changed then.</param>
    /// <exception cref="NatsKeysException">
    /// The key is of another type, cannot sign, or is the operator's already; or <see cref="ErrorCode.EntityNotSigned"/>: the operator was edited by
    /// hand.
    /// </exception>
    public KeyRotation UpdateOperatorKey(
        EntityPath path,
        NatsKeyPair? key,
        bool keepAsSigningKey,
        IProgress<EntityPath>? progress = null,
        CancellationToken cancellation = default) => Conflicts.Retry(() =>
    {
        key?.Require(NatsKeyType.Operator);
        using StoreChange edit = Begin();
        var owner = (NatsOperator)edit.Get(path);
        RotationSurvey.RequireSigned(owner);

        UnfinishedRotation? begun = key is null ? Store.ReadRotations().Find(rotation => rotation.NewKey == owner.Subject) : null;
        string oldKey = begun?.OldKey ?? owner.Subject!;
        if (key?.PublicKey == oldKey)
        {
            throw new NatsKeysException(ErrorCode.SigningKeyExists, $"Key {oldKey} is already the identity key of {owner.Path}.");
        }

        using NatsKeyPair identity = begun is null
            ? key?.Copy() ?? NatsKeyPair.Generate(NatsKeyType.Operator)
            : NatsKeyPair.FromPublicKey(begun.NewKey);
        ISigner signer = FindKey(identity, owner.Path.ToString());

        // What the old identity may no longer sign anyway, because only signing keys may, the new one may not either.
        RotationSurvey? survey = keepAsSigningKey || owner.RequireSigningKeys ? null : RotationSurvey.Make(owner, oldKey, cancellation);
        NatsOperator now = begun is null ? Take(owner, identity.PublicKey, signer, keepAsSigningKey) : owner;
        var run = new RotationRun(this, edit, signer, progress, cancellation);
        run.SignDependents(survey?.Dependents ?? new Queue<NatsEntity>(), now, newUserKeys: false);
        run.Pending.InsertRange(0, survey?.Pending ?? []);
        if (begun is null)
        {
            edit.KeepKey(identity);
            edit.Save(now.Path, now.Document);
        }

        edit.RecordRotation(new UnfinishedRotation(owner.Path, oldKey, identity.PublicKey), isFinished: run.Pending.Count == 0);
        edit.Commit();
        IEnumerable<(NatsEntity Entity, string Token, string Reason)> own = begun is null ? [(now, now.Jwt!, "has the new identity key")] : [];
        return new KeyRotation(now, oldKey, identity.PublicKey)
        {
            SignedAgain = run.SignedAgain,
            Pending = run.Pending,
            IsOldKeyListed = keepAsSigningKey,
            IsFinished = run.Pending.Count == 0,
            Updates = ServerUpdate.InOrder(own.Concat(run.Accounts)),
        };
    });

    private NatsOperator Take(NatsOperator owner, string newKey, ISigner signer, bool keepAsSigningKey)
    {
        var draft = (NatsOperator)owner.Draft();
        draft.Claims.Subject = newKey;
        draft.Claims.SigningKeys.Remove(newKey);
        if (keepAsSigningKey)
        {
            ClaimLists.AddText(draft.Claims.SigningKeys, owner.Subject!);
        }

        return (NatsOperator)Store.Make(owner.Path, Resign(draft, signer), parent: null);
    }
}
