using System.Management.Automation;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Takes the JetStream limits of an account away, which turns JetStream off: all of it, or that of one tier.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.JetStreamLimit, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class RemoveNatsJetStreamLimitCommand : EditItemCmdlet<NatsJetStreamLimit>
{
    /// <summary>The tier, such as <c>R3</c>. JetStream is turned off as a whole without it.</summary>
    [Parameter(ParameterSetName = ByAccount, Position = 0)]
    [Parameter(ParameterSetName = ByRow, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TierCompleter))]
    public string? Tier { get; set; }

    private protected override void ProcessItem()
    {
        string? named = InputObject is null ? TypedOrCell(nameof(Tier), Tier) : InputObject.Tier;
        if (InputObject is null && named is null && !HasColumn(nameof(Tier)))
        {
            Edit(ResolveAccount(), "Turn JetStream off and sign again", account => account.DisableJetStream());
            return;
        }

        string? tier = InputObject is null ? TierNames.Complete(named) : named;
        Edit(
            ResolveAccount(),
            $"Remove the JetStream limits{TierNames.Show(tier)} and sign again",
            account => account.RemoveJetStreamLimits(tier));
    }
}
