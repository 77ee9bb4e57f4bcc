using System.Management.Automation;
using NatsKeys.Keys;
using NatsKeys.Rules;

namespace NatsKeys.Binding;

/// <summary>Takes the ways to connect that servers know, in whatever case.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectionTypeAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <summary>A type as servers write it: they tell cases apart, and the engine does not.</summary>
    internal static string Fold(string type) => type.Trim().ToUpperInvariant();

    protected override void ValidateElement(object element)
    {
        string text = element?.ToString() ?? "";
        if (!ServerTrust.ConnectionTypes.Contains(Fold(text)))
        {
            throw new ValidationMetadataException(
                $"{SecretShape.Show(text)} is not a connection type. Use one of {string.Join(", ", ServerTrust.ConnectionTypes)}.");
        }
    }
}
