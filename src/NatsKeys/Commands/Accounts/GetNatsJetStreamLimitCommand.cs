using System.Management.Automation;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gives the JetStream limits of accounts: flat ones, or those of each tier.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.JetStreamLimit)]
[OutputType(typeof(NatsJetStreamLimit))]
public sealed class GetNatsJetStreamLimitCommand : GetItemCmdlet<NatsJetStreamLimit>
{
    private protected override IEnumerable<NatsJetStreamLimit> Items(NatsAccount account) => account.GetJetStreamLimits();
}
