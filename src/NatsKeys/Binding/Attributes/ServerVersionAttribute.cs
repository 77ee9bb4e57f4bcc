using System.Management.Automation;
using NatsKeys.Keys;
using NatsKeys.Rules;

namespace NatsKeys.Binding;

/// <summary>Refuses text that is not a server version.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ServerVersionAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <summary>Reads versions that were validated before.</summary>
    /// <param name="texts">The versions; null for none.</param>
    /// <returns>The versions; null for none.</returns>
    internal static ServerVersions? Read(string[]? texts) =>
        ServerVersions.Of((texts ?? []).Select(text => ServerVersion.TryParse(text, out ServerVersion version) ? version : default));

    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        if (!ServerVersion.TryParse(element as string, out ServerVersion version) || version < ServerVersions.Oldest)
        {
            throw new ValidationMetadataException(
                $"{SecretShape.Show(TextSanitizer.Clean($"{element}"))} is not the version of a server: three numbers such as 2.10.27, from "
                    + $"{ServerVersions.Oldest} on.");
        }
    }
}
