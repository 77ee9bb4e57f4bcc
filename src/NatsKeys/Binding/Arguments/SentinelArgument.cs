using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A bearer user: an object, its name, or its token.</summary>
public sealed class SentinelArgument : IArgument
{
    private const string TokenBeginning = "eyJ";
    private readonly Func<NatsOperator, NatsJwt> read;
    private readonly string shown;

    /// <summary>Creates the argument from a user.</summary>
    /// <param name="user">The user.</param>
    public SentinelArgument(NatsUser user) =>
        (read, shown) = (_ => new TokenArgument(user.Store.GetShared<NatsUser>(user.Path)).Read(), user.Path.ToString());

    /// <summary>Creates the argument from a token that was read.</summary>
    /// <param name="jwt">The token.</param>
    public SentinelArgument(NatsJwt jwt) => (read, shown) = (_ => new TokenArgument(jwt).Read(), "(a token)");

    /// <summary>Creates the argument from a token, or the name of a user.</summary>
    /// <param name="text">The token, or the name: <c>user</c>, <c>account/user</c> or <c>operator/account/user</c>.</param>
    public SentinelArgument(string text)
    {
        string trimmed = text.Trim();
        bool isToken = trimmed.StartsWith(TokenBeginning, StringComparison.Ordinal);
        read = above => (isToken ? new TokenArgument(trimmed) : new TokenArgument(Named(trimmed, above))).Read();
        shown = isToken ? "(a token)" : SecretShape.Mask(trimmed);
    }

    /// <summary>The user, for messages.</summary>
    public override string ToString() => shown;

    /// <summary>Reads the token and checks its signature.</summary>
    internal NatsJwt Read(NatsOperator above) => read(above);

    private static NatsUser Named(string name, NatsOperator above) =>
        new UserArgument(name).Resolve(() => above.Store, account: null, new OperatorArgument(above.Name));
}
