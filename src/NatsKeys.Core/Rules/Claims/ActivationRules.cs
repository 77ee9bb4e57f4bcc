using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>Checks activations.</summary>
internal static class ActivationRules
{
    public static void Check(ActivationClaims claims, Findings findings)
    {
        if (claims.ImportKind is not ("stream" or "service"))
        {
            findings.Add(ValidationRules.ActivationKind, "kind", $"'{claims.ImportKind}' is neither stream nor service.");
        }

        Subjects.Check(claims.ImportSubject, "subject", findings);
        IssuerAccountRules.Check(claims.IssuerAccount, findings);
    }
}
