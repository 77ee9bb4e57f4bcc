using System.Management.Automation;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Removes the JetStream limits of an account, which turns JetStream off: as a whole, or for tiers.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.JetStreamLimit, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class RemoveNatsJetStreamLimitCommand : EditItemCmdlet<NatsJetStreamLimit>
{
    /// <summary>The tiers, such as <c>R3</c>. By default, JetStream is turned off as a whole.</summary>
    [Parameter(ParameterSetName = ByAccount, Position = 0)]
    [Parameter(ParameterSetName = ByRow, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TierCompleter))]
    public string[]? Tier { get; set; }

    private protected override void ProcessItem()
    {
        if (InputObject is not null)
        {
            Remove(InputObject.Tier);
        }
        else if (Tier is not null)
        {
            Each(Tier, tier => Remove(TierNames.Complete(tier)));
        }
        else if (HasColumn(nameof(Tier)))
        {
            Remove(TierNames.Complete(TypedOrCell(nameof(Tier), null)));
        }
        else
        {
            Edit(ResolveAccount(), "Turn JetStream off and sign again", account => account.DisableJetStream());
        }
    }

    private void Remove(string? tier) => Edit(
        ResolveAccount(),
        $"Remove the JetStream limits{TierNames.Show(tier)} and sign again",
        account => account.RemoveJetStreamLimits(tier));
}
