using System.Management.Automation;
using NatsKeys.Claims;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Takes the authorization callout of an account away.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.AuthCallout, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class RemoveNatsAuthCalloutCommand : EditItemCmdlet<NatsAuthCallout>
{
    private protected override void ProcessItem() =>
        Edit(ResolveAccount(), "Remove the authorization callout and sign again", account =>
        {
            ExternalAuthorization callout = account.Claims.Authorization;
            callout.AuthUsers = [];
            callout.AllowedAccounts = [];
            callout.Xkey = null;
        });
}
