using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Checks the templates of roles. The reference implementation does not check them; servers reject the users or ignore entries instead.
/// </summary>
internal static class ScopeUse
{
    public static void Check(AccountClaims claims, Findings findings)
    {
        for (int index = 0; index < claims.SigningKeys.Count; index++)
        {
            AccountSigningKey key = claims.SigningKeys[index];
            if (!key.IsScoped)
            {
                continue;
            }

            var place = new ClaimPath("signing_keys", index);
            CheckTemplate(key, place, findings);
            LimitUse.Check(key.Template, place.Of("template"), key.Role, findings);
            FeatureUse.Check(key.Template, place.Of("template"), key.Role, findings);
            if (key.Template.AllowedConnectionTypes.Count > 0)
            {
                findings.Add(
                    ValidationRules.RoleConnectionTypes, place.Of("template").Of("allowed_connection_types"),
                    $"The users of role '{key.Role}' may connect only by {string.Join(", ", key.Template.AllowedConnectionTypes)}, but these servers "
                        + "let them connect by every type.");
            }

            PermissionUse.CheckDenies(TemplateExpander.AsText(key.Template), place.Of("template"), $"Role '{key.Role}': ", findings);
            foreach ((string member, ClaimList<string> entries) in PermissionUse.Lists(key.Template))
            {
                foreach (string entry in entries)
                {
                    ClaimPath claim = place.Of("template").Of(member);
                    PermissionUse.CheckEntry(entry, claim, findings);
                    if (TemplateExpander.HasInnerPlaceholder(entry))
                    {
                        findings.Add(
                            ValidationRules.InnerPlaceholder,
                            claim,
                            $"Role '{key.Role}' has the subject '{Excerpt.Of(entry)}', whose placeholder is part of a token: these servers do "
                                + "not expand it.");
                    }
                }
            }
        }
    }

    /// <summary>Checks a template against the rules for permissions, with a literal in place of each placeholder.</summary>
    private static void CheckTemplate(AccountSigningKey key, ClaimPath place, Findings findings)
    {
        var broken = new Findings(findings.Servers);
        UserRules.CheckPermissions(TemplateExpander.Sample(key.Template, broken), broken);
        if (broken.HasErrors)
        {
            findings.Add(
                ValidationRules.ScopeTemplate, place.Of("template"), $"The template of role '{key.Role}' is not valid: {Findings.Show(broken.All)}.");
        }
    }
}
