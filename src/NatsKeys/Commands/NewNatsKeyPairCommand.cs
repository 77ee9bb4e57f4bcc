using System.Management.Automation;
using NatsKeys.Keys;

namespace NatsKeys.Commands;

/// <summary>Makes a key pair. It is kept nowhere until something is made with it.</summary>
[Cmdlet(VerbsCommon.New, Nouns.KeyPair, SupportsShouldProcess = true)]
[OutputType(typeof(NatsKeyPair))]
public sealed class NewNatsKeyPairCommand : NatsCmdlet
{
    /// <summary>The type of the key.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public NatsKeyType Type { get; set; }

    private protected override void ProcessItem()
    {
        if (ShouldProcess($"key of type {Type.ToString().ToLowerInvariant()}", "Generate"))
        {
            WriteObject(NatsKeyPair.Generate(Type));
        }
    }
}
