using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal sealed partial class EntityEditor
{
    /// <summary>Signs a copy of a user's token with an earlier expiry. The user in the store does not change.</summary>
    /// <param name="user">The user.</param>
    /// <param name="expires">When the copy expires.</param>
    /// <param name="signingKey">The key that signs it.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.RuleBroken"/>: the user is revoked; <see cref="ErrorCode.InvalidTime"/>: the copy would expire after the user, or already
    /// has; the user has no token, or its seed is not available; or no key may sign.
    /// </exception>
    public NatsCredential CopyCredential(NatsUser user, DateTimeOffset expires, SigningKeyChoice signingKey)
    {
        NatsCredential own = Keys.CredentialOf(user);
        try
        {
            Rules.RequireFuture($"copy of {user.Path}", expires);
            RequireNoLonger(user, expires);
            NatsAccount account = user.Parent;
            RequireNotRevoked(user, own.Token);
            var claims = (UserClaims)JwtReader.Read(own.Token.Token).Claims;
            ISigner signer = FindSigner(signingKey, user);
            if (account.ScopeOf(signer.PublicKey) != account.ScopeOf(own.Issuer))
            {
                throw new SigningKeyException(new NatsKeysException(
                    ErrorCode.SigningKeyNotAllowed,
                    $"A copy of {user.Path} that key {signer.PublicKey} signs would have different permissions than the user. Nothing was signed."));
            }

            claims.Expires = UnixTime.FromDate(expires);
            UserScope.Enter(claims, account, signer.PublicKey);
            return new NatsCredential(JwtReader.Read(SignClaims(user.Path, claims, signer, account, user.Document).Jwt!), own.KeyPair);
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    /// <summary>Throws if the user is revoked. A copy that is signed now would be newer than the revocation, so servers would accept it.</summary>
    private static void RequireNotRevoked(NatsUser user, NatsJwt token)
    {
        if (user.IsRevoked(token.Claims))
        {
            throw new NatsKeysException(
                ErrorCode.RuleBroken,
                $"The {user.Path} is revoked, but servers would accept a copy that is signed now (trust.revoked). Nothing was "
                    + "signed.") { Remedy = Remedy.AdmitUser };
        }
    }

    private static void RequireNoLonger(NatsUser user, DateTimeOffset expires)
    {
        if (user.Expires is { } own && expires > own)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidTime,
                $"The copy of {user.Path} would expire at {expires:u}, after the user, which expires at {own:u}. Nothing was signed.");
        }
    }
}
