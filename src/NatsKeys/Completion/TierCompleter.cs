using System.Collections;

namespace NatsKeys.Completion;

/// <summary>Completes the tiers of JetStream, by the numbers of replicas that servers support.</summary>
public sealed class TierCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
        [("R1", "streams with one replica"), ("R3", "streams with three replicas"), ("R5", "streams with five replicas")];
}
