using System.Text.RegularExpressions;

namespace NatsKeys.Bucket;

/// <summary>The address of a bucket: servers of a cluster, and the bucket's name; for example, <c>nats://host:4222,host2:4222/natskeys</c>.</summary>
/// <param name="Servers">The addresses, each with its scheme.</param>
/// <param name="Bucket">The name of the key-value bucket.</param>
internal sealed partial record BucketAddress(IReadOnlyList<string> Servers, string Bucket)
{
    private static readonly string[] Schemes = ["nats", "tls", "ws", "wss"];

    /// <summary>The name of the bucket, which must be valid in NATS.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidName"/>: no bucket can have this name.</exception>
    public string Bucket { get; } = BucketName().IsMatch(Bucket)
        ? Bucket
        : throw new NatsKeysException(
            ErrorCode.InvalidName,
            $"'{TextSanitizer.Clean(Bucket)}' cannot be the name of a bucket. It consists of letters, digits, '-' and '_'.");

    /// <summary>Whether text is the address of a bucket rather than a folder.</summary>
    /// <param name="text">The text.</param>
    public static bool IsAddress(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int end = text.IndexOf("://", StringComparison.Ordinal);
        return end > 0 && Schemes.Contains(text[..end].Trim().ToLowerInvariant());
    }

    /// <summary>Parses an address.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidServer"/>: it is not the address of a bucket, or it contains a password, which the message does not repeat.
    /// <see cref="ErrorCode.InvalidName"/>: no bucket can have the name.
    /// </exception>
    public static BucketAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        string[] schemeAndRest = text.Split("://", 2);
        string rest = schemeAndRest[^1].TrimEnd('/');
        int slash = rest.LastIndexOf('/');
        if (!IsAddress(text) || slash < 0 || text.Contains('@', StringComparison.Ordinal))
        {
            throw Malformed();
        }

        // Many write the scheme before each server.
        string scheme = schemeAndRest[0].ToLowerInvariant() + "://";
        string[] hosts =
        [
            .. rest[..slash].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(host => host.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? host[scheme.Length..] : host),
        ];
        return hosts.Length > 0 && hosts.All(host => IsHost(scheme + host))
            ? new BucketAddress([.. hosts.Select(host => scheme + host)], rest[(slash + 1)..])
            : throw Malformed();
    }

    /// <summary>Returns the text that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        string first = Servers[0];
        int host = first.IndexOf("://", StringComparison.Ordinal) + 3;
        return $"{first}{string.Concat(Servers.Skip(1).Select(server => "," + server[host..]))}/{Bucket}";
    }

    /// <summary>Whether the texts of both addresses are equal.</summary>
    /// <param name="other">The other address.</param>
    public bool Equals(BucketAddress? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static NatsKeysException Malformed() => new(
        ErrorCode.InvalidServer,
        "The address of a bucket has a scheme, servers and the name of the bucket, such as nats://host:4222/natskeys, and no user or password.");

    private static bool IsHost(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? found) && found is { Host: not "", PathAndQuery: "/" or "", Fragment: "" };

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex BucketName();
}
