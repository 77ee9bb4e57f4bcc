using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>A token of an account that was found fit for servers.</summary>
public sealed class Publication
{
    internal Publication(NatsAccount account, NatsJwt token)
    {
        Account = account;
        Token = token;
    }

    /// <summary>The account.</summary>
    public NatsAccount Account { get; }

    /// <summary>The token.</summary>
    public NatsJwt Token { get; }
}
