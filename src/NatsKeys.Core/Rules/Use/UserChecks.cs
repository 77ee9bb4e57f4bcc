using System.Collections.Concurrent;
using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// What keeps users out that are good by themselves: what their roles make of them. What is the same for all users of a role is found out once.
/// Several threads may ask at once.
/// </summary>
internal sealed class UserChecks
{
    private readonly AccountClaims account;

    // Few accounts have a role that expands, and whoever signs one user after the other makes this object for each.
    private readonly Lazy<(ServerVersion Example, ServerVersion[] Alike)[]> servers;
    private readonly Dictionary<string, AccountSigningKey> expanding;
    private readonly ConcurrentDictionary<string, bool> good = new(StringComparer.Ordinal);

    /// <param name="account">What the account states.</param>
    /// <param name="servers">The servers that are asked.</param>
    public UserChecks(AccountClaims account, ServerVersions servers)
    {
        this.account = account;

        // Versions that expand templates alike are asked once.
        this.servers = new(() =>
        [
            .. servers.GroupBy(
                server => (
                    server.Has(ServerFeature.PlaceholdersInsideTokens),
                    server.Has(ServerFeature.MissingTags),
                    server.Has(ServerFeature.LimitedExpansion))).Select(group => (group.First(), group.ToArray())),
        ]);
        expanding = account.Scopes.Select(scope => scope.Item)
            .Where(key => PermissionUse.Lists(key.Template).Any(list => list.Entries.Any(TemplateExpander.HasPlaceholder)))
            .ToDictionary(key => key.Key ?? "", StringComparer.Ordinal);
    }

    /// <summary>Whether a key has a role whose template is another one for each user.</summary>
    public bool Expands(string key) => expanding.ContainsKey(key);

    /// <summary>Checks a user that a key signs.</summary>
    /// <param name="user">What the user states.</param>
    /// <param name="issuer">The key.</param>
    /// <param name="findings">Takes what is found.</param>
    public void Check(UserClaims user, string? issuer, Findings findings)
    {
        if (issuer is null || !expanding.TryGetValue(issuer, out AccountSigningKey? role))
        {
            return;
        }

        // Users with the same labels fare alike, as long as their names cannot make a subject of another form.
        string? alike = user.Name is { Length: > 0 } name && name.All(char.IsAsciiLetterOrDigit) ? $"{issuer} {string.Join('\n', user.Tags)}" : null;
        if (alike is not null && good.ContainsKey(alike))
        {
            return;
        }

        int before = findings.Count;
        CheckTemplate(user, role, findings);
        if (alike is not null && findings.Count == before)
        {
            good[alike] = true;
        }
    }

    /// <summary>Checks a token that its account had revoked, and that was issued anew since then.</summary>
    /// <param name="user">What the user states.</param>
    /// <param name="findings">Takes what is found.</param>
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

    private void CheckTemplate(UserClaims user, AccountSigningKey role, Findings findings)
    {
        var refusals = new Dictionary<string, (Finding Finding, List<ServerVersion> Servers)>(StringComparer.Ordinal);
        var empty = new Dictionary<string, List<ServerVersion>>(StringComparer.Ordinal);
        foreach ((ServerVersion example, ServerVersion[] alike) in servers.Value)
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
