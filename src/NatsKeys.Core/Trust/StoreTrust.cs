using NatsKeys.Entities;
using NatsKeys.Server;

namespace NatsKeys.Trust;

/// <summary>The view of a server that has exactly the tokens of a store.</summary>
public static class StoreTrust
{
    /// <summary>The server of a user's operator.</summary>
    /// <param name="user">The user.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotSigned"/>: the operator is not signed; or its token cannot be read.</exception>
    public static ServerTrust Of(NatsUser user)
    {
        NatsEntity account = user.Parent;
        NatsEntity operatorEntity = account.Parent;
        string token = operatorEntity.Jwt ?? throw new NatsKeysException(ErrorCode.EntityNotSigned, $"The {operatorEntity.Path} is not signed, so no server can trust it.");
        return new ServerTrust(token, subject => subject == account.Subject ? account.Jwt : FindOther(operatorEntity, subject));
    }

    /// <summary>The servers that a user may meet: all that are supported, and that its operator does not rule out.</summary>
    /// <param name="user">The user.</param>
    public static ServerVersions ServersOf(NatsUser user) => ServerVersions.Since(((NatsOperator)user.Parent.Parent).Claims.AssertServerVersion);

    /// <summary>A user may name another account than the one in which it lies.</summary>
    private static string? FindOther(NatsEntity operatorEntity, string subject) =>
        operatorEntity.Store.Children(operatorEntity).FirstOrDefault(account => account.Subject == subject)?.Jwt;
}
