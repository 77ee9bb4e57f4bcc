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
            $"Remove {named} and sign again",
            () => Changes.Editor(owner.Store).RemoveSigningKey(owner.Path, publicKey, ChosenKey()));
        if (removal is null)
        {
            return;
        }

        Messages.WriteInvalid(named, removal.GetInvalid(), removal.Owner);
        foreach (NatsImport import in removal.GetInvalidImports())
        {
            WriteWarning(
                $"{char.ToUpperInvariant(named[0])}{named[1..]} had signed the activation with which the {import.GetAccount().Path} imports "
                    + $"'{import.Subject}': it needs a new one (New-NatsActivation, Set-NatsImport -Token).");
        }

        if (PassThru)
        {
            WriteObject(removal);
        }
    }
}
