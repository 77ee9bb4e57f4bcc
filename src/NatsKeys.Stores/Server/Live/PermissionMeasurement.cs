using NatsKeys.Rules;

namespace NatsKeys.Server;

/// <summary>What the users of a role, or one user, may do, beside what they were seen to do for a while.</summary>
public sealed class PermissionMeasurement
{
    internal PermissionMeasurement(string account) => Account = account;

    /// <summary>Whom it is about, for people: <c>A: role sensor</c>, or <c>A/U</c>.</summary>
    public string Holder => User is null ? $"{Account}: role {Role}" : $"{Account}/{User}";

    /// <summary>The name of the operator.</summary>
    public required string Operator { get; init; }

    /// <summary>The name of the account.</summary>
    public string Account { get; }

    /// <summary>The role, or the public key of a role without a name; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>The user; null for all users of the role.</summary>
    public string? User { get; init; }

    /// <summary>How many different users were seen.</summary>
    public int Users { get; init; }

    /// <summary>How many different connections were seen.</summary>
    public int Connections { get; init; }

    /// <summary>When the first look was taken.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>When the last look was taken.</summary>
    public DateTimeOffset To { get; init; }

    /// <summary>How often the servers were asked for their clients.</summary>
    public int Samples { get; init; }

    /// <summary>The subjects that were subscribed to, as clients wrote them; a queue group follows after one space.</summary>
    public IReadOnlyList<string> Subscribed { get; init; } = new PrintableList<string>([]);

    /// <summary>The requests to the JetStream API that were heard.</summary>
    public IReadOnlyList<string> Requested { get; init; } = new PrintableList<string>([]);

    /// <summary>The entries that allow a subscription, and under which none was seen.</summary>
    public IReadOnlyList<string> Unused { get; init; } = new PrintableList<string>([]);

    /// <summary>
    /// What would have been enough for the subscriptions, with what may be published as it is; null where no subscription was seen that the store
    /// allows.
    /// </summary>
    public NatsPermission? Proposed { get; init; }

    /// <summary>What was not seen, because it cannot be seen or was not looked for.</summary>
    public IReadOnlyList<string> Unseen { get; init; } = new PrintableList<string>([]);

    /// <summary>Whom it is about, and how much is used.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Holder}: {Subscribed.Count} subscriptions, {Unused.Count} unused entries");
}
