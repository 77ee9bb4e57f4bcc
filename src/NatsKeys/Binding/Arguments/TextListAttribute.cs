using System.Collections;
using System.Management.Automation;

namespace NatsKeys.Binding;

/// <summary>
/// Takes a list of texts that say something. An empty list is taken as well: what it means is said where the list is used, and is no error of the
/// engine's.
/// </summary>
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
