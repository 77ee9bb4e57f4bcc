namespace NatsKeys.Server;

/// <summary>The addresses of servers, the timeout, and how many servers must answer.</summary>
/// <param name="Urls">The addresses, which are tried one after the other. The servers of a cluster know each other.</param>
internal sealed record ServerOptions(IReadOnlyList<string> Urls)
{
    /// <summary>The addresses, which are tried one after the other. The servers of a cluster know each other.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidServer"/>: one of them is not a valid address. The message does not repeat it, because it may contain a password.
    /// </exception>
    public IReadOnlyList<string> Urls { get; } = [.. Urls.Select(Checked)];

    /// <summary>The timeout of the connection, and of the answers to each request.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The number of servers that must answer; null for all that the servers know of.</summary>
    public int? ServerCount { get; init; }

    /// <summary>The TLS options.</summary>
    public TlsOptions Tls { get; init; } = new();

    /// <summary>The clock used for timeouts.</summary>
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
