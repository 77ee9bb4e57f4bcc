using System.Collections;
using System.Management.Automation;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>
/// Refuses objects that no parameter of the pipeline can take, with an error that names them. The engine's own error does not say what came; and
/// where another parameter takes any object, what came would be passed over and a default would take its place.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal class PipelineInputAttribute : ArgumentTransformationAttribute
{
    private const string Copied = "Deserialized.NatsKeys.";

    /// <summary>Whether dictionaries and values mean something to the parameter. Copies never do.</summary>
    public bool TakesValues { get; set; }

    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        RequireMeaning(inputData);
        return Take(inputData, inputData is PSObject wrapped ? wrapped.BaseObject : inputData);
    }

    /// <summary>Refuses copies, and values that name nothing.</summary>
    protected void RequireMeaning(object? inputData)
    {
        if (inputData is PSObject { BaseObject: PSCustomObject } bag
            && bag.TypeNames.FirstOrDefault(name => name.StartsWith(Copied, StringComparison.Ordinal)) is { } type)
        {
            string kind = type[(type.LastIndexOf('.') + 1)..];
            throw new ArgumentTransformationMetadataException(
                $"The input is a copy of a {kind} ({SecretShape.Mask(bag.ToString())}), from Clixml, a job or a remote session. A copy has no "
                    + "store. Get the object from its store, or specify its name.");
        }

        object? input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (!TakesValues && IsValue(input))
        {
            throw new ArgumentTransformationMetadataException(
                $"The input is a {input!.GetType().Name} ('{input}'). It names nothing that this parameter takes.");
        }
    }

    /// <summary>Makes the argument of what came, where the engine would not.</summary>
    /// <param name="given">What came.</param>
    /// <param name="input">The same, unwrapped.</param>
    protected virtual object? Take(object? given, object? input) => given;

    /// <summary>
    /// Numbers are names for the engine. Other values and dictionaries are neither names nor objects with properties that mean something.
    /// </summary>
    private static bool IsValue(object? input) =>
        input is DBNull or bool or IDictionary or Version
            || (input is ValueType and not Enum && !input.GetType().IsPrimitive && input is not decimal);
}
