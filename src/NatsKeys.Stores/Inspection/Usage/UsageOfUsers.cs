using NatsKeys.Claims;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Finds the users of an account that depend on keys, and their credentials in the store.</summary>
/// <param name="account">The account.</param>
/// <param name="keys">The keys.</param>
/// <param name="depth">The depth of the users.</param>
/// <param name="isWhole">Whether all users depend on the keys.</param>
/// <param name="unreadable">Receives the error of each file that cannot be read.</param>
/// <param name="cancellation">Cancels the reading.</param>
internal sealed class UsageOfUsers(
    NatsAccount account, IReadOnlySet<string> keys, int depth, bool isWhole, Action<NatsKeysException> unreadable, CancellationToken cancellation)
{
    private readonly CredentialFolder credentials = new(account.Store, account.Path);

    /// <summary>The dependent users and credentials, in the order of the store. Credentials of users that no longer exist come last.</summary>
    public IEnumerable<NatsKeyUsage> Read() => Read(account.Store.Names(account.Path))
        .Concat(
            credentials.Except(account.Store.Names(account.Path)).Select(
                name => OfCredential(account.Path.Child(name), user: null)).OfType<NatsKeyUsage>());

    /// <summary>The dependent users among those with these names.</summary>
    public IEnumerable<NatsKeyUsage> Read(IEnumerable<string> names)
    {
        foreach ((EntityPath path, NatsKeyUsage? found, NatsKeysException? fault)
            in ChildReader.InspectChildren(account, names, Inspect, cancellation))
        {
            NatsKeyUsage? use = found;
            if (fault is not null)
            {
                // Credentials of a user whose file cannot be read may still be readable.
                unreadable(fault);
                use = OfCredential(path, user: null);
            }

            if (use is not null)
            {
                yield return use;
            }
        }
    }

    private NatsKeyUsage? Inspect(NatsEntity entity)
    {
        var user = (NatsUser)entity;
        return isWhole || keys.Contains(user.Document.Signer ?? "") ? Of(user, KeyUsageKind.User, depth)
            : keys.Contains(user.Subject ?? "") ? Of(user, KeyUsageKind.Identity, depth: 0)
            : OfCredential(user.Path, user);
    }

    private NatsKeyUsage Of(NatsUser user, KeyUsageKind kind, int depth) => new(kind, user.Path)
    {
        Depth = depth,
        PublicKey = user.Subject,
        Issuer = user.Document.Signer,
        Role = account.ScopeOf(user.Document.Signer)?.Role,
        Expires = UnixTime.ToDate(user.Document.Signed.Expires),
        CredentialPath = credentials.Find(user.Name),
        Entity = user,
    };

    /// <summary>The credentials of a user if they have another token than the user.</summary>
    private NatsKeyUsage? OfCredential(EntityPath path, NatsUser? user)
    {
        if (credentials.Find(path.Name) is not { } file
            || CredentialFile.TryReadToken(file) is not { Claims: UserClaims } token
            || !(isWhole || keys.Contains(token.Issuer ?? "") || keys.Contains(token.Subject ?? "")))
        {
            return null;
        }

        return new NatsKeyUsage(KeyUsageKind.Credential, path)
        {
            Depth = depth,
            PublicKey = token.Subject,
            Issuer = token.Issuer,
            Role = account.ScopeOf(token.Issuer)?.Role,
            Expires = token.Expires,
            CredentialPath = file,
            Entity = user,
        };
    }
}
