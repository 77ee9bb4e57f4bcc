using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.KeySources;
using NatsKeys.Signing;

namespace NatsKeys.Commands;

/// <summary>Gets the key sources that private keys come from, in the order in which they are searched.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.KeySource, DefaultParameterSetName = ByName)]
[OutputType(typeof(KeySource))]
public sealed class GetNatsKeySourceCommand : StoreCmdlet
{
    /// <summary>Names of sources; wildcards are allowed. The default is all sources.</summary>
    [Parameter(ParameterSetName = ByName, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByStore, Position = 0)]
    [PipelineInput]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(KeySourceNameCompleter))]
    public KeySourceArgument[] Name { get; set; } = [new("*")];

    /// <summary>The store, as an object or as the path of its folder. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = ByStore, Mandatory = true, ValueFromPipeline = true, HelpMessage = "The store.")]
    [PipelineInput]
    [ValidateNotNull]
    public override StoreArgument? Store { get; set; }

    // The sources belong to the session, and the key root exists without a store.
    internal override bool Reads => false;

    private protected override void ProcessItem()
    {
        KeySource[] sources = [new KeyRootSource(Stores.Open().Keys), .. SessionKeySources.Current];
        foreach (KeySourceArgument name in Name)
        {
            Try(() => WriteObject(name.Among(sources), enumerateCollection: true), name);
        }
    }
}
