using System.Management.Automation;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gives what accounts revoke: users, and activations of their exports.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Revocation)]
[OutputType(typeof(NatsRevocation))]
public sealed class GetNatsRevocationCommand : GetItemCmdlet<NatsRevocation>
{
    private protected override IEnumerable<NatsRevocation> Items(NatsAccount account) => account.GetRevocations();
}
