using System.Management.Automation;
using NatsKeys.Keys;
using NatsKeys.Rules;

namespace NatsKeys.Binding;

/// <summary>Accepts the connection types that servers know, ignoring case.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConnectionTypeAttribute : ValidateEnumeratedArgumentsAttribute, IExplainsValues
{
    public string Accepted => $"Use one of {string.Join(", ", ServerTrust.ConnectionTypes)}.";

    /// <summary>The spelling that servers use: unlike PowerShell, they are case-sensitive.</summary>
    internal static string Fold(string type) => type.Trim().ToUpperInvariant();

    protected override void ValidateElement(object element)
    {
        string text = element?.ToString() ?? "";
        if (!ServerTrust.ConnectionTypes.Contains(Fold(text)))
        {
            throw new ValidationMetadataException(
                $"{SecretShape.Show(text)} is not a connection type. {Accepted}");
        }
    }
}
