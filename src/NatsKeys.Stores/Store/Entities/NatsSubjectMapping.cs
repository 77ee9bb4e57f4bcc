using NatsKeys.Claims;

namespace NatsKeys.Store;

/// <summary>One target of a subject whose messages an account sends elsewhere.</summary>
public sealed class NatsSubjectMapping : AccountItem
{
    internal NatsSubjectMapping(NatsAccount account, string subject, WeightedMapping target)
        : base(account)
    {
        Subject = subject;
        To = target.Subject;
        Weight = target.Share;
        Cluster = target.Cluster;
    }

    /// <summary>The subject that is published on.</summary>
    public string Subject { get; }

    /// <summary>Where the messages go.</summary>
    public string? To { get; }

    /// <summary>The share of the messages, in percent.</summary>
    public long Weight { get; }

    /// <summary>The cluster in which this target applies; null for all.</summary>
    public string? Cluster { get; }

    /// <summary>The subject, its target and its share.</summary>
    public override string ToString() => TextSanitizer.Clean(
        $"{Subject} to {To} ({Weight}%{(string.IsNullOrEmpty(Cluster) ? "" : $" in {Cluster}")})");
}
