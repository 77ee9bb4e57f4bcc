using System.Collections;
using System.Globalization;
using System.Reflection;
using NatsKeys.Claims;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Sharing;

/// <summary>What an answer says, with every public property of it and of what it is made of.</summary>
internal static class Shown
{
    private const int Deepest = 4;

    public static string Of(object? value, int depth = 0) => value switch
    {
        null => "-",
        string text => text,
        NatsKeyPair key => key.PublicKey,
        NatsStore or KeyStore => value.GetType().Name,
        ClaimObject claims => $"{claims} {(depth < Deepest ? Members(claims, depth) : "")}",
        byte[] bytes => Convert.ToHexString(bytes),
        IEnumerable items => depth < Deepest ? $"[{string.Join(", ", items.Cast<object?>().Select(item => Of(item, depth + 1)))}]" : "[…]",
        _ when depth < Deepest && value.GetType() is { IsEnum: false, Namespace: { } space }
            && space.StartsWith("NatsKeys", StringComparison.Ordinal) => Members(value, depth),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Members(object value, int depth)
    {
        IEnumerable<string> members = value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .Select(property => $"{property.Name}: {Of(property.GetValue(value), depth + 1)}");
        return $"{{{string.Join(", ", members)}}}";
    }
}
