using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Entities;
using NatsKeys.Keys;

namespace NatsKeys.Commands;

/// <summary>Gives an operator another identity key.</summary>
[Cmdlet(VerbsData.Update, Nouns.OperatorKey, SupportsShouldProcess = true)]
[OutputType(typeof(OperatorKeyUpdate))]
public sealed class UpdateNatsOperatorKeyCommand : KeyRingCmdlet
{
    /// <summary>The operator. Not needed where there is only one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>The new identity key, with its seed: a key pair, a seed, the path of a key file, or a public key that is looked up. A new one is made without it.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UsableKeyCompleter))]
    public KeyArgument? Key { get; set; }

    /// <summary>Keeps the old key as a signing key: what it signed stays as it is.</summary>
    [Parameter]
    public SwitchParameter KeepAsSigningKey { get; set; }

    /// <summary>Gives an object that says what was signed again.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? CurrentItem => Operator;

    private protected override void ProcessItem()
    {
        NatsOperator owner = OperatorArgument.Resolve(Operator, OpenStore);
        if (!ShouldProcess($"{owner.Path} in the store {owner.Store.Location}", "Change the identity key and sign again"))
        {
            return;
        }

        using NatsKeyPair key = Key is null ? NatsKeyPair.Generate(NatsKeyType.Operator) : Key.Resolve(FullPath);
        OperatorKeyUpdate update = Editor(owner.Store).UpdateOperatorKey(owner.Path, key, KeepAsSigningKey);
        WriteWarning($"Servers trust the old key of {owner.Path}, {update.OldKey}, and not the new one, until they start with the operator as it is now{(update.SignedAgain.Count == 0 ? "" : $" and know the accounts that were signed again: {Names([.. update.SignedAgain])}")}.");
        if (PassThru)
        {
            WriteObject(update);
        }
    }
}
