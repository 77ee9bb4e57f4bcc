using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>
/// Temporary users of the system account: each is signed for one task, with only the permissions for it, and is not written anywhere.
/// </summary>
internal static class SystemUser
{
    internal const string Name = "natskeys";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    // Longer than for other tasks, because events are missed while the user is renewed.
    private static readonly TimeSpan WatchLifetime = TimeSpan.FromHours(1);

    /// <summary>Gets the keys whose users servers may accept.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.NoSystemAccount"/>: the operator names no system account, or the store does not have it.
    /// </exception>
    internal static SystemKeys KeysOf(EntityEditor editor, NatsOperator owner, ServerTask task) => new(editor, Find(owner), task);

    /// <summary>Whether the users of a role may perform a task.</summary>
    /// <param name="template">The permissions of the role.</param>
    /// <param name="task">The task.</param>
    internal static bool May(UserPermissions template, ServerTask task)
    {
        bool isFree = template.Src.Count + template.Times.Count + template.AllowedConnectionTypes.Count == 0 && !template.ProxyRequired;
        return isFree
            && SystemSubjects.Of(task).All(subject => PermissionEvaluator.Publish(template, subject).IsAllowed)
            && SystemSubjects.SubscriptionsOf(task).Append(InboxOf("U")).All(subject => PermissionEvaluator.Subscribe(template, subject).IsAllowed);
    }

    /// <summary>Creates a user for one task. If the key has a role, the user has the permissions of the role.</summary>
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
            TimeSpan lifetime = task is ServerTask.Watch or ServerTask.Measure ? WatchLifetime : Lifetime;
            long end = (account.Store.Clock.GetUtcNow() + lifetime).ToUnixTimeSeconds();
            var claims = new UserClaims { Name = Name, Subject = key.PublicKey, Expires = end };
            if (account.ScopeOf(signer.PublicKey) is null)
            {
                claims.Permissions.Pub.Allow.AddRange(SystemSubjects.Of(task));
                claims.Permissions.Sub.Allow.AddRange(SystemSubjects.SubscriptionsOf(task));
                claims.Permissions.Sub.Allow.Add(InboxOf(key.PublicKey));
            }

            UserScope.Enter(claims, account, signer.PublicKey);
            return new NatsCredential(Jwt.JwtReader.Read(editor.SignClaims(path, claims, signer, account).Jwt!), key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Refuses credentials of a user that is not in the operator's system account, if that account is known.</summary>
    /// <param name="credential">The credentials.</param>
    /// <param name="owner">The operator.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.NoSystemAccount"/>.</exception>
    public static void Require(NatsCredential credential, NatsOperator owner)
    {
        if (!string.IsNullOrEmpty(owner.Claims.SystemAccount) && credential.IssuerAccount != owner.Claims.SystemAccount)
        {
            throw new NatsKeysException(
                ErrorCode.NoSystemAccount,
                $"'{credential}' is a user of the account {credential.IssuerAccount}, not of {owner.Claims.SystemAccount}, the system account of "
                    + $"{owner.Path}. Nothing was sent.");
        }
    }

    private static string InboxOf(string publicKey) => ServerLink.InboxOf(publicKey) + ".>";

    /// <summary>Gets the system account of an operator.</summary>
    /// <param name="owner">The operator.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.NoSystemAccount"/>: it has none, or the store does not have it.</exception>
    public static NatsAccount Find(NatsOperator owner)
    {
        if (string.IsNullOrEmpty(owner.Claims.SystemAccount))
        {
            throw new NatsKeysException(
                ErrorCode.NoSystemAccount,
                $"The {owner.Path} has no system account, and no credentials of a user of one were given. Only such users may manage accounts on "
                    + "servers.") { Remedy = Remedy.SetSystemAccount };
        }

        return owner.Store.FindAccountByKey(owner.Name, owner.Claims.SystemAccount) ?? throw new NatsKeysException(
            ErrorCode.NoSystemAccount,
            $"The system account {owner.Claims.SystemAccount} of {owner.Path} is not in the store {owner.Store.Location}. Pass the credentials of "
                + "its users.");
    }
}
