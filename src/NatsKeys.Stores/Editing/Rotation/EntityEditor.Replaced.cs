using NatsKeys.Claims;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal sealed partial class EntityEditor
{
    /// <summary>
    /// Finds the tokens to publish again after a key was replaced. If a run was interrupted after everything was signed, it is unknown which servers
    /// have them. Nothing changes.
    /// </summary>
    /// <param name="key">The key, as it was before it was replaced.</param>
    /// <returns>The finished replacement; null if the owner still lists the key, or if part of the rotation is pending.</returns>
    public KeyRotationResult? FindReplaced(NatsSigningKey key)
    {
        NatsEntity owner = Store.Get(key.GetOwner().Path);
        bool isOpen = owner.Wanted.ListedKeys.Contains(key.PublicKey) || Store.ReadRotations().Exists(rotation => rotation.OldKey == key.PublicKey);
        if (isOpen || owner.Jwt is null)
        {
            return null;
        }

        IEnumerable<NatsEntity> others = owner is NatsOperator
            ? Store.Children(owner)
            : Store.Children(owner.Parent).Where(other => ((AccountClaims)other.Wanted).Imports.Any(
                import => !import.IsNull && import.Account == owner.Subject && !string.IsNullOrEmpty(import.Token)));
        return new KeyRotationResult(owner, key.PublicKey, SuccessorOf(owner, key.Role) ?? "")
        {
            Role = key.Role,
            IsFinished = true,
            Updates = ServerUpdate.InOrder([
                (owner, owner.Jwt, "no longer lists the old key"),
                .. others.Where(other => other.Jwt is not null).Select(other => (other, other.Jwt!, "was signed again"))]),
        };
    }

    /// <summary>Finds the key that replaced another one; null if that is ambiguous.</summary>
    private static string? SuccessorOf(NatsEntity owner, string? role)
    {
        string[] keys = [.. owner.Wanted.ListedKeys.Where(key => (owner as NatsAccount)?.ScopeOf(key)?.Role == role)];
        return keys is [var only] ? only : null;
    }
}
