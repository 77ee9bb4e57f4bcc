using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Signing;

namespace NatsKeys.Commands;

/// <summary>Gives the places that private keys come from, in the order in which they are asked.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.KeySource)]
[OutputType(typeof(KeySource))]
public sealed class GetNatsKeySourceCommand : StoreCmdlet
{
    /// <summary>Names of sources; wildcards are allowed. All sources without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(KeySourceNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    private protected override void ProcessItem()
    {
        KeySource[] sources = [new KeyRootSource(OpenStore().Keys), .. SessionKeySources.Current];
        foreach (string name in Name)
        {
            Try(() => WriteObject(SessionKeySources.Matching(sources, name), enumerateCollection: true), name);
        }
    }
}
