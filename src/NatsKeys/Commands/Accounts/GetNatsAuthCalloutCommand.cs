using System.Management.Automation;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gets the authorization callouts of accounts.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.AuthCallout)]
[OutputType(typeof(NatsAuthCallout))]
public sealed class GetNatsAuthCalloutCommand : GetItemCmdlet<NatsAuthCallout>
{
    private protected override IEnumerable<NatsAuthCallout> Items(NatsAccount account) => account.GetAuthCallout() is { } callout ? [callout] : [];
}
