using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>Users of the system account that live for one task: signed on the spot, with the permissions for it alone, and written nowhere.</summary>
internal static class SystemUser
{
    internal const string Name = "natskeys";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    // What happens while the user is made anew is not seen.
    private static readonly TimeSpan WatchLifetime = TimeSpan.FromHours(1);

    /// <summary>Gives the keys by which a user of an operator's system account may be let in.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.NoSystemAccount"/>: the operator names none, or the store does not have it.
    /// </exception>
    internal static SystemKeys KeysOf(EntityEditor editor, NatsOperator owner) => new(editor, Find(owner));

    /// <summary>Makes a user that may do one task.</summary>
    /// <param name="editor">The editor of the operator's store.</param>
    /// <param name="account">The system account, which lists the key.</param>
    /// <param name="signer">The key.</param>
    /// <param name="task">The task.</param>
    internal static NatsCredential Issue(EntityEditor editor, NatsAccount account, ISigner signer, ServerTask task)
    {
        EntityPath path = account.Path.Child(Name);
        var key = NatsKeyPair.Generate(NatsKeyType.User);
        try
        {
            long end = (account.Store.Clock.GetUtcNow() + (task == ServerTask.Watch ? WatchLifetime : Lifetime)).ToUnixTimeSeconds();
            var claims = new UserClaims { Name = Name, Subject = key.PublicKey, Expires = end };
            claims.Permissions.Pub.Allow.AddRange(SystemSubjects.Of(task));
            claims.Permissions.Sub.Allow.AddRange(SystemSubjects.HeardBy(task));
            claims.Permissions.Sub.Allow.Add(ServerLink.InboxOf(key.PublicKey) + ".>");
            UserScope.Enter(claims, account, signer.PublicKey);
            return new NatsCredential(Jwt.JwtReader.Read(editor.SignClaims(path, claims, signer, account).Jwt!), key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Refuses credentials that are not those of a user of the operator's system account, where that is known.</summary>
    /// <param name="credential">The credentials.</param>
    /// <param name="owner">The operator.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.NoSystemAccount"/>.</exception>
    public static void Require(NatsCredential credential, NatsOperator owner)
    {
        if (!string.IsNullOrEmpty(owner.SystemAccount) && credential.IssuerAccount != owner.SystemAccount)
        {
            throw new NatsKeysException(
                ErrorCode.NoSystemAccount,
                $"'{credential}' is a user of the account {credential.IssuerAccount}, not of {owner.SystemAccount}, the system account of "
                    + $"{owner.Path}. Nothing was sent.");
        }
    }

    private static NatsAccount Find(NatsOperator owner)
    {
        if (string.IsNullOrEmpty(owner.SystemAccount))
        {
            throw new NatsKeysException(
                ErrorCode.NoSystemAccount,
                $"The {owner.Path} has no system account. Only users of the system account may manage accounts on servers. Set one with "
                    + "Set-NatsOperator -SystemAccount, or pass the credentials of such a user.");
        }

        return owner.Store.FindAccountByKey(owner.Name, owner.SystemAccount) ?? throw new NatsKeysException(
            ErrorCode.NoSystemAccount,
            $"The system account {owner.SystemAccount} of {owner.Path} is not in the store {owner.Store.Location}. Pass the credentials of one of "
                + "its users.");
    }
}
