using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Inspection;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gives what keys are used for and all that depends on them, from above downwards.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.KeyUsage)]
[OutputType(typeof(NatsKeyUsage))]
public sealed class GetNatsKeyUsageCommand : StoreCmdlet
{
    /// <summary>
    /// The key: a key pair, a signing key, a public key, a role's name, a seed, or the path of a key file; or an entity, which stands for its
    /// identity key and the keys that it lists. Without it: the keys of the account or operator, or those of all operators.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ListedKeyCompleter))]
    public AskedKeyArgument? Key { get; set; }

    /// <summary>The account whose keys are meant, or whose role.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator whose keys are meant, or the operator of the account.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => Key;

    private protected override void ProcessItem()
    {
        bool isUsed = false;
        try
        {
            foreach (NatsKeyUsage use in Uses())
            {
                isUsed = true;
                WriteObject(use);
            }
        }
        catch (OperationCanceledException) when (Stopping)
        {
            return;
        }

        if (!isUsed && Key is not null)
        {
            WriteWarning($"Nothing in the store has, lists or was signed by {Key}.");
        }
    }

    private IEnumerable<NatsKeyUsage> Uses()
    {
        NatsEntity? scope = Account is not null ? AccountArgument.Resolve(Account, Operator, Stores.Open)
            : Operator is not null ? OperatorArgument.Resolve(Operator, Stores.Open)
            : null;
        if (Key is null)
        {
            return scope is null ? Tree(Stores.Open()).OfAll() : Tree(scope.Store).OfOwner(scope);
        }

        (NatsEntity? owner, string? publicKey) = Key.Resolve(() => Roles(scope), Paths.Full);
        return publicKey is null
            ? Tree(owner!.Store).OfOwner(owner.Store.Get(owner.Path))
            : Tree((owner ?? scope)?.Store ?? Stores.Open()).OfKey(publicKey, (owner ?? scope)?.Path);
    }

    /// <summary>The signing keys of the account or below the operator that was named, or all that there are.</summary>
    private IEnumerable<NatsSigningKey> Roles(NatsEntity? scope) => scope is NatsAccount
        ? SigningKeyLookup.SigningKeysOf(scope)
        : SigningKeyLookup.Owners(scope?.Store ?? Stores.Open(), scope?.Name, Errors.WriteUnreadable).SelectMany(SigningKeyLookup.SigningKeysOf);

    /// <summary>A file that cannot be read is an error that names it, and the rest goes on.</summary>
    private UsageTree Tree(NatsStore store) => new(store, Errors.WriteUnreadable, Stopped);
}
