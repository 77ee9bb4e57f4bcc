using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Compares a store's credentials with its users.</summary>
/// <param name="store">The store.</param>
/// <param name="now">The time.</param>
internal sealed class CredentialAuditor(NatsStore store, DateTimeOffset now)
{
    /// <summary>The findings about the credentials of a user in the store.</summary>
    public IEnumerable<StoreFinding> Of(NatsUser user)
    {
        if (CredentialFile.DefaultPath(user) is not { } file || !File.Exists(file))
        {
            return [];
        }

        return WhyStale(user, file) is { } reason
            ? [StoreFinding.Of(user.Path, AuditRules.StaleCredential, "jwt", $"The credentials of the {user.Path} in '{file}' {reason}.")]
            : [];
    }

    /// <summary>The findings about credentials of users that are not in the store.</summary>
    /// <param name="operatorName">The operator; null for all.</param>
    public IEnumerable<StoreFinding> Orphans(string? operatorName)
    {
        IEnumerable<string> operators = operatorName is null ? Folders(store.CredentialRoot) : [operatorName];
        return operators
            .SelectMany(owner => Folders(CredentialFile.PlaceOf(store, new EntityPath(owner))).Select(account => new EntityPath(owner, account)))
            .SelectMany(OrphansOf);
    }

    private IEnumerable<StoreFinding> OrphansOf(EntityPath account)
    {
        var folder = new CredentialFolder(store, account);
        foreach (string name in folder.Except(store.Names(account)))
        {
            EntityPath user = account.Child(name);
            string file = folder.Find(name)!;
            (bool isOver, string state) = StateOf(account, file);
            yield return StoreFinding.Of(user, AuditRules.OrphanedCredential, "", $"The {user} does not exist, but '{file}' holds {state}.") with
            {
                File = file,
                Severity = isOver ? FindingSeverity.Advice : AuditRules.OrphanedCredential.Severity,
            };
        }
    }

    /// <summary>Whether servers would refuse the token in a file, and a description of the token.</summary>
    private (bool IsOver, string State) StateOf(EntityPath account, string file)
    {
        NatsJwt token;
        try
        {
            token = CredentialFile.ReadToken(file);
        }
        catch (NatsKeysException)
        {
            return (true, "no readable token");
        }

        string whose = $"a token of {token.Subject}";
        if (UnixTime.IsExpired(token.Claims.Expires, now.ToUnixTimeSeconds()))
        {
            return (true, $"{whose} that expired at {token.Expires:u}");
        }

        return store.FindReadable(account) is NatsAccount known && Revocations.IsRevoked(known.Claims.Revocations, token.Claims)
            ? (true, $"{whose} that the account revokes")
            : (false, $"{whose} that {(token.Expires is { } end ? $"is valid until {end:u}" : "never expires")}");
    }

    private string? WhyStale(NatsUser user, string file)
    {
        NatsJwt token;
        try
        {
            token = CredentialFile.ReadToken(file);
        }
        catch (NatsKeysException error)
        {
            return $"cannot be read: {error.Message.TrimEnd('.')}";
        }

        if (token.Token == user.Jwt)
        {
            return null;
        }

        if (token.Subject != user.Subject || token.Claims is not UserClaims)
        {
            return $"belong to {token.Subject}, which is another user";
        }

        NatsAccount account = user.Parent;
        if (UnixTime.IsExpired(token.Claims.Expires, now.ToUnixTimeSeconds()))
        {
            return $"hold a token that expired at {token.Expires:u}";
        }

        return user.FaultOf(
            token.Claims, token.Issuer) != SignerFault.None ? $"hold a token signed by {token.Issuer}, which is not a key of the {account.Path}"
            : Revocations.IsRevoked(account.Claims.Revocations, token.Claims) ? "hold a token that the account revokes"
            : IsCopy(token.Claims, user.Document.Signed) ? null
            : "hold a token that is not the current one of the user";
    }

    /// <summary>Whether a token is a short-lived copy of the user's token: it differs only in its expiry, which is not later.</summary>
    private static bool IsCopy(ClaimSet copy, ClaimSet original)
    {
        if (original.Expires != 0 && (copy.Expires == 0 || copy.Expires > original.Expires))
        {
            return false;
        }

        ClaimSet lasting = ClaimCopier.Copy(copy);
        lasting.Expires = original.Expires;
        return ClaimJson.SameWish(lasting, original);
    }

    private static IEnumerable<string> Folders(string? path) => Directory.Exists(path)
        ? SafeFiles.Guarded(path, () => Directory.GetDirectories(path))
            .Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.OrdinalIgnoreCase)
        : [];
}
