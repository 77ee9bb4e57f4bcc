using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>A rotation request that was checked against the store and against what an earlier run has done.</summary>
/// <param name="Owner">The operator or account.</param>
/// <param name="OldKey">The old key.</param>
/// <param name="NewKey">The new key; null if it must be generated.</param>
internal sealed record ValidatedRotation(NatsEntity Owner, string OldKey, string? NewKey)
{
    /// <summary>Whether users get new keys.</summary>
    public bool NewUserKeys { get; init; }

    /// <summary>The type of the keys.</summary>
    public NatsKeyType Type => Owner.Path.Kind.ToKeyType();

    /// <summary>Whether the owner lists the old key.</summary>
    public bool IsOldListed => Owner.Wanted.ListedKeys.Contains(OldKey);

    /// <summary>Whether the owner lists the new key.</summary>
    public bool IsNewListed => NewKey is not null && Owner.Wanted.ListedKeys.Contains(NewKey);

    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyNotFound"/>: the owner does not list the old key; <see cref="ErrorCode.EntityNotSigned"/>: the owner was edited by
    /// hand; <see cref="ErrorCode.RotationBegun"/>: a rotation to another key is in progress; or the new key may not be used.
    /// </exception>
    public static ValidatedRotation Of(NatsEntity owner, RotationRequest request)
    {
        if (owner.Path.Kind == EntityKind.User)
        {
            throw new NatsKeysException(ErrorCode.InvalidClaims, $"The {owner.Path} cannot have signing keys. Only operators and accounts can.");
        }

        RotationRecord? begun = owner.Store.ReadRotations().Find(rotation => rotation.OldKey == request.OldKey);
        if (begun is null && !owner.Wanted.ListedKeys.Contains(request.OldKey))
        {
            throw EntityEditor.NotListed(owner, request.OldKey);
        }

        KeyDependents.RequireSigned(owner);

        string? newKey = request.NewKey?.PublicKey ?? begun?.NewKey;
        if (begun is not null && newKey != begun.NewKey)
        {
            throw new NatsKeysException(
                ErrorCode.RotationBegun,
                $"A rotation from {begun.OldKey} to {begun.NewKey} is in progress. Finish it first, without specifying another key. Then "
                    + $"replace {begun.NewKey}.");
        }

        // A successor that was removed meanwhile is not listed again. Another one takes its place.
        ClaimSet wanted = owner.Wanted;
        if (request.NewKey is null && newKey is not null && wanted.ListedKeys.Contains(request.OldKey) && !wanted.ListedKeys.Contains(newKey))
        {
            newKey = null;
        }

        var start = new ValidatedRotation(owner, request.OldKey, newKey) { NewUserKeys = request.NewUserKeys || begun is { NewUserKeys: true } };
        start.RequireGoodKey(request.NewKey, isBegun: begun is not null);
        return start.IsOldListed || start.IsNewListed ? start : throw new NatsKeysException(
            ErrorCode.KeyNotFound,
            $"Key {start.NewKey}, the successor of {request.OldKey}, is no longer a signing key of {owner.Path}.")
        {
            Remedy = Remedy.UseOtherSigningKey,
        };
    }

    private void RequireGoodKey(NatsKeyPair? given, bool isBegun)
    {
        given?.Require(Type);
        if (given is not null && (given.PublicKey == OldKey || given.PublicKey == Owner.Subject))
        {
            throw new NatsKeysException(
                ErrorCode.SigningKeyExists,
                $"Key {given.PublicKey} is {(given.PublicKey == OldKey ? "the key to replace" : $"the identity key of {Owner.Path}")}. "
                    + "Nothing was changed.");
        }

        // The new key of a rotation that has begun had the template of the old one. If it differs, the role was changed since.
        if (!isBegun && IsOldListed && IsNewListed && Owner is NatsAccount account && Text(account.ScopeOf(OldKey)) != Text(account.ScopeOf(NewKey!)))
        {
            throw new NatsKeysException(
                ErrorCode.SigningKeyNotAllowed,
                $"Key {NewKey} is already listed by {account.Path}, but its role or template differs from that of {OldKey}: users that it signs "
                    + "would have different permissions. Nothing was changed.")
            {
                Remedy = Remedy.ChangeRole,
            };
        }
    }

    private static string? Text(AccountSigningKey? scope) =>
        scope is null ? null : $"{scope.Role}\n{YamlWriter.Write(YamlClaimWriter.Write(scope.Template, new AccountSigningKey().Template))}";
}
