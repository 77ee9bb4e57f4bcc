using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>A context of natscli: how the <c>nats</c> command connects as a user. It names a credentials file and holds no secret itself.</summary>
/// <param name="CredentialPath">The full path of the user's credentials file.</param>
internal sealed record ClientContext(string CredentialPath)
{
    private static readonly JsonWriterOptions Form = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A word for people.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// The addresses of servers: host and port, or an address with the scheme nats, tls, ws or wss. None stands for the server of the machine itself.
    /// </summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>The JetStream domain; null for that of the servers.</summary>
    public string? JetStreamDomain { get; init; }

    /// <summary>The subject below which answers are received; null for the usual one.</summary>
    public string? InboxPrefix { get; init; }

    /// <summary>Checks that the credentials file is there and is the user's.</summary>
    /// <param name="user">The user.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.InvalidCredential"/>, or the file cannot be read.
    /// </exception>
    public void RequireCredentials(NatsUser user)
    {
        if (!File.Exists(CredentialPath))
        {
            throw new NatsKeysException(
                ErrorCode.FileNotFound,
                $"The {user.Path} has no credentials at '{CredentialPath}' yet.")
            {
                Path = CredentialPath,
                Remedy = Remedy.ExportCredentials,
            };
        }

        using NatsCredential credential = CredentialFile.Read(CredentialPath);
        if (!credential.Matches || credential.Subject != user.Subject)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidCredential, $"The credentials in '{CredentialPath}' are not those of {user.Path}.") { Path = CredentialPath };
        }
    }

    /// <summary>The text of the context's file.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidContext"/>: natscli could not use it, or it would hold a password.</exception>
    public string Write()
    {
        // natscli replaces variables in paths, and knows no way to write the sign itself.
        if (CredentialPath.Contains('$', StringComparison.Ordinal))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidContext,
                $"natscli would read the $ in '{CredentialPath}' as the start of a variable name. Keep the credentials at another path.");
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Form))
        {
            writer.WriteStartObject();
            writer.WriteString("description", Description ?? "");
            writer.WriteString("url", string.Join(',', Servers.Select(AddressOf)));
            writer.WriteString("creds", CredentialPath);
            WriteGiven(writer, "jetstream_domain", JetStreamDomain);
            WriteGiven(writer, "inbox_prefix", InboxPrefix);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteGiven(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string AddressOf(string server) => ServerAddress.TryRead(server, "nats", "tls", "ws", "wss")?.OriginalString
        ?? throw new NatsKeysException(
            ErrorCode.InvalidContext,
            $"'{server}' is not a server address. It must have a host, optionally the scheme nats, tls, ws or wss, and no user, password or "
                + "path.");
}
