using NatsKeys.Claims;

namespace NatsKeys.Store;

/// <summary>Represents one target of a subject mapping, which redirects the messages of a subject within an account.</summary>
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

    /// <summary>The subject to which messages are published.</summary>
    public string Subject { get; }

    /// <summary>The subject to which messages are redirected.</summary>
    public string? To { get; }

    /// <summary>The share of the messages, in percent.</summary>
    public long Weight { get; }

    /// <summary>The cluster in which this target applies; null for all.</summary>
    public string? Cluster { get; }

    /// <summary>Returns the subject, its target and its share.</summary>
    public override string ToString() => TextSanitizer.Clean(
        $"{Subject} to {To} ({Weight}%{(string.IsNullOrEmpty(Cluster) ? "" : $" in {Cluster}")})");
}
