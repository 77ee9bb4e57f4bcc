using System.Management.Automation;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Removes a signing key from an operator or account.</summary>
[Cmdlet(
    VerbsCommon.Remove, Nouns.SigningKey, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ByObject)]
[OutputType(typeof(SigningKeyRemovalResult))]
public sealed class RemoveNatsSigningKeyCommand : ListedKeyCmdlet
{
    /// <summary>Returns an object that describes what was removed, and what the key had signed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void ProcessItem()
    {
        (NatsEntity owner, string publicKey) = ResolveKey();
        SigningKeyRemovalResult? removal = Changes.Perform(
            owner,
            $"Remove the signing key {publicKey} and sign again",
            () => Changes.Editor(owner.Store).RemoveSigningKey(owner.Path, publicKey, ChosenKey()));
        if (removal is null)
        {
            return;
        }

        Messages.WriteInvalid($"the signing key {removal.PublicKey}", removal.Invalid, removal.Owner.Path);
        foreach (NatsImport import in removal.InvalidImports)
        {
            WriteWarning(
                $"The {import.GetAccount().Path} imports '{import.Subject}' with an activation signed by the removed key {removal.PublicKey}. It "
                    + "needs a new activation (New-NatsActivation, Set-NatsImport -Token).");
        }

        if (PassThru)
        {
            WriteObject(removal);
        }
    }
}
