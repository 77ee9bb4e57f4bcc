using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// The entities that a key signed, found before anything changes. Only valid tokens are signed again, and only as they are: unsigned edits and forged
/// tokens must not be signed by accident.
/// </summary>
internal sealed class KeyDependents
{
    private readonly string oldKey;

    private KeyDependents(NatsEntity owner, string oldKey)
    {
        (Owner, this.oldKey) = (owner, oldKey);
    }

    /// <summary>The operator or account.</summary>
    public NatsEntity Owner { get; }

    /// <summary>The entities that the new key will sign.</summary>
    public Queue<NatsEntity> Dependents { get; } = [];

    /// <summary>The accounts that import with activations from the old key, with these imports.</summary>
    public List<(NatsAccount Account, AccountImport[] Imports)> Importers { get; } = [];

    /// <summary>The entities that are revoked and must stay revoked.</summary>
    public List<EntityPath> LeftRevoked { get; } = [];

    /// <summary>The entities that cannot be signed.</summary>
    public List<PendingSignature> Pending { get; } = [];

    /// <summary>Finds everything that a key of an owner signed, on all cores.</summary>
    public static KeyDependents Make(NatsEntity owner, string oldKey, CancellationToken cancellation)
    {
        var survey = new KeyDependents(owner, oldKey);
        survey.FindDependents(cancellation);
        if (owner is NatsAccount account)
        {
            survey.FindImporters(account);
        }

        return survey;
    }

    private void FindDependents(CancellationToken cancellation)
    {
        // The trusted keys are computed once, before several threads need them.
        _ = Owner.TrustedKeys;
        foreach ((EntityPath path,
            Found? found, NatsKeysException? fault) in ChildReader.InspectChildren(Owner, Owner.Store.Names(Owner.Path), Inspect, cancellation))
        {
            if (fault is not null)
            {
                Pending.Add(new PendingSignature(path, $"it cannot be read, so it is unknown whether the key signed it. {fault.Message}")
                {
                    Remedy = fault.Remedy,
                });
            }
            else if (found?.Trouble is { } trouble)
            {
                Pending.Add(new PendingSignature(found.Entity.Path, trouble.Why) { Remedy = trouble.Remedy });
            }
            else if (found is not null)
            {
                if (IsRevoked(found.Entity))
                {
                    LeftRevoked.Add(found.Entity.Path);
                }
                else
                {
                    Dependents.Enqueue(found.Entity);
                }
            }
        }
    }

    /// <summary>Returns the entity if the old key signed it; otherwise null.</summary>
    private Found? Inspect(NatsEntity entity) =>
        entity.Issuer == oldKey || entity.Document.Unchecked?.Issuer == oldKey ? new Found(entity, TroubleOf(entity)) : null;

    /// <summary>Throws if the owner was edited and not signed: the rotation would sign the edit as well.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotSigned"/>.</exception>
    public static void RequireSigned(NatsEntity owner)
    {
        if (TroubleOf(owner) is { } trouble)
        {
            throw new NatsKeysException(
                ErrorCode.EntityNotSigned, $"The {owner.Path} must be signed first: {trouble.Why}. Nothing was changed.")
            {
                Remedy = trouble.Remedy,
            };
        }
    }

    /// <summary>Finds the reason why an entity must not be signed as it is; null if there is none.</summary>
    public static Trouble? TroubleOf(NatsEntity entity)
    {
        if (entity.Jwt is null)
        {
            return new Trouble("it was never signed", Remedy.SignFile);
        }

        try
        {
            NatsJwt token = entity.Document.ReadToken();
            return ClaimJson.SameWish(entity.Wanted, token.Claims) && entity.Issuer == token.Issuer
                ? null
                : new Trouble("its file was edited and not signed", Remedy.SignFile);
        }
        catch (NatsKeysException error)
        {
            return new Trouble($"its token is not valid. {error.Message}", error.Remedy);
        }
    }

    private bool IsRevoked(NatsEntity entity) => Owner is NatsAccount account && Revocations.IsRevoked(account.Claims.Revocations, entity.Wanted);

    private void FindImporters(NatsAccount account)
    {
        foreach (NatsAccount other in account.Siblings())
        {
            AccountImport[] imports =
                [.. other.Claims.Imports.Where(import => import.Account == account.Subject
                    && new NatsImport(other, import).Activation is { } activation
                    && IsOurs(account, import, activation))];
            if (imports.Length == 0)
            {
                continue;
            }

            if (TroubleOf(other) is { } trouble)
            {
                Pending.Add(new PendingSignature(other.Path, $"it has an activation signed by the key, and {trouble.Why}")
                {
                    Remedy = trouble.Remedy,
                });
            }
            else
            {
                Importers.Add((other, imports));
            }
        }
    }

    private bool IsOurs(NatsAccount account, AccountImport import, NatsJwt activation) =>
        activation.Issuer == oldKey && activation.Claims is ActivationClaims && !account.Claims.Exports.Any(export =>
            export.Type == import.Type
                && Subjects.IsContainedAsInReference(import.Subject ?? "", export.Subject ?? "")
                && Revocations.IsRevoked(export.Revocations, activation.Claims));

    /// <summary>Why an entity must not be signed.</summary>
    /// <param name="Why">The reason, as readable text.</param>
    /// <param name="Remedy">What the user can do about it; null if the reason says it.</param>
    internal sealed record Trouble(string Why, Remedy? Remedy);

    private sealed record Found(NatsEntity Entity, Trouble? Trouble);
}
