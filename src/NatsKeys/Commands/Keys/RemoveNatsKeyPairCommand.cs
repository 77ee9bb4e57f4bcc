using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Errors;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Removes private keys from a key root: the specified ones, or all that no entity uses.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.KeyPair, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ByName)]
[OutputType(typeof(string))]
public sealed class RemoveNatsKeyPairCommand : StoreCmdlet
{
    private const string Unused = "Unreferenced";
    private const string ByType = "Type";
    private readonly Dictionary<NatsStore, KeyRemover> removals = [];
    private readonly List<(NatsStore Store, string PublicKey)> agreed = [];

    /// <summary>The keys: public keys, key pairs or signing keys.</summary>
    [Parameter(ParameterSetName = ByName, Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The public keys.")]
    [PipelineInput]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public AvailableKeyArgument[] PublicKey { get; set; } = [];

    /// <summary>Removes every key that no entity of the stores uses.</summary>
    [Parameter(ParameterSetName = Unused, Mandatory = true, HelpMessage = "Removes every key that no entity of the stores uses.")]
    public SwitchParameter Unreferenced { get; set; }

    /// <summary>Only keys of this type.</summary>
    [Parameter(ParameterSetName = Unused)]
    [Parameter(ParameterSetName = ByType, Mandatory = true, HelpMessage = "Only keys of this type.")]
    [NoSeed]
    public NatsKeyType? Type { get; set; }

    /// <summary>Other stores that share the key root. Keys that their entities use are not removed either.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public StoreArgument[] OtherStore { get; set; } = [];

    /// <summary>
    /// Also removes keys that entities use. With <c>-Unreferenced</c>, it states that no other store has its keys in the key root; keys in use stay.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the public keys of the removed keys.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    // The key root exists without a store. But only a store can tell that nothing uses a key.
    internal override bool Reads => Unreferenced;

    private protected override object? CurrentItem => PublicKey is [var only] ? only : null;

    private protected override void ProcessItem()
    {
        if (ParameterSetName == ByType)
        {
            throw new AdvisedException(
                ErrorCode.InvalidClaims, $"-Type {Type} alone does not say which keys to remove. Add -Unreferenced, or specify -PublicKey.");
        }

        if (Unreferenced)
        {
            NatsStore store = Stores.Open();
            IReadOnlyList<string> unused = RemovalOf(store).FindUnreferenced(Type);
            if (!Force)
            {
                RemovalOf(store).RequireOwn(unused);
            }

            foreach (string key in unused.TakeWhile(_ => !Stopping))
            {
                Agree(store, key);
            }

            return;
        }

        foreach (AvailableKeyArgument key in PublicKey)
        {
            Try(() => Take(key), key);
        }
    }

    private protected override void ProcessAll()
    {
        foreach (IGrouping<NatsStore, string> group in agreed.GroupBy(key => key.Store, key => key.PublicKey))
        {
            Try(() => Remove(group.Key, [.. group.Distinct()]), group.Key.Keys.Location);
        }
    }

    private void Remove(NatsStore store, string[] publicKeys)
    {
        RemovalOf(store).Remove(publicKeys, Force && !Unreferenced, Stopped);
        if (PassThru)
        {
            WriteObject(publicKeys, enumerateCollection: true);
        }
    }

    private void Take(AvailableKeyArgument wanted)
    {
        (NatsStore store, IEnumerable<string> keys) = wanted.Resolve(Stores.Open);
        foreach (string key in keys)
        {
            Try(
                () =>
                {
                    RemovalOf(store).Require(key, Force);
                    Agree(store, key);
                },
                key);
        }
    }

    private void Agree(NatsStore store, string publicKey)
    {
        if (ShouldProcess($"{publicKey} in the key root {store.Keys.Location}", "Remove the private key"))
        {
            agreed.Add((store, publicKey));
        }
    }

    private KeyRemover RemovalOf(NatsStore store) => removals.TryGetValue(store, out KeyRemover? known)
        ? known
        : removals[store] = new KeyRemover(store, Array.ConvertAll(OtherStore, other => other.Open(Paths.Full)));
}
