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

    private protected override void Change(string key)
    {
        (NatsEntity owner, string publicKey) = ResolveKey(key);
        string named = SignerName.OfKey(owner, publicKey, "the signing key ");
        SigningKeyRemovalResult? removal = Changes.Perform(
            owner,
            $"Remove {SignerName.Briefly(owner, publicKey)} and sign again",
            () => Changes.Editor(owner.Store).RemoveSigningKey(owner.Path, publicKey, ChosenKey()));
        if (removal is null)
        {
            return;
        }

        Messages.WriteInvalid(named, removal.GetInvalid(), removal.Owner);
        foreach (NatsImport import in removal.GetInvalidImports())
        {
            WriteWarning(
                $"The {import.GetAccount().Path} imports '{import.Subject}' with an activation signed by {named}, which was removed. It needs a new "
                    + "activation (New-NatsActivation, Set-NatsImport -Token).");
        }

        if (PassThru)
        {
            WriteObject(removal);
        }
    }
}
