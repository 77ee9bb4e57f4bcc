using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Keys;

namespace NatsKeys.Pipeline;

/// <summary>Hides seeds in pipeline items that are shown: a seed may have been typed in the wrong place.</summary>
internal static class MaskedItem
{
    /// <summary>The item, or a text in which its seeds are hidden.</summary>
    /// <param name="item">The item.</param>
    public static object? Of(object? item) => (item is PSObject wrapped ? wrapped.BaseObject : item) switch
    {
        string text => SecretShape.Redact(text),
        string[] texts => Array.ConvertAll(texts, SecretShape.Redact),
        IArgument argument => Of(argument.Given),
        IEnumerable<IArgument> arguments => arguments.Select(argument => Of(argument.Given)).ToArray(),

        // The text of a table row has its columns.
        _ => item?.ToString() is { } text && SecretShape.HasSeed(text) ? SecretShape.Redact(text) : item,
    };
}
