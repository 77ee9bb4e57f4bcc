using NatsKeys.Claims;
using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>What became of an attempt to connect.</summary>
/// <param name="User">The user who connected.</param>
/// <param name="Address">The addresses of servers that were tried.</param>
public sealed record ConnectionTestResult(string User, string Address)
{
    /// <summary>Whether a server checked the credentials and accepted the user.</summary>
    public bool Succeeded { get; init; }

    /// <summary>Whether the server asks nobody for credentials and lets everybody in.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Why not: the words of the server where it answered, and what the store knows of it; null after a success.</summary>
    public string? Reason { get; init; }

    /// <summary>The server that answered; null where none did.</summary>
    public ServerInformation? Server { get; init; }

    /// <summary>The version of the server.</summary>
    public string? Version => Server?.Version;

    /// <summary>The time that a message needs to the server and back; null without a connection.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>The public key of the user, as the server sees it.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The public key of the account, as the server sees it.</summary>
    public string? Account { get; init; }

    /// <summary>What the user may do, as the server sees it; null where it was not asked or does not tell.</summary>
    public Permissions? Permissions { get; init; }

    /// <summary>The name of the server's cluster; null where it has none.</summary>
    public string? Cluster => Server?.Cluster;

    /// <summary>What the user may publish, as the server sees it, for people; null where it does not tell.</summary>
    public string? Publish => Permissions is null ? null : ClaimSummary.Of(Permissions.Pub);

    /// <summary>What the user may subscribe to, as the server sees it, for people; null where it does not tell.</summary>
    public string? Subscribe => Permissions is null ? null : ClaimSummary.Of(Permissions.Sub);

    /// <summary>How the user may answer requests, as the server sees it, for people; null where it does not tell.</summary>
    public string? Responses => Permissions is null ? null : ClaimSummary.Of(Permissions.Resp);

    /// <summary>When the server will end the connection; null for never, and where it does not tell.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>What the server does not tell, and why; null where nothing is missing.</summary>
    public string? Missing { get; init; }

    /// <summary>What a person can do about it; null if the reason says it.</summary>
    internal Remedy? Remedy { get; init; }

    /// <summary>The user and what became of it.</summary>
    public override string ToString() => TextSanitizer.Clean($"{User} at {Address}: {(Succeeded ? "connected" : Reason)}");
}
