using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Removes the authorization callout of an account.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.AuthCallout, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class RemoveNatsAuthCalloutCommand : EditItemCmdlet<NatsAuthCallout>
{
    /// <summary>The account. Not needed if there is only one.</summary>
    [Parameter(ParameterSetName = ByAccount, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByRow, Position = 0)]
    [PipelineInput(IsOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public override AccountArgument? Account { get; set; }

    private protected override string? TextParameter => null;

    private protected override void ProcessItem() =>
        Edit(ResolveAccount(), "Remove the authorization callout and sign again", account =>
        {
            ExternalAuthorization callout = account.Claims.Authorization;
            callout.AuthUsers = [];
            callout.AllowedAccounts = [];
            callout.Xkey = null;
        });
}
