using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.KeySources;
using NatsKeys.Signing;

namespace NatsKeys.Commands;

/// <summary>Unregisters key sources: this session takes no more private keys from them.</summary>
[Cmdlet(VerbsLifecycle.Unregister, Nouns.KeySource, SupportsShouldProcess = true)]
[OutputType(typeof(KeySource))]
public sealed class UnregisterNatsKeySourceCommand : NatsCmdlet
{
    /// <summary>Names of sources; wildcards are allowed.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The names of sources.")]
    [PipelineInput]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(KeySourceNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Returns the removed sources.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void ProcessItem()
    {
        foreach (string name in Name)
        {
            Try(() => Remove(name), name);
        }
    }

    private void Remove(string name)
    {
        // Get-NatsKeySource lists it with the sources that were registered.
        if (string.Equals(name, KeyRootSource.SourceName, StringComparison.OrdinalIgnoreCase))
        {
            throw new NatsKeysException(ErrorCode.KeySourceNotFound, "The key root belongs to its store and cannot be unregistered.");
        }

        KeySourceList session = SessionKeySources.Current;
        foreach (KeySource source in SessionKeySources.Matching(session, name))
        {
            if (!ShouldProcess(source.ToString(), "Unregister the key source"))
            {
                continue;
            }

            session.Remove(source.Name);
            if (PassThru)
            {
                WriteObject(source);
            }
        }
    }
}
