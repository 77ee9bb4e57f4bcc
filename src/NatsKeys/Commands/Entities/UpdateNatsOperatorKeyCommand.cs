using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Formatting;
using NatsKeys.Keys;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Replaces the identity key of an operator.</summary>
[Cmdlet(VerbsData.Update, Nouns.OperatorKey, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(KeyRotationResult))]
public sealed class UpdateNatsOperatorKeyCommand : StoreCmdlet
{
    private readonly StoreChanges changes;

    /// <summary>Creates the cmdlet.</summary>
    public UpdateNatsOperatorKeyCommand() => changes = Own(new StoreChanges(this));

    /// <summary>The operator. Not needed if there is only one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [EntityInput(typeof(OperatorArgument))]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>
    /// The new identity key: a key pair, a seed, the path of a key file, or a public key whose private half is available. By default, a new one is
    /// generated, or what is pending of the last replacement is signed.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UsableKeyCompleter))]
    public KeyArgument? Key { get; set; }

    /// <summary>Keeps the old key as a signing key, so that the accounts that it signed stay valid.</summary>
    [Parameter]
    public SwitchParameter KeepAsSigningKey { get; set; }

    private protected override object? CurrentItem => Operator;

    private protected override void ProcessItem()
    {
        NatsOperator owner = OperatorArgument.Resolve(Operator, Stores.Open);
        KeyRotationResult? rotation = changes.Perform(StoreChanges.Target(owner.Path, owner.Store), "Change the identity key and sign again", () =>
        {
            using NatsKeyPair? key = Key?.Resolve(Paths.Full);
            return changes.Editor(owner.Store).UpdateOperatorKey(
                owner.Path, key, KeepAsSigningKey, Progress, Stopped);
        });
        if (rotation is null)
        {
            return;
        }

        if (rotation.OldKey != owner.Subject)
        {
            WriteVerbose($"Signed the entities that were pending since key {rotation.OldKey} was removed.");
        }
        else
        {
            string accounts = rotation.SignedAgain.Count == 0
                ? ""
                : $" Then publish the accounts that were signed again: {PathNames.Of(rotation.SignedAgain)}.";
            WriteWarning(
                $"Servers trust the old key {rotation.OldKey} of the {owner.Path}, not the new one, until they are restarted with the new operator "
                    + $"token.{accounts}");
        }

        Messages.WriteRotation(rotation);
    }
}
