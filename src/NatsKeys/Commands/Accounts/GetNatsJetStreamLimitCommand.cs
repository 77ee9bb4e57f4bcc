using System.Management.Automation;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gives the JetStream limits of accounts: flat ones, or those of each tier.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.JetStreamLimit)]
[OutputType(typeof(NatsJetStreamLimit))]
public sealed class GetNatsJetStreamLimitCommand : GetItemCmdlet<NatsJetStreamLimit>
{
    /// <summary>Only the limits of this tier, such as <c>R3</c>; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TierCompleter))]
    public string? Tier { get; set; }

    private protected override string? Named => Tier is null ? null : Name("JetStream limit of the tier", Tier);

    private protected override IEnumerable<NatsJetStreamLimit> Items(NatsAccount account)
    {
        string? wanted = Tier is null || WildcardPattern.ContainsWildcardCharacters(Tier) ? Tier : TierNames.Complete(Tier);
        return account.GetJetStreamLimits().Where(limit => wanted is null || Matches(wanted, limit.Tier));
    }
}
