using NatsKeys.Claims;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// What a user's claims must be like under the key that signs it. Under a scoped key its template holds, and servers refuse users that
/// bring anything of their own, even limits that limit nothing.
/// </summary>
internal static class UserScope
{
    /// <summary>Fits a user's claims to the key that is about to sign them.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="account">The user's account.</param>
    /// <param name="publicKey">The key's public half.</param>
    /// <param name="isAsked">Whether permissions were asked for, be it those that every user has.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.SigningKeyNotAllowed"/>: the key is scoped, and the user has something of its own.
    /// </exception>
    public static void Enter(UserClaims claims, NatsAccount account, string publicKey, bool isAsked = false)
    {
        claims.IssuerAccount = publicKey == account.Subject ? null : account.Subject;
        if (account.ScopeOf(publicKey) is not { } scope || claims.Permissions.IsCleared)
        {
            return;
        }

        if (isAsked || !claims.Permissions.IsDefault)
        {
            throw new NatsKeysException(
                ErrorCode.SigningKeyNotAllowed,
                $"The user '{claims.Name}' cannot have its own permissions and limits: they come from the template of its role "
                    + $"'{scope.Role}'. Nothing was signed.");
        }

        claims.Permissions.SetLimits(0);
    }

    /// <summary>A user that had nothing of its own under a scoped key gets what every user has, when a plain key is to sign it.</summary>
    /// <returns>Whether that is so.</returns>
    public static bool Leave(NatsUser user, string publicKey)
    {
        bool leaves = user.Claims.Permissions.IsCleared && user.Parent.ScopeOf(publicKey) is null;
        if (leaves)
        {
            user.Claims.Permissions.SetLimits(LimitParser.Unlimited);
        }

        return leaves;
    }

    /// <summary>Fits a user's claims to the key that is about to sign them; tells whether that takes it out of a role.</summary>
    public static bool Fit(NatsEntity entity, string publicKey)
    {
        if (entity is not NatsUser user)
        {
            return false;
        }

        bool leavesRole = Leave(user, publicKey);
        Enter(user.Claims, user.Parent, publicKey);
        return leavesRole;
    }
}
