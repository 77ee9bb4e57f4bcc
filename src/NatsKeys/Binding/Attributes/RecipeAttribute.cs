using System.Collections;
using System.Management.Automation;
using NatsKeys.Formatting;

namespace NatsKeys.Binding;

/// <summary>Refuses texts in the place of permissions. The engine's own error says only that a text has the wrong type.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RecipeAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = ViewFormatter.Bare(inputData);
        IEnumerable items = given is IEnumerable list and not string ? list : new[] { given };
        return items.Cast<object?>().Any(item => ViewFormatter.Bare(item) is string)
            ? throw new ArgumentTransformationMetadataException(
                "A text is not a permission. Use what New-NatsPermission returns, or name the subjects with -AllowPublish and -AllowSubscribe.")
            : inputData;
    }
}
