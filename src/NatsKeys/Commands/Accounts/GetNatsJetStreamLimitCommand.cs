using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gets the JetStream limits of accounts: those for all streams, or those of each tier.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.JetStreamLimit)]
[OutputType(typeof(NatsJetStreamLimit))]
public sealed class GetNatsJetStreamLimitCommand : GetItemCmdlet<NatsJetStreamLimit>, IDynamicParameters
{
    private ListedTierParameters given = new();

    /// <inheritdoc/>
    public override AccountArgument[]? Account
    {
        get => given.Account;
        set => given.Account = value;
    }

    private string[]? Tier => given.Tier;

    /// <summary>Gets the parameters for the account and the tiers. Without piped input, the account has the first position.</summary>
    public object GetDynamicParameters() => given = MyInvocation.ExpectingInput ? new PipedListedTierParameters() : new ListedTierParameters();

    private protected override IEnumerable<string> Named => Plain(Wanted ?? []);

    /// <summary>The requested tiers, with their complete names.</summary>
    private string[]? Wanted => Tier is null
        ? null
        : [.. Tier.Select(tier => WildcardPattern.ContainsWildcardCharacters(tier) ? tier : TierNames.Complete(tier)!)];

    private protected override string Called(string name) => $"JetStream limit of the tier '{name}'";

    private protected override IEnumerable<NatsJetStreamLimit> Items(NatsAccount account) => account.GetJetStreamLimits();

    private protected override bool IsWanted(NatsJetStreamLimit item) => Wanted is not { } wanted || Matches(wanted, item.Tier);

    private protected override string? NameOf(NatsJetStreamLimit item) => item.Tier;
}
