using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>What a server has of an account.</summary>
/// <param name="Server">The server; where several do not say which of them has it, all that it may be and how many of them it is.</param>
/// <param name="Text">The token; null for a server that has none, or does not tell it.</param>
/// <param name="IsThere">Whether the server has the account, as far as it tells.</param>
internal sealed record HeldToken(string Server, string? Text, bool IsThere)
{
    /// <summary>The token; null where there is none, or none that can be read.</summary>
    public NatsJwt? Read() => JwtReader.TryRead(Text);

    /// <summary>Whether a token is about an account, and signed by a key that an operator trusts. Servers take others as well.</summary>
    public static bool IsOf(NatsOperator owner, string publicKey, NatsJwt token) =>
        token.Kind == ClaimKind.Account && token.Subject == publicKey && Signers.FaultOf(token.Issuer, owner.Claims) == SignerFault.None;
}
