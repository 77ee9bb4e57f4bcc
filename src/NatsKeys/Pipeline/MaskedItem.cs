using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Keys;

namespace NatsKeys.Pipeline;

/// <summary>An item of a pipeline as it may be shown: what somebody typed may be a seed in the wrong place.</summary>
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

        // A row of a table shows its columns.
        _ => item?.ToString() is { } text && SecretShape.HasSeed(text) ? SecretShape.Redact(text) : item,
    };
}
