using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Removes the JetStream limits of an account, which turns JetStream off: as a whole, or for tiers.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.JetStreamLimit, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class RemoveNatsJetStreamLimitCommand : EditItemCmdlet<NatsJetStreamLimit>, IDynamicParameters
{
    private TierParameters given = new();

    /// <inheritdoc/>
    public override AccountArgument? Account
    {
        get => given.Account;
        set => given.Account = value;
    }

    private string[]? Tier => given.Tier;

    /// <summary>Gets the parameters for the account and the tiers. Without piped input, the account has the first position.</summary>
    public object GetDynamicParameters() => given = MyInvocation.ExpectingInput ? new PipedTierParameters() : new TierParameters();

    private protected override string? TextParameter => nameof(Tier);

    private protected override string? MeantBy(string text) => TierNames.MeantBy(text);

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
        else if (RowText is { } text)
        {
            RequireColumns();
            Remove(TierNames.Complete(text));
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
        account =>
        {
            // An account without JetStream is as asked for if all limits are to be removed, but what was named must be there.
            if (!account.GetJetStreamLimits().Any(limit => limit.Tier == tier))
            {
                throw new AdvisedException(
                    ErrorCode.ClaimNotFound,
                    $"The {account.Path} has no JetStream limits{TierNames.Show(tier)}. Get-NatsJetStreamLimit lists the limits.");
            }

            account.RemoveJetStreamLimits(tier);
        });
}
