using System.Management.Automation;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>Accepts time ranges. Whether the times are valid is checked with the claims.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeRangeAttribute : ValidateEnumeratedArgumentsAttribute, IExplainsValues
{
    public string Accepted => "Use time ranges such as 08:00-18:00.";

    protected override void ValidateElement(object element)
    {
        string text = element?.ToString() ?? "";
        if (TimeRanges.Parse(text) is null)
        {
            throw new ValidationMetadataException($"{SecretShape.Show(text)} is not a time range such as 08:00-18:00.");
        }
    }
}
