using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>The token of an account on a server.</summary>
/// <param name="Server">The server. If several servers do not report which of them has the token, their names and how many of them have it.</param>
/// <param name="Text">The token; null if the server has none, or does not report it.</param>
/// <param name="IsThere">Whether the server has the account, as far as it reports this.</param>
internal sealed record HeldToken(string Server, string? Text, bool IsThere)
{
    /// <summary>The token; null if there is none, or if it cannot be read.</summary>
    public NatsJwt? Read() => JwtReader.TryRead(Text);

    /// <summary>Whether a token belongs to an account and was signed by a key that the operator trusts. Servers also store other tokens.</summary>
    public static bool IsOf(NatsOperator owner, string publicKey, NatsJwt token) =>
        token.Kind == ClaimKind.Account && token.Subject == publicKey && Signers.FaultOf(token.Issuer, owner.Claims) == SignerFault.None;
}
