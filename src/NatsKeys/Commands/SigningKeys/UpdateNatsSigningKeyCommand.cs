using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Store;
using NatsKeys.Formatting;
using NatsKeys.Pipeline;

namespace NatsKeys.Commands;

/// <summary>Replaces signing keys, and signs again everything that they had signed.</summary>
[Cmdlet(VerbsData.Update, Nouns.SigningKey, SupportsShouldProcess = true, DefaultParameterSetName = ByAge)]
[OutputType(typeof(KeyRotationResult))]
public sealed class UpdateNatsSigningKeyCommand : SigningCmdlet
{
    private const string ByKey = "Key";
    private const string ByAge = "MaxAge";

    // Parameter sets of their own: a leaked key must not stay listed, and listing a key admits no user whose own key is revoked.
    private const string ByKeyKept = "KeyKept";
    private const string ByAgeKept = "MaxAgeKept";
    private bool isWarned;

    /// <summary>The signing key to replace: an object, its public key, or the name of its role.</summary>
    [Parameter(ParameterSetName = ByKey, Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The signing key to replace.")]
    [Parameter(ParameterSetName = ByKeyKept, Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The signing key to replace.")]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ListedKeyCompleter))]
    public ListedKeyArgument? Key { get; set; }

    /// <summary>
    /// Replaces only keys that are older than this, such as <c>30d</c>. Without <c>-Key</c>: all keys of the store, or of the operator or account.
    /// </summary>
    [Parameter(ParameterSetName = ByKey)]
    [Parameter(ParameterSetName = ByKeyKept)]
    [Parameter(ParameterSetName = ByAge, Mandatory = true, HelpMessage = "Replaces only keys that are older than this, such as 30d.")]
    [Parameter(ParameterSetName = ByAgeKept, Mandatory = true, HelpMessage = "Replaces only keys that are older than this, such as 30d.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? MaxAge { get; set; }

    /// <summary>The operator that lists the key, or the operator of the account. Not needed if the key is specified by its public key.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>The account that lists the key. Not needed if the key is specified by its public key.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>
    /// The new key: a key pair, a seed, the path of a key file, or a public key whose private half is available. By default, a new one is generated.
    /// It may already be listed with the same role.
    /// </summary>
    [Parameter(ParameterSetName = ByKey)]
    [Parameter(ParameterSetName = ByKeyKept)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UsableKeyCompleter))]
    public KeyArgument? NewKey { get; set; }

    /// <summary>States that somebody else may have the key. It is removed first, and servers get that change before anything else.</summary>
    [Parameter(ParameterSetName = ByKey)]
    [Parameter(ParameterSetName = ByAge)]
    public SwitchParameter Compromised { get; set; }

    /// <summary>Also replaces the keys of the users that the key signed, and revokes the old ones.</summary>
    [Parameter(ParameterSetName = ByKey)]
    [Parameter(ParameterSetName = ByAge)]
    public SwitchParameter NewUserKeys { get; set; }

    /// <summary>
    /// Keeps the old key listed for now, so that clients can fetch their new credentials. The same command without this switch completes the
    /// rotation.
    /// </summary>
    [Parameter(ParameterSetName = ByKeyKept, Mandatory = true, HelpMessage = "Keeps the old key listed for now.")]
    [Parameter(ParameterSetName = ByAgeKept, Mandatory = true, HelpMessage = "Keeps the old key listed for now.")]
    public SwitchParameter KeepOldKey { get; set; }

    private protected override object? CurrentItem => Key;

    private protected override void ProcessItem()
    {
        TimeSpan? age = MaxAge?.Duration;
        NatsEntity? owner = Account is not null ? AccountArgument.Resolve(Account, Operator, Stores.Open)
            : Operator is not null ? OperatorArgument.Resolve(Operator, Stores.Open)
            : null;
        if (Key is not null)
        {
            (NatsEntity found, string publicKey) = Key.Resolve(owner, Stores.Open, RoleChoice.Leaving);
            Replace(found, publicKey, age);
            return;
        }

        foreach (NatsEntity each in owner is null ? SigningKeyLookup.Owners(Stores.Open(), unreadable: Errors.WriteUnreadable) : [owner])
        {
            foreach (NatsSigningKey key in SigningKeyLookup.SigningKeysOf(each))
            {
                Try(() => Replace(each, key.PublicKey, age), key);
            }
        }
    }

    private void Replace(NatsEntity owner, string publicKey, TimeSpan? age)
    {
        if (age is { } least && !KeyAge.IsOlder(owner, publicKey, least))
        {
            WriteVerbose($"The signing key {publicKey} of {owner.Path} is not older than -MaxAge and was not replaced.");
            return;
        }

        if (Compromised && Key?.SigningKey is { } known && Changes.Editor(owner.Store).FindReplaced(known) is { } replaced)
        {
            WriteVerbose(
                $"The signing key {publicKey} of {owner.Path} was already replaced. Nothing was signed; the updates for servers are returned again.");
            Warn(replaced);
            WriteObject(replaced);
            return;
        }

        using NatsKeyPair? newKey = NewKey?.Resolve(Paths.Full);
        var request = new RotationRequest(owner.Path, publicKey)
        {
            NewKey = newKey,
            IsCompromised = Compromised,
            NewUserKeys = NewUserKeys,
            KeepOldKey = KeepOldKey,
            SigningKey = ChosenKey(),
            Progress = Progress,
        };
        if (ShouldReplace(StoreChanges.Target(owner.Path, owner.Store),
            $"Replace {SignerName.Briefly(owner, publicKey)}",
            () => Plan(Changes.Editor(owner.Store).PlanRotation(request, Stopped)))
            && Changes.IsAgreed(Question(owner, publicKey)))
        {
            KeyRotationResult rotation = Changes.Editor(owner.Store).Rotate(request, Stopped);
            Warn(rotation);
            Messages.WriteRotation(rotation);
        }
    }

    /// <summary>The question if all clients that depend on the key are cut off; null if they have time to change.</summary>
    private string? Question(NatsEntity owner, string publicKey) => !Compromised && !NewUserKeys ? null
        : $"Clients with credentials that depend on {SignerName.Briefly(owner, publicKey)} of the {owner.Path} are cut off as soon as servers have "
            + "the change. Continue?";

    /// <summary>
    /// Warns that a leaked key can be used until servers get the replacement, once, and that a replaced one can be used only so long, for each key.
    /// </summary>
    private void Warn(KeyRotationResult rotation)
    {
        if (rotation.Updates.Count == 0 || (Compromised ? isWarned : KeepOldKey || NewUserKeys))
        {
            return;
        }

        if (!Compromised)
        {
            // Publish-NatsAccount itself uses the credentials of the system account, and they are new.
            bool isWaiting = rotation.Pending.Count > 0 || rotation.GetOwner() is NatsAccount { IsSystemAccount: true };
            int users = isWaiting ? 0 : rotation.SignedAgain.Count(path => path.Kind == EntityKind.User);
            if (users > 0)
            {
                WriteWarning(
                    $"Servers cut off the clients of {users} user{(users == 1 ? "" : "s")} of the {rotation.GetOwner().Path} with the last of the "
                        + "updates, unless the clients have the new credentials by then. To give them time, use -KeepOldKey, and run the command "
                        + "again without it later.");
            }

            return;
        }

        isWarned = true;
        WriteWarning(rotation.GetOwner() is NatsOperator
            ? "Accounts signed by a compromised key stay valid until servers are restarted with the new operator token (New-NatsServerConfig) and "
                + "get its accounts (Publish-NatsAccount)."
            : "Servers accept credentials that a compromised key signed until the accounts are published. Pipe the result to Publish-NatsAccount.");
    }

    /// <summary>Asks whether to continue. -WhatIf shows every step of the plan.</summary>
    private bool ShouldReplace(string target, string action, Func<IEnumerable<(string Target, string Action)>> plan)
    {
        string description = $"{action} of {target}";
        if (ShouldProcess($"{description}.", $"{description}?", MyInvocation.MyCommand.Name, out ShouldProcessReason reason))
        {
            return true;
        }

        foreach ((string what, string step) in reason == ShouldProcessReason.WhatIf ? plan() : [])
        {
            ShouldProcess(what, step);
        }

        return false;
    }

    private IEnumerable<(string Target, string Action)> Plan(RotationPlan plan)
    {
        string newKey = plan.NewKey is null ? "a new key" : $"key {SignerName.Start(plan.NewKey)}";
        string leaves = plan.Pending.Count > 0 && !Compromised || KeepOldKey
            ? ""
            : $", and {SignerName.Briefly(plan.Owner, plan.OldKey)} is removed from the list";
        string signer = SignerName.Signing(plan.Owner.Above ?? plan.Owner, plan.Signer);
        yield return (plan.Owner.Path.ToString(), $"Sign with {signer}: {newKey} is listed with the same role{leaves}");
        if (plan.SignedAgain.Count > 0)
        {
            yield return (
                PathNames.Of(plan.SignedAgain),
                NewUserKeys && plan.Owner is NatsAccount ? "Replace the key, revoke the old one and sign again" : "Sign again");
        }

        if (plan.Importers.Count > 0)
        {
            yield return (PathNames.Of(plan.Importers), "Set a new activation and sign again");
        }

        if (plan.LeftRevoked.Count > 0)
        {
            yield return (PathNames.Of(plan.LeftRevoked), "Do not sign again, because of a revocation");
        }

        foreach (PendingSignature pending in plan.Pending)
        {
            yield return (
                pending.Path, RemedyAdvice.AddTo($"Leave pending, because it cannot be signed: {pending.Reason}", pending.Remedy));
        }
    }
}
