namespace NatsKeys.Server;

/// <summary>How servers are reached, and for how long and for how many of them is waited.</summary>
/// <param name="Urls">Addresses, one of which is tried after the other; the servers of a cluster know of each other.</param>
internal sealed record ServerOptions(IReadOnlyList<string> Urls)
{
    /// <summary>Addresses, one of which is tried after the other; the servers of a cluster know of each other.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidServer"/>: one of them is no address. It is not repeated, for it may have a password.
    /// </exception>
    public IReadOnlyList<string> Urls { get; } = [.. Urls.Select(Checked)];

    /// <summary>How long to wait for a connection, and for the answers to each request.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The number of servers that must answer; null for as many as there are.</summary>
    public int? ServerCount { get; init; }

    /// <summary>How connections are protected.</summary>
    public TlsOptions Tls { get; init; } = new();

    /// <summary>The clock by which is waited.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The addresses, in one line.</summary>
    public override string ToString() => string.Join(", ", Urls);

    private static string Checked(string url) =>
        url.Contains('@', StringComparison.Ordinal) || url.Contains(',', StringComparison.Ordinal) || string.IsNullOrWhiteSpace(url)
        ? throw new NatsKeysException(
            ErrorCode.InvalidServer,
            "A server address is a scheme, host and port, such as nats://host:4222, without user and password.")
        : url.Trim();
}
