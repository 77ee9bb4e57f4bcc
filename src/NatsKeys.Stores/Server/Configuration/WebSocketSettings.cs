namespace NatsKeys.Server;

/// <summary>WebSocket settings of a server, for clients such as browsers.</summary>
internal sealed record WebSocketSettings
{
    /// <summary>The port.</summary>
    public int? Port { get; init; }

    /// <summary>Whether clients connect without TLS, for example because a proxy handles it.</summary>
    public bool WithoutTls { get; init; }

    /// <summary>The origins of web pages that may connect; empty for all.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Whether web pages must have the server's own address as their origin.</summary>
    public bool SameOrigin { get; init; }

    /// <summary>Whether messages are compressed if the client supports it.</summary>
    public bool Compresses { get; init; }

    /// <summary>The name of the cookie with the user's token; null for none.</summary>
    public string? TokenCookie { get; init; }

    /// <summary>Refuses settings with which a server would not start, or which it would ignore.</summary>
    internal void Check(TlsSettings? tls)
    {
        if (Port is null)
        {
            if (this != new WebSocketSettings { Origins = Origins } || Origins.Count > 0)
            {
                throw ConfigWriter.Refused("WebSocket settings require a WebSocket port. Without it, servers ignore them.");
            }

            return;
        }

        if (tls is null && !WithoutTls)
        {
            throw ConfigWriter.Refused(
                "WebSocket requires TLS. Provide the certificate of the server, or allow WebSocket without TLS, for example behind a proxy.");
        }

        if (Origins.FirstOrDefault(origin => !IsOrigin(origin)) is { } wrong)
        {
            throw ConfigWriter.Refused($"'{wrong}' is not an origin. Use the address of a web site without a path, such as https://app.example.com.");
        }

        if (TokenCookie is not null && !ConfigWriter.IsName(TokenCookie))
        {
            throw ConfigWriter.Refused($"'{TokenCookie}' is not a valid cookie name: it is empty or has spaces.");
        }
    }

    /// <summary>Writes the settings.</summary>
    internal void Write(ConfigWriter text, string? host, TlsSettings? tls)
    {
        if (Port is null)
        {
            return;
        }

        text.Open("websocket");
        text.Quoted("host", host);
        text.Member("port", Port);
        text.Flag("no_tls", WithoutTls);
        text.Flag("same_origin", SameOrigin);
        text.Quoted("allowed_origins", Origins);
        text.Flag("compression", Compresses);
        text.Quoted("jwt_cookie", TokenCookie);
        if (!WithoutTls)
        {
            tls?.WriteOther(text, tls.Verifies);
        }

        text.Close();
        text.Line();
    }

    private static bool IsOrigin(string text) =>
        !text.Any(character => char.IsWhiteSpace(character) || character is '@')
        && Uri.TryCreate(text, UriKind.Absolute, out Uri? read)
        && read is { Host.Length: > 0, PathAndQuery: "/", Fragment: "" }
        && read.Scheme is "http" or "https";
}
