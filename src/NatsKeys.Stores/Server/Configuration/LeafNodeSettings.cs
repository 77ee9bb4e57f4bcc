using NatsKeys.Rules;

namespace NatsKeys.Server;

/// <summary>Leaf node settings: how a server accepts leaf nodes, and to which servers it connects as one.</summary>
internal sealed record LeafNodeSettings
{
    /// <summary>The port for incoming leaf nodes.</summary>
    public int? Port { get; init; }

    /// <summary>The servers to which this server connects as a leaf node.</summary>
    public IReadOnlyList<LeafNodeRemote> Remotes { get; init; } = [];

    /// <summary>Refuses settings with which a server would not start.</summary>
    internal void Check()
    {
        foreach (LeafNodeRemote remote in Remotes)
        {
            remote.Check();
        }

        string[] names = [.. Remotes.Select(remote => $"{string.Join(", ", remote.Urls)} for the account {remote.Account}")];
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw ConfigWriter.Refused($"The leaf node remote {twice.Key} is specified twice.");
        }
    }

    /// <summary>Writes the settings.</summary>
    internal void Write(ConfigWriter text, string? host, TlsSettings? tls)
    {
        if (Port is null && Remotes.Count == 0)
        {
            return;
        }

        text.Open("leafnodes");
        if (Port is not null)
        {
            text.Quoted("host", host);
            text.Member("port", Port);
            tls?.WriteOther(text, tls.Verifies);
        }

        if (Remotes.Count > 0)
        {
            text.OpenList("remotes");
            foreach (LeafNodeRemote remote in Remotes)
            {
                remote.Write(text, tls);
            }

            text.CloseList();
        }

        text.Close();
        text.Line();
    }
}

/// <summary>A server, or several of one cluster, to which another server connects as a leaf node.</summary>
/// <param name="Urls">The addresses of the servers.</param>
/// <param name="Account">The public key of the local account of the connection.</param>
/// <param name="Credentials">
/// The path of the credentials file, on the machine of the connecting server. Null if the other server requires no credentials.
/// </param>
internal sealed record LeafNodeRemote(IReadOnlyList<string> Urls, string Account, string? Credentials)
{
    /// <summary>Refuses settings with which a server would not start, or which it would misread.</summary>
    internal void Check()
    {
        if (Urls.Count == 0)
        {
            throw ConfigWriter.Refused("A leaf node remote requires an address.");
        }

        if (Urls.Select(AddressOf).Select(IsWebSocket).Distinct().Count() > 1)
        {
            throw ConfigWriter.Refused(
                $"The addresses {string.Join(", ", Urls)} of a leaf node remote are mixed: either all or none of them can be WebSocket addresses.");
        }

        // In this path, unlike other members, servers expand variables, and there is no escape for the $ sign.
        if (Credentials?.Contains('$', StringComparison.Ordinal) is true)
        {
            throw ConfigWriter.Refused(
                $"A server would read the $ in '{Credentials}' as the start of a variable name. Use another path for these credentials.");
        }
    }

    /// <summary>Writes the remote.</summary>
    internal void Write(ConfigWriter text, TlsSettings? tls)
    {
        Uri[] addresses = [.. Urls.Select(AddressOf)];
        text.OpenItem();
        text.Quoted("urls", [.. addresses.Select(address => address.OriginalString)]);
        text.Quoted("account", Account);
        text.Quoted("credentials", Credentials);
        if (addresses.Any(address => address.Scheme is "tls" or "wss"))
        {
            tls?.WriteRemote(text);
        }

        text.Close();
    }

    private static bool IsWebSocket(Uri address) => address.Scheme is "ws" or "wss";

    private static Uri AddressOf(string url) => ServerAddress.TryRead(url, "nats", "nats-leaf", "tls", "ws", "wss")
        ?? throw ConfigWriter.Refused(
            $"{(url.Contains('@', StringComparison.Ordinal) ? "An address with a user" : $"'{url}'")} is not an address for leaf nodes. "
                + "Use a host and port, such as hub.example.com:7422 or tls://hub.example.com:7422. Credentials belong in a file.");
}
