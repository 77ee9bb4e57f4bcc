using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal sealed partial class EntityEditor
{
    /// <summary>Plans the signing of an edited entity: its claims, and the key that signs them.</summary>
    /// <param name="path">The entity.</param>
    /// <returns>The plan; null if the file matches the token.</returns>
    /// <exception cref="NatsKeysException">The file cannot be read, or no key may sign.</exception>
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

        // An operator or account without a key gets one when it is signed. The operator then signs itself with it, and the account its users.
        string? signer = entity.Parent.Subject is null ? null : FindSigner(Choice(entity, signed), entity).PublicKey;
        return new SigningPlan(entity.With(entity.Wanted), signer, differences);
    }

    /// <summary>Signs an entity as its file states it. If the file has no subject, a key is generated.</summary>
    /// <param name="path">The entity.</param>
    /// <exception cref="NatsKeysException">The file cannot be read, it breaks a rule, or no key may sign.</exception>
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

    /// <summary>Chooses the signing key. A new issuer in the file is a request for that key, so no other key is used instead.</summary>
    private static SigningKeyChoice Choice(NatsEntity entity, ClaimSet? signed) => entity.Issuer is { } issuer && issuer != signed?.Issuer
        ? SigningKeyChoice.Named(issuer)
        : SigningKeyChoice.Default;

    /// <summary>
    /// Throws if the file has errors that servers would ignore, so that less would be forbidden than it seems: misspelled claims, and templates of
    /// roles that break rules. Claims that were already signed are accepted.
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
