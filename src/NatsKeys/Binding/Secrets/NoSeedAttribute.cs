using System.Collections;
using System.Management.Automation;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>
/// Refuses text that contains a seed before PowerShell binds it. PowerShell repeats values in its own errors, and this prevents a seed from being
/// written to a file or shown by mistake.
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
