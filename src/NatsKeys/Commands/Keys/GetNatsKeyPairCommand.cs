using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Formatting;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gets the key pairs in a store's key root.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.KeyPair, DefaultParameterSetName = ByName)]
[OutputType(typeof(NatsKeyPair))]
public sealed class GetNatsKeyPairCommand : StoreCmdlet
{
    private readonly Dictionary<NatsStore, KeyDirectory> directories = [];

    /// <summary>Public keys; wildcards are allowed. The default is all keys.</summary>
    [Parameter(ParameterSetName = ByName, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByStore, Position = 0)]
    [PipelineInput]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public AvailableKeyArgument[] PublicKey { get; set; } = [new("*")];

    /// <summary>The store, as an object or as the path of its folder. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = ByStore, Mandatory = true, ValueFromPipeline = true, HelpMessage = "The store.")]
    [PipelineInput]
    [ValidateNotNull]
    public override StoreArgument? Store { get; set; }

    /// <summary>Only keys of this type.</summary>
    [Parameter]
    [NoSeed]
    public NatsKeyType? Type { get; set; }

    /// <summary>Only keys that no entity of the store has or lists.</summary>
    [Parameter]
    public SwitchParameter Unreferenced { get; set; }

    // The key root exists without a store. But only a store can tell that nothing uses a key.
    internal override bool Reads => Unreferenced;

    private protected override void ProcessItem()
    {
        foreach (AvailableKeyArgument wanted in PublicKey)
        {
            Try(() => Write(wanted), wanted);
        }
    }

    private void Write(AvailableKeyArgument wanted)
    {
        (NatsStore store, IEnumerable<string> names) = wanted.Resolve(Stores.Open);
        foreach (string name in names)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                Try(() => WriteMatching(store, name), name);
            }
            else
            {
                Try(() => WriteNamed(store, name), name);
            }
        }
    }

    private void WriteMatching(NatsStore store, string name)
    {
        NatsKeysException? locked = null;
        WildcardPattern pattern = NamePattern.Of(name);
        foreach (string found in store.Keys.PublicKeys()
            .Where(pattern.IsMatch)
            .Where(key => IsWanted(store, key))
            .Order(StringComparer.Ordinal).TakeWhile(_ => !Stopping))
        {
            Try(
                () =>
                {
                    try
                    {
                        Write(store, store.Keys.Find(found));
                    }
                    catch (NatsKeysException error) when (error.Code is ErrorCode.KeyStoreLocked or ErrorCode.WrongPassphrase)
                    {
                        locked = error;
                    }
                },
                found);
        }

        // A problem that concerns all keys is reported once.
        if (locked is not null)
        {
            throw locked;
        }
    }

    private void WriteNamed(NatsStore store, string publicKey)
    {
        NatsKeyPair key = store.Keys.Find(publicKey)
            ?? throw new NatsKeysException(ErrorCode.KeyNotFound, $"The seed of {publicKey} is not in the key store {store.Keys.Location}.");
        try
        {
            if (Type is not null)
            {
                key.Require(Type.Value);
            }
        }
        catch
        {
            key.Dispose();
            throw;
        }

        if (IsWanted(store, publicKey))
        {
            Write(store, key);
        }
        else
        {
            key.Dispose();
        }
    }

    /// <summary>Writes a key, unless it was removed in the meantime.</summary>
    private void Write(NatsStore store, NatsKeyPair? key)
    {
        if (key is null)
        {
            return;
        }

        var output = PSObject.AsPSObject(key);
        output.Properties.Add(new PSNoteProperty(nameof(UsedFor), new UsedFor(DirectoryOf(store), key.PublicKey)));
        output.Properties.Add(new PSNoteProperty("Path", store.Keys.PathOf(key.PublicKey)));
        WriteObject(output);
    }

    private bool IsWanted(NatsStore store, string publicKey) =>
        (Type is null || PublicNkey.Is(publicKey, Type.Value)) && !(Unreferenced && DirectoryOf(store).IsUsed(publicKey));

    private KeyDirectory DirectoryOf(NatsStore store) =>
        directories.TryGetValue(store, out KeyDirectory? known) ? known : directories[store] = new KeyDirectory(store);
}
