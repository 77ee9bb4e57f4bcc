using System.Management.Automation;
using System.Security;

namespace NatsKeys.Binding;

/// <summary>
/// Converts a credential, as vaults return it, to the secure string of its password. Text is refused and not repeated, because PowerShell would show
/// it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PassphraseAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null => null,
            SecureString secret => secret,
            PSCredential credential => credential.Password,
            _ => throw new ArgumentTransformationMetadataException(
                "A passphrase must be a secure string or a credential, as from Read-Host -AsSecureString, Get-Credential or Get-Secret. "
                    + "The value is not shown."),
        };
}
