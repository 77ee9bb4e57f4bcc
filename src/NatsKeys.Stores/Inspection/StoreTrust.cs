using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>The view of a server that has exactly the tokens of a store.</summary>
internal static class StoreTrust
{
    /// <summary>The server of a user's operator.</summary>
    /// <param name="user">The user.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityNotSigned"/>: the operator is not signed; or its token cannot be read.
    /// </exception>
    public static ServerTrust Of(NatsUser user)
    {
        NatsEntity account = user.Parent;
        return Of((NatsOperator)account.Parent, subject => subject == account.Subject ? account.Jwt : null);
    }

    /// <summary>The server of an operator.</summary>
    /// <param name="owner">The operator.</param>
    /// <param name="findAccount">Gives the token of an account where it is known already; null to look for it in the store.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityNotSigned"/>: the operator is not signed; or its token cannot be read.
    /// </exception>
    internal static ServerTrust Of(NatsOperator owner, Func<string, string?> findAccount)
    {
        string token = owner.Jwt
            ?? throw new NatsKeysException(ErrorCode.EntityNotSigned, $"The {owner.Path} is not signed, so servers cannot trust it.");
        return new ServerTrust(token, subject => findAccount(subject) ?? FindOther(owner, subject));
    }

    /// <summary>The servers that a user may meet: all that are supported, and that its operator does not rule out.</summary>
    /// <param name="user">The user.</param>
    public static ServerVersions ServersOf(NatsUser user) => ServerVersions.Since(((NatsOperator)user.Parent.Parent).Claims.AssertServerVersion);

    /// <summary>A user may name another account than the one in which it lies.</summary>
    private static string? FindOther(NatsEntity operatorEntity, string subject) =>
        operatorEntity.Store.Children(operatorEntity).FirstOrDefault(account => account.Subject == subject)?.Jwt;
}
