using NatsKeys.Claims;
using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>The result of a connection attempt.</summary>
/// <param name="User">The user who connects.</param>
/// <param name="Address">The server addresses.</param>
public sealed record ConnectionTestResult(string User, string Address)
{
    /// <summary>Whether a server checked the credentials and accepted the user.</summary>
    public bool Succeeded { get; init; }

    /// <summary>Whether the server requires no credentials and accepts everybody.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Why the attempt failed: the server's message, and the reason according to the store. Null after a success.</summary>
    public string? Reason { get; init; }

    /// <summary>The server that answered; null if none did.</summary>
    public ServerInformation? Server { get; init; }

    /// <summary>The version of the server.</summary>
    public string? Version => Server?.Version;

    /// <summary>The round-trip time of a message to the server; null without a connection.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>The public key of the user, as reported by the server.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The public key of the account, as reported by the server.</summary>
    public string? Account { get; init; }

    /// <summary>
    /// Gets the user's permissions, as reported by the server; null if they were not requested or the server does not report them.
    /// </summary>
    public Permissions? GetPermissions() => Permissions;

    internal Permissions? Permissions { get; init; }

    /// <summary>The name of the server's cluster; null for none.</summary>
    public string? Cluster => Server?.Cluster;

    /// <summary>The publish permissions reported by the server, as text; null if it does not report them.</summary>
    public string? Publish => Permissions is null ? null : ClaimSummary.Of(Permissions.Pub);

    /// <summary>The subscribe permissions reported by the server, as text; null if it does not report them.</summary>
    public string? Subscribe => Permissions is null ? null : ClaimSummary.Of(Permissions.Sub);

    /// <summary>The permission to reply to requests reported by the server, as text; null if there is none, or if it does not report it.</summary>
    public string? Responses => Permissions?.Resp is { } responses ? ClaimSummary.Of(responses) : null;

    /// <summary>When the server will end the connection; null for never, or if it does not report this.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>What the server does not report, and why; null if nothing is missing.</summary>
    public string? Missing { get; init; }

    /// <summary>The remedy; null if the reason already states it.</summary>
    internal Remedy? Remedy { get; init; }

    /// <summary>The user and the result.</summary>
    public override string ToString() => TextSanitizer.Clean($"{User} at {Address}: {(Succeeded ? "connected" : Reason)}");
}
