using System.Collections.Concurrent;
using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Finds users whose own claims are valid, but whom their roles lock out. Results that are the same for all users of a role are cached. Several
/// threads can use it at once.
/// </summary>
internal sealed class UserChecks
{
    private readonly AccountClaims account;
    private readonly ServerVersions servers;

    // Created on first use: few accounts have a role with placeholders, and a caller that signs users one by one creates this object for each of
    // them.
    private ConcurrentDictionary<string, AccountSigningKey?>? expanding;
    private ConcurrentDictionary<string, bool>? good;
    private (ServerVersion Example, ServerVersion[] Alike)[]? groups;

    /// <param name="account">The claims of the account.</param>
    /// <param name="servers">The servers to check.</param>
    public UserChecks(AccountClaims account, ServerVersions servers)
    {
        this.account = account;
        this.servers = servers;
    }

    /// <summary>The versions, those together that expand templates in the same way, so that these are checked once.</summary>
    private (ServerVersion Example, ServerVersion[] Alike)[] Groups => groups ??=
    [
        .. servers.GroupBy(
            server => (
                server.Has(ServerFeature.PlaceholdersInsideTokens),
                server.Has(ServerFeature.MissingTags),
                server.Has(ServerFeature.LimitedExpansion))).Select(group => (group.First(), group.ToArray())),
    ];

    /// <summary>Whether a key has a role whose template differs between users.</summary>
    public bool Expands(string key) => RoleOf(key) is not null;

    /// <summary>Checks a user of a signing key.</summary>
    /// <param name="user">The claims of the user.</param>
    /// <param name="issuer">The key.</param>
    /// <param name="findings">Receives the findings.</param>
    public void Check(UserClaims user, string? issuer, Findings findings)
    {
        if (issuer is null || RoleOf(issuer) is not { } role)
        {
            return;
        }

        // Users with the same labels get the same result, as long as their names cannot change the form of a subject.
        string? alike = user.Name is { Length: > 0 } name && name.All(char.IsAsciiLetterOrDigit) ? $"{issuer} {string.Join('\n', user.Tags)}" : null;
        if (alike is not null && good?.ContainsKey(alike) == true)
        {
            return;
        }

        int before = findings.Count;
        CheckTemplate(user, role, findings);
        if (alike is not null && findings.Count == before)
        {
            Shared(ref good)[alike] = true;
        }
    }

    /// <summary>Checks a token that was issued after its account revoked the user's earlier tokens.</summary>
    /// <param name="user">The claims of the user.</param>
    /// <param name="findings">Receives the findings.</param>
    public void CheckRevocation(UserClaims user, Findings findings)
    {
        if (account.Revocations.TryGetValue(user.Subject ?? "", out long upTo)
            && upTo < user.IssuedAt
            && !Revocations.IsRevoked(account.Revocations, user))
        {
            findings.Add(
                ValidationRules.RevokedBefore, "iat",
                $"The account revoked the tokens of '{user.Name}' up to {UnixTime.ToDate(upTo):u}, but this one was issued at "
                    + $"{UnixTime.ToDate(user.IssuedAt):u}: servers accept it.");
        }
    }

    /// <summary>Returns the role of a key if its template differs between users.</summary>
    private AccountSigningKey? RoleOf(string key)
    {
        if (account.SigningKeys.Count == 0)
        {
            return null;
        }

        ConcurrentDictionary<string, AccountSigningKey?> known = Shared(ref expanding);
        if (!known.TryGetValue(key, out AccountSigningKey? role))
        {
            role = account.ScopeOf(key) is { } scope
                && PermissionUse.Lists(scope.Template).Any(list => list.Entries.Any(TemplateExpander.HasPlaceholder)) ? scope : null;
            known[key] = role;
        }

        return role;
    }

    /// <summary>Returns a table, which the first of several threads creates.</summary>
    private static ConcurrentDictionary<string, T> Shared<T>(ref ConcurrentDictionary<string, T>? table) =>
        table ?? Interlocked.CompareExchange(ref table, new(StringComparer.Ordinal), null) ?? table;

    private void CheckTemplate(UserClaims user, AccountSigningKey role, Findings findings)
    {
        var refusals = new Dictionary<string, (Finding Finding, List<ServerVersion> Servers)>(StringComparer.Ordinal);
        var empty = new Dictionary<string, List<ServerVersion>>(StringComparer.Ordinal);
        foreach ((ServerVersion example, ServerVersion[] alike) in Groups)
        {
            var found = new Findings(example);
            UserPermissions? expanded = TemplateExpander.Expand(role.Template, user, account, found, example);
            if (expanded is null)
            {
                Finding refusal = found.All[0];
                refusals[refusal.Rule] = (refusal, [.. refusals.GetValueOrDefault(refusal.Rule).Servers ?? [], .. alike]);
                continue;
            }

            foreach (string side in EmptySides(role.Template, expanded))
            {
                empty[side] = [.. empty.GetValueOrDefault(side) ?? [], .. alike];
            }
        }

        foreach ((Finding finding, List<ServerVersion> affected) in refusals.Values)
        {
            bool isCrash = finding.Rule == TrustRules.TemplateCrash.Name;
            findings.AddFor(
                isCrash ? TrustRules.TemplateCrash : TrustRules.Template,
                finding.Claim,
                finding.Message,
                affected,
                isCrash ? ServerFeature.MissingTags : ServerFeature.PlaceholdersInsideTokens);
        }

        foreach ((string side, List<ServerVersion> affected) in empty)
        {
            findings.AddFor(
                ValidationRules.TemplateEmpty, $"template.{side}.allow",
                WhyEmpty(user, role, side),
                affected, ServerFeature.PlaceholdersInsideTokens);
        }
    }

    private string WhyEmpty(UserClaims user, AccountSigningKey role, string side)
    {
        bool publishes = side == "pub";
        ClaimList<string> allowed = publishes ? role.Template.Pub.Allow : role.Template.Sub.Allow;
        string nothing = $"'{user.Name}' may {(publishes ? "publish" : "subscribe")} to nothing";
        return TemplateExpander.Missing(allowed, user, account) is { } placeholder
            ? $"{nothing}: it has no value for {Excerpt.Of(placeholder)}, which the allowed subjects of role '{role.Role}' use."
            : $"{nothing}: its name and tags do not make a valid subject from what role '{role.Role}' allows.";
    }

    private static IEnumerable<string> EmptySides(UserPermissions template, UserPermissions expanded)
    {
        if (template.Pub.Allow.Count > 0 && expanded.Pub.Allow.Count == 0)
        {
            yield return "pub";
        }

        if (template.Sub.Allow.Count > 0 && expanded.Sub.Allow.Count == 0)
        {
            yield return "sub";
        }
    }
}
