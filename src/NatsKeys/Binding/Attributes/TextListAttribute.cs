using System.Collections;
using System.Management.Automation;

namespace NatsKeys.Binding;

/// <summary>Accepts a list of texts that are not empty. An empty list is accepted here, and handled where the list is used.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextListAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is null)
        {
            throw new ValidationMetadataException("The list is null. Use @() for an empty list.");
        }

        if (arguments is IEnumerable texts and not string && texts.Cast<object?>().Any(text => string.IsNullOrEmpty(text?.ToString())))
        {
            throw new ValidationMetadataException("An entry of the list is empty or null.");
        }
    }
}
