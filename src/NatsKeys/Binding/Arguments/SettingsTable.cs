using System.Collections;
using System.Management.Automation;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>Settings that are given as a table, such as <c>@{ Url = 'n1:7422' }</c>.</summary>
internal static class SettingsTable
{
    /// <summary>Refuses a table with an unknown key, or without a required one.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServerConfig"/>.</exception>
    public static void RequireKeys(IDictionary table, string what, IReadOnlyList<string> required, IReadOnlyList<string> optional)
    {
        string[] keys = [.. table.Keys.Cast<object>().Select(key => $"{key}")];
        IEnumerable<string> known = required.Concat(optional);
        string? wrong = keys.FirstOrDefault(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase));
        string? missing = required.FirstOrDefault(key => !keys.Contains(key, StringComparer.OrdinalIgnoreCase));
        if ((wrong ?? missing) is not null)
        {
            string fault = wrong is null ? $"has no {missing}" : $"has an unknown key {SecretShape.Show(wrong)}";
            throw new NatsKeysException(
                ErrorCode.InvalidServerConfig, $"The table for {what} {fault}. Valid keys: {string.Join(", ", known)}.");
        }
    }

    /// <summary>The values of a key, as texts; empty if the key does not exist.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServerConfig"/>: one of them is a seed.</exception>
    public static IReadOnlyList<string> Texts(IDictionary table, string key)
    {
        object? value = Find(table, key);
        string[] texts = value switch
        {
            null => [],
            string text => [text],
            IEnumerable items => [.. items.Cast<object?>().Select(item => $"{item}")],
            _ => [$"{value}"],
        };
        return texts.Any(SecretShape.HasSeed)
            ? throw new NatsKeysException(
                ErrorCode.InvalidServerConfig, $"The value of {SecretShape.Mask(key)} contains what looks like a seed, which is not shown.")
            : texts;
    }

    /// <summary>The value of a key; null if the key does not exist.</summary>
    public static object? Find(IDictionary table, string key)
    {
        object? found = table.Keys.Cast<object>().FirstOrDefault(other => string.Equals($"{other}", key, StringComparison.OrdinalIgnoreCase));
        object? value = found is null ? null : table[found];
        return value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
    }
}
