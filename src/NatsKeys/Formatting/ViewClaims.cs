using System.Collections;
using System.Reflection;
using NatsKeys.Claims;

namespace NatsKeys.Formatting;

/// <summary>Formats claims for the default views.</summary>
public static class ViewClaims
{
    /// <summary>Lists the members of claims with their values, one a line.</summary>
    /// <param name="claims">The claims, or a part of them.</param>
    public static string Members(ClaimObject claims)
    {
        PropertyInfo[] members = claims.GetType().GetProperties();
        int width = members.Max(member => member.Name.Length);
        return string.Join('\n', members.Select(member => $"{member.Name.PadRight(width)} : {Value(member.GetValue(claims))}"));
    }

    private static string Value(object? value) => value switch
    {
        string text => text,
        IEnumerable values => $"{{{string.Join(", ", values.Cast<object>())}}}",
        _ => $"{value}",
    };
}
