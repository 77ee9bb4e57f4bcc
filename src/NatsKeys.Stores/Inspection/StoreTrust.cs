using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Creates simulated servers that decide like a server with exactly the tokens of a store.</summary>
internal static class StoreTrust
{
    /// <summary>Creates the simulated server of a user's operator.</summary>
    /// <param name="user">The user.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityNotSigned"/>: the operator is not signed. Other codes: its token cannot be read.
    /// </exception>
    public static ServerTrust Of(NatsUser user)
    {
        NatsAccount account = user.Parent;
        return Of(account.Parent, subject => subject == account.Subject ? account.Jwt : null);
    }

    /// <summary>Creates the simulated server of an operator.</summary>
    /// <param name="owner">The operator.</param>
    /// <param name="findAccount">Returns the token of an account if the caller has it; null to read it from the store.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.EntityNotSigned"/>: the operator is not signed. Other codes: its token cannot be read.
    /// </exception>
    internal static ServerTrust Of(NatsOperator owner, Func<string, string?> findAccount)
    {
        string token = owner.Jwt
            ?? throw new NatsKeysException(ErrorCode.EntityNotSigned, $"The {owner.Path} is not signed, so servers cannot trust it.");
        return new ServerTrust(token, subject => findAccount(subject) ?? FindOther(owner, subject));
    }

    /// <summary>The server versions that a user may connect to: all supported ones that its operator allows.</summary>
    /// <param name="user">The user.</param>
    public static ServerVersions ServersOf(NatsUser user) => ServerVersions.Since(user.Parent.Parent.Claims.AssertServerVersion);

    /// <summary>Finds another account, because a token may name a different account than the one in whose folder the user is.</summary>
    private static string? FindOther(NatsEntity operatorEntity, string subject) =>
        operatorEntity.Store.Children(operatorEntity).FirstOrDefault(account => account.Subject == subject)?.Jwt;
}
