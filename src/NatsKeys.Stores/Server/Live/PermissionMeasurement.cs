using NatsKeys.Rules;

namespace NatsKeys.Server;

/// <summary>The permissions of one user or of the users of a role, compared with what these users did during a measurement.</summary>
public sealed class PermissionMeasurement
{
    internal PermissionMeasurement(string account) => Account = account;

    /// <summary>The role or user as text: <c>A: role sensor</c>, or <c>A/U</c>.</summary>
    public string Holder => User is null ? $"{Account}: role {Role}" : $"{Account}/{User}";

    /// <summary>The name of the operator.</summary>
    public required string Operator { get; init; }

    /// <summary>The name of the account.</summary>
    public string Account { get; }

    /// <summary>The role, or the public key of a role without a name; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>The user; null for all users of the role.</summary>
    public string? User { get; init; }

    /// <summary>The number of different users that were seen.</summary>
    public int Users { get; init; }

    /// <summary>The number of different connections that were seen.</summary>
    public int Connections { get; init; }

    /// <summary>The time of the first sample.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>The time of the last sample.</summary>
    public DateTimeOffset To { get; init; }

    /// <summary>The number of samples. In each one, servers were asked for their clients.</summary>
    public int Samples { get; init; }

    /// <summary>The subjects of subscriptions, as clients wrote them. A queue group follows after a space.</summary>
    public IReadOnlyList<string> Subscribed { get; init; } = new PrintableList<string>([]);

    /// <summary>The subjects of JetStream API requests.</summary>
    public IReadOnlyList<string> Requested { get; init; } = new PrintableList<string>([]);

    /// <summary>The entries of the subscribe permissions that no seen subscription needs.</summary>
    public IReadOnlyList<string> Unused { get; init; } = new PrintableList<string>([]);

    /// <summary>
    /// The permissions that would have been enough for the subscriptions; publish permissions are unchanged. Null if no subscription was seen that
    /// the store allows.
    /// </summary>
    public NatsPermission? Proposed { get; init; }

    /// <summary>What was not measured, because it cannot be seen or was not requested.</summary>
    public IReadOnlyList<string> Unseen { get; init; } = new PrintableList<string>([]);

    /// <summary>The role or user, and the numbers of subscriptions and unused entries.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Holder}: {Subscribed.Count} subscriptions, {Unused.Count} unused entries");
}
