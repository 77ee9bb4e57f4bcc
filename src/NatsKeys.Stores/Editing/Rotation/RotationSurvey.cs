using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// What a key signed and what becomes of it: found out before anything is changed. Only tokens that hold are signed again, and only as they are:
/// what somebody edited and nobody signed, and what was forged, shall not be signed in passing.
/// </summary>
internal sealed class RotationSurvey
{
    private readonly string oldKey;

    private RotationSurvey(NatsEntity owner, string oldKey)
    {
        (Owner, this.oldKey) = (owner, oldKey);
    }

    /// <summary>The operator or account.</summary>
    public NatsEntity Owner { get; }

    /// <summary>What the new key shall sign.</summary>
    public Queue<NatsEntity> Dependents { get; } = [];

    /// <summary>The accounts that import by activations which the old key signed, with these imports.</summary>
    public List<(NatsAccount Account, AccountImport[] Imports)> Importers { get; } = [];

    /// <summary>What was revoked, and shall stay so.</summary>
    public List<EntityPath> LeftRevoked { get; } = [];

    /// <summary>What cannot be signed.</summary>
    public List<PendingSignature> Pending { get; } = [];

    /// <summary>Looks at everything that a key of an owner signed, with all cores.</summary>
    public static RotationSurvey Make(NatsEntity owner, string oldKey, CancellationToken cancellation)
    {
        var survey = new RotationSurvey(owner, oldKey);
        survey.FindDependents(cancellation);
        if (owner is NatsAccount account)
        {
            survey.FindImporters(account);
        }

        return survey;
    }

    private void FindDependents(CancellationToken cancellation)
    {
        // What the owner is asked for is found out once, before many ask it.
        _ = Owner.TrustedKeys;
        foreach ((EntityPath path,
            Found? found, NatsKeysException? fault) in ChildReading.InspectChildren(Owner, Owner.Store.Names(Owner.Path), Inspect, cancellation))
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

    /// <summary>What the old key signed; null for what it did not.</summary>
    private Found? Inspect(NatsEntity entity) =>
        entity.Issuer == oldKey || entity.Document.Unchecked?.Issuer == oldKey ? new Found(entity, TroubleOf(entity)) : null;

    /// <summary>Refuses an owner that was edited and not signed: it would be signed in passing.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotSigned"/>.</exception>
    public static void RequireSigned(NatsEntity owner)
    {
        if (TroubleOf(owner) is { } trouble)
        {
            throw new NatsKeysException(
                ErrorCode.EntityNotSigned, $"The {owner.Path} is not signed as it stands: {trouble.Why}. Nothing was changed.")
            {
                Remedy = trouble.Remedy,
            };
        }
    }

    /// <summary>Why an entity must not be signed as it is; null when it may.</summary>
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
                Pending.Add(new PendingSignature(other.Path, $"it imports with an activation that the key signed, and {trouble.Why}")
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
    /// <param name="Why">The reason, for people.</param>
    /// <param name="Remedy">What they can do about it; null where the reason says it all.</param>
    internal sealed record Trouble(string Why, Remedy? Remedy);

    private sealed record Found(NatsEntity Entity, Trouble? Trouble);
}
