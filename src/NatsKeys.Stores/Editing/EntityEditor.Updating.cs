using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal sealed partial class EntityEditor
{
    /// <summary>What is to be signed of an entity, and by which key.</summary>
    /// <param name="path">The entity.</param>
    /// <returns>The plan; null when the file says what the token says.</returns>
    /// <exception cref="NatsKeysException">The file cannot be read, or there is no key that may sign.</exception>
    public SigningPlan? PlanSigning(EntityPath path)
    {
        NatsEntity entity = Store.Get(path);
        if (!IsEdited(entity))
        {
            return null;
        }

        ClaimSet? signed = entity.Document.TryReadUnchecked()?.Claims;
        entity = entity.Draft();
        RequireValid(entity, signed);
        entity.Wanted.Subject ??= signed?.Subject;
        IReadOnlyList<ClaimDifference> differences = signed is null ? [] : ClaimDifference.Between(entity.Wanted, signed);

        // An operator without a key gets one, and signs itself with it; so does an account, which then signs its users.
        string? signer = entity.Parent.Subject is null ? null : FindSigner(Choice(entity, signed), entity).PublicKey;
        return new SigningPlan(entity.With(entity.Wanted), signer, differences);
    }

    /// <summary>Signs an entity as its file states it. One without a subject gets a key.</summary>
    /// <param name="path">The entity.</param>
    /// <exception cref="NatsKeysException">The file cannot be read, what it states breaks a rule, or there is no key that may sign.</exception>
    public EntityChangeResult SignEdited(EntityPath path) => Conflicts.Retry(() =>
    {
        using StoreTransaction edit = Begin();
        NatsEntity entity = edit.Get(path);
        if (!IsEdited(entity))
        {
            return new EntityChangeResult(entity, IsChanged: false);
        }

        ClaimSet? signed = entity.Document.TryReadUnchecked()?.Claims;
        entity = entity.Draft();
        RequireValid(entity, signed);
        entity.Wanted.Subject ??= signed?.Subject;
        entity.Wanted.Name ??= entity.Name;
        using NatsKeyPair? key = entity.Subject is null ? NatsKeyPair.Generate(entity.Path.Kind.ToKeyType()) : null;
        entity.Wanted.Subject ??= key!.PublicKey;
        ISigner signer = entity is NatsOperator && key is not null ? key : FindSigner(Choice(entity, signed), entity);
        EntityChangeResult change = SignIn(edit, entity, signer, key, signed?.Expires ?? 0, signed?.NotBefore ?? 0);
        edit.Commit();
        return change;
    });

    internal static bool IsEdited(NatsEntity entity) => entity.State is EntityState.Unsigned or EntityState.Modified;

    /// <summary>An issuer that was written into the file is a key that was asked for: no other one takes its place.</summary>
    private static SigningKeyChoice Choice(NatsEntity entity, ClaimSet? signed) => entity.Issuer is { } issuer && issuer != signed?.Issuer
        ? SigningKeyChoice.Named(issuer)
        : SigningKeyChoice.Default;

    /// <summary>
    /// Refuses what a person wrote and servers would pass over, so that less is forbidden than it seems: claims that are nearly spelled like others,
    /// and templates of roles that break rules. What was signed before stands.
    /// </summary>
    private static void RequireValid(NatsEntity entity, ClaimSet? signed)
    {
        string[] before = signed is null ? [] : [.. UnknownClaims.In(signed).Select(claim => claim.Claim)];
        if (UnknownClaims.In(entity.Wanted).FirstOrDefault(claim => claim.Meant is not null && !before.Contains(claim.Claim)) is { } slip)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims,
                $"The {entity.Path} has the unknown claim '{slip.Claim}', which servers ignore. Did you mean '{slip.Meant}'? Nothing was signed.");
        }

        if (entity.Wanted is AccountClaims account)
        {
            string[] known = signed is AccountClaims old ? [.. old.SigningKeys.Select(key => key.ToString())] : [];
            foreach (AccountSigningKey key in account.SigningKeys.Where(key => key.IsScoped && !known.Contains(key.ToString())))
            {
                ScopeEditing.RequireRules(key);
            }
        }
    }
}
