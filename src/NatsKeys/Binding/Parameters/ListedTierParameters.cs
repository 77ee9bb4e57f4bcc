using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

/// <summary>
/// The parameters of the cmdlet that gets JetStream limits, if nothing is piped: the accounts have the first position, the tiers the second.
/// </summary>
public class ListedTierParameters
{
    /// <summary>The accounts; wildcards are allowed. The default is all accounts.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [EntityInput(typeof(AccountArgument))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public virtual AccountArgument[]? Account { get; set; }

    /// <summary>Only the limits of these tiers, such as <c>R3</c>; wildcards are allowed.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TierCompleter))]
    public virtual string[]? Tier { get; set; }
}

/// <summary>The same parameters if accounts are piped: the tiers have the first position.</summary>
public sealed class PipedListedTierParameters : ListedTierParameters
{
    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true)]
    [EntityInput(typeof(AccountArgument))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public override AccountArgument[]? Account { get; set; }

    /// <inheritdoc/>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TierCompleter))]
    public override string[]? Tier { get; set; }
}
