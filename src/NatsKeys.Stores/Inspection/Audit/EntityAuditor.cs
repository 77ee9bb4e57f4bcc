using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Checks one entity against the rules of good practice.</summary>
internal static class EntityAuditor
{
    private const string Everything = ">";

    /// <summary>How long an identity key may stay in the key root after its creation, and sign the system account, during setup.</summary>
    private static readonly TimeSpan SetUp = TimeSpan.FromDays(30);

    /// <summary>The findings about what could be safer.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<StoreFinding> Of(NatsEntity entity, DateTimeOffset now) =>
        UnknownClaims.In(entity.Wanted).Select(claim => Unknown(entity.Path, claim)).Concat(entity switch
    {
        NatsOperator owner => IdentityKey(owner, now),
        NatsAccount account => IdentityKey(account, now).Concat(IsBeingSetUp(account, now) ? [] : SignedByIdentity(account))
            .Concat(Keys(account)).Concat(DefaultPermissions(account)),
        NatsUser user => SignedByIdentity(user).Concat(Of(user, user.Parent)),
        _ => [],
    });

    private static StoreFinding Unknown(EntityPath path, UnknownClaim claim) => StoreFinding.Of(
        path,
        AuditRules.UnknownClaim,
        claim.Claim,
        $"The {path} has the unknown claim '{claim.Claim}'.{(claim.Meant is null ? "" : $" Did you mean '{claim.Meant}'?")}");

    private static IEnumerable<StoreFinding> IdentityKey(NatsEntity entity, DateTimeOffset now)
    {
        // Keys in memory are not on disk, so they are not reported.
        if (entity.Store is not FolderStore || entity.Subject is not { } key || !(entity.Store.Keys.KeptSince(key) < now - SetUp))
        {
            yield break;
        }

        string signers = entity.Wanted.ListedKeys.Any() ? "Its signing keys can sign instead" : "It has no signing keys that could sign instead";
        yield return StoreFinding.Of(
            entity.Path,
            AuditRules.IdentityKeyNearby,
            "subject",
            $"The identity key of the {entity.Path} has been in the key root for more than {SetUp.Days} days. {signers}.");
    }

    /// <summary>
    /// Whether the account was just created: the system account is created with its operator, before the operator has a signing key.
    /// </summary>
    private static bool IsBeingSetUp(NatsAccount account, DateTimeOffset now) =>
        account.IsSystemAccount && account.Document.TryReadUnchecked()?.IssuedAt > now - SetUp;

    /// <summary>Reports entities that were signed by an identity key. If the operator is strict, this is already an error.</summary>
    private static IEnumerable<StoreFinding> SignedByIdentity(NatsEntity entity)
    {
        NatsEntity above = entity.Parent;
        bool isByIdentity = above.Subject is { } identity && identity == entity.Document.Signer && above.TrustedKeys.Contains(identity);
        return isByIdentity && above.Wanted.ListedKeys.Any()
            ? [StoreFinding.Of(entity.Path,
                AuditRules.IdentitySigned, "iss", $"The {entity.Path} was signed by the identity key of the {above.Path}, which has signing keys.")]
            : [];
    }

    private static IEnumerable<StoreFinding> Keys(NatsAccount account)
    {
        // One key without a role is allowed. It is needed where no role fits, because the identity key is kept offline.
        bool hasPlain = false;
        for (int index = 0; index < account.Claims.SigningKeys.Count; index++)
        {
            AccountSigningKey key = account.Claims.SigningKeys[index];
            var claim = new ClaimPath("signing_keys", index);
            if (!key.IsScoped)
            {
                if (hasPlain)
                {
                    yield return StoreFinding.Of(
                        account.Path,
                        AuditRules.UnscopedKey,
                        claim.ToString(),
                        $"The signing key {key.Key} of the {account.Path} has no role, and neither has another one: anyone who has it can create "
                            + "users with any permissions.");
                }

                hasPlain = true;
                continue;
            }

            string who = $"The role '{key.Role}' of the {account.Path}";
            IEnumerable<StoreFinding> found = Permissions(account.Path, account, key.Template, claim.Of("template"), who);
            foreach (StoreFinding finding in found.Concat(Bearer(account.Path, key.Template, claim.Of("template"), who)))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<StoreFinding> DefaultPermissions(NatsAccount account) =>
        Wildcards(account.Path, account.Claims.DefaultPermissions, "default_permissions", $"By default, a user of the {account.Path}");

    private static IEnumerable<StoreFinding> Of(NatsUser user, NatsAccount account)
    {
        if (user.Expires is null)
        {
            yield return StoreFinding.Of(user.Path, AuditRules.NeverExpires, "exp", $"The {user.Path} never expires.");
        }

        // The permissions of a role are reported once, for the role and not for each user.
        if (account.ScopeOf(user.Issuer) is not null)
        {
            yield break;
        }

        IEnumerable<StoreFinding> found = Permissions(user.Path, account, user.Permissions, claim: null, $"The {user.Path}");
        foreach (StoreFinding finding in found.Concat(Bearer(user.Path, user.Permissions, claim: null, $"The {user.Path}")))
        {
            yield return finding;
        }
    }

    private static IEnumerable<StoreFinding> Permissions(
        EntityPath path, NatsAccount account, UserPermissions permissions, ClaimPath? claim, string who)
    {
        bool isRestricted = PermissionEvaluator.HasAny(permissions) || PermissionEvaluator.HasAny(account.Claims.DefaultPermissions);
        return isRestricted
            ? Wildcards(path, permissions, claim, who)
            : [StoreFinding.Of(path, AuditRules.Unrestricted, claim?.ToString()
                ?? "pub", $"{who} has no permissions, and its account has no default permissions: it may publish and subscribe to everything.")];
    }

    private static IEnumerable<StoreFinding> Wildcards(EntityPath path, Permissions permissions, ClaimPath? claim, string who)
    {
        if (permissions.Pub.Allow.Contains(Everything))
        {
            yield return StoreFinding.Of(
                path, AuditRules.FullWildcard, Claim(claim, "pub.allow"), $"{who} may publish to '>'{But(permissions.Pub)}.");
        }

        // An entry may have a queue group after a space.
        if (permissions.Sub.Allow.Any(entry => entry.Split(' ')[0] == Everything))
        {
            yield return StoreFinding.Of(
                path, AuditRules.FullWildcard, Claim(claim, "sub.allow"), $"{who} may subscribe to '>'{But(permissions.Sub)}.");
        }

        (string Member, ClaimList<string> Entries)[] lists =
            [("pub.allow", permissions.Pub.Allow),
                ("pub.deny", permissions.Pub.Deny), ("sub.allow", permissions.Sub.Allow), ("sub.deny", permissions.Sub.Deny)];
        foreach ((string member, ClaimList<string> entries) in lists)
        {
            foreach (string entry in entries.Where(entry => Subjects.HasInnerTail(entry.Split(' ')[0])))
            {
                yield return StoreFinding.Of(
                    path,
                    AuditRules.InnerTail,
                    Claim(claim, member),
                    $"{who} has the permission '{entry}', which servers ignore: '>' is not its last token.");
            }
        }
    }

    private static IEnumerable<StoreFinding> Bearer(EntityPath path, UserPermissions permissions, ClaimPath? claim, string who) =>
        permissions.BearerToken
        ? [StoreFinding.Of(
            path, AuditRules.Bearer, Claim(claim, "bearer_token"), $"{who} is a bearer user: anyone who has the token can connect without the key.")]
        : [];

    private static string But(SubjectPermission permission) => permission.Deny.Count == 0 ? "" : $" except {string.Join(", ", permission.Deny)}";

    private static string Claim(ClaimPath? at, string member) => at?.Of(member).ToString() ?? member;
}
