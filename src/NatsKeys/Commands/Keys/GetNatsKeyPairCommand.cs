using System.Management.Automation;
using NatsKeys.Completion;
using NatsKeys.Formatting;
using NatsKeys.Keys;
using NatsKeys.Store;
using NatsKeys.Usage;

namespace NatsKeys.Commands;

/// <summary>Gives the key pairs that a store's key root holds.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.KeyPair)]
[OutputType(typeof(NatsKeyPair))]
public sealed class GetNatsKeyPairCommand : StoreCmdlet
{
    private KeyDirectory? directory;

    /// <summary>Public keys; wildcards are allowed. All keys without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public string[] PublicKey { get; set; } = ["*"];

    /// <summary>Only keys of this type.</summary>
    [Parameter]
    public NatsKeyType? Type { get; set; }

    /// <summary>Only keys that no entity of the store has or lists.</summary>
    [Parameter]
    public SwitchParameter Unreferenced { get; set; }

    private protected override void ProcessItem()
    {
        KeyStore keys = OpenStore().Keys;
        directory ??= new KeyDirectory(OpenStore());
        foreach (string name in PublicKey)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                Try(() => WriteMatching(keys, name), name);
            }
            else
            {
                Try(() => WriteNamed(keys, name), name);
            }
        }
    }

    private void WriteMatching(KeyStore keys, string name)
    {
        NatsKeysException? locked = null;
        var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        foreach (string found in keys.PublicKeys().Where(pattern.IsMatch).Where(IsWanted).Order(StringComparer.Ordinal).TakeWhile(_ => !Stopping))
        {
            Try(
                () =>
                {
                    try
                    {
                        Write(keys.Find(found));
                    }
                    catch (NatsKeysException error) when (error.Code is ErrorCode.KeyStoreLocked or ErrorCode.WrongPassphrase)
                    {
                        locked = error;
                    }
                },
                found);
        }

        // What is true of all keys is said once.
        if (locked is not null)
        {
            throw locked;
        }
    }

    private void WriteNamed(KeyStore keys, string publicKey)
    {
        NatsKeyPair key = keys.Find(publicKey) ?? throw new NatsKeysException(ErrorCode.KeyNotFound, $"The seed of {publicKey} is not in the key store {keys.Location}.");
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

        if (IsWanted(publicKey))
        {
            Write(key);
        }
        else
        {
            key.Dispose();
        }
    }

    /// <summary>Gives a key that may have gone meanwhile.</summary>
    private void Write(NatsKeyPair? key)
    {
        if (key is null)
        {
            return;
        }

        var output = PSObject.AsPSObject(key);
        output.Properties.Add(new PSNoteProperty(nameof(UsedFor), new UsedFor(directory!, key.PublicKey)));
        WriteObject(output);
    }

    private bool IsWanted(string publicKey) => (Type is null || Keys.PublicKey.Is(publicKey, Type.Value)) && !(Unreferenced && directory!.IsUsed(publicKey));
}
