using System.Collections;
using System.Management.Automation;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>
/// Refuses a text like a seed before the engine looks at it. What the engine cannot convert, or does not find in a set of values, it repeats in its
/// error; and what is written to a file or shown as it is must not be a seed by mistake.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NoSeedAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => HasSeed(inputData)
        ? throw new ArgumentTransformationMetadataException(
            "The value contains what looks like a seed. It is not shown here, and this parameter does not accept it.")
        : inputData;

    private static bool HasSeed(object? given) => (given is PSObject wrapped ? wrapped.BaseObject : given) switch
    {
        string text => SecretShape.HasSeed(text),
        IList items => items.Cast<object?>().Any(HasSeed),
        ScriptBlock or ValueType or null => false,
        _ => false,
    };
}
