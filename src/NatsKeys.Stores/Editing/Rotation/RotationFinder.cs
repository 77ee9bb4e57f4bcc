using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Finds the key rotations that are in progress. Nothing changes.</summary>
internal static class RotationFinder
{
    /// <summary>Gets the rotations of a store that are in progress, in the order in which they began.</summary>
    /// <param name="store">The store.</param>
    /// <param name="operatorName">The operator; null for all.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityNotFound"/>: the operator does not exist; or the file that records them, or the file of an owner, cannot be read.
    /// </exception>
    public static IEnumerable<NatsRotation> Of(NatsStore store, string? operatorName = null, CancellationToken cancellation = default)
    {
        string? name = operatorName is null ? null : store.FindOperator(operatorName).Name;
        return store.ReadRotations()
            .Where(rotation => name is null || rotation.Owner.Operator.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(rotation => Describe(store, rotation, cancellation));
    }

    private static NatsRotation Describe(NatsStore store, RotationRecord rotation, CancellationToken cancellation)
    {
        var found = new NatsRotation(rotation.Owner, rotation.OldKey, rotation.NewKey)
        {
            NewUserKeys = rotation.NewUserKeys,
            State = rotation.AwaitsServers ? RotationState.Publishing : RotationState.Signing,
            Store = store,
        };
        if (store.Find(rotation.Owner) is not { } owner)
        {
            return found with { Pending = [new PendingSignature(rotation.Owner, "it is no longer in the store under this name")] };
        }

        KeyDependents survey = KeyDependents.Make(owner, rotation.OldKey, cancellation);
        return found with
        {
            Role = (owner as NatsAccount)?.ScopeOf(rotation.NewKey)?.Role,
            IsOldKeyListed = owner.Wanted.ListedKeys.Contains(rotation.OldKey),
            Pending =
            [
                .. survey.Dependents.Select(entity => new PendingSignature(entity.Path, "it is signed by the old key")),
                .. survey.Importers.Select(importer => new PendingSignature(importer.Account.Path, "it has an activation signed by the old key")),
                .. survey.Pending,
            ],
            IsOwnerThere = true,
            ReplacesIdentity = owner is NatsOperator && owner.Subject == rotation.NewKey,
        };
    }
}
