using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NatsKeys.Files;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>
/// A context of natscli: how the <c>nats</c> command connects as a user. It names a credentials file and contains no secret itself.
/// </summary>
/// <param name="CredentialPath">The full path of the user's credentials file.</param>
internal sealed record ClientContext(string CredentialPath)
{
    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] OtherSignIns = ["user", "password", "token", "nkey", "nsc", "user_jwt", "user_seed"];

    /// <summary>The description that natscli shows.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Server addresses: host and port, or an address with the scheme nats, tls, ws or wss. An empty list means the server on this machine.
    /// </summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>The JetStream domain; null for the servers' default.</summary>
    public string? JetStreamDomain { get; init; }

    /// <summary>The subject prefix of inboxes; null for the default.</summary>
    public string? InboxPrefix { get; init; }

    /// <summary>The full path of the CA certificates; null for those of the system.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>The full path of the client's certificate; null for none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The full path of the certificate's private key; null for none.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Whether connections begin with a TLS handshake; null if not set.</summary>
    public bool? TlsFirst { get; init; }

    /// <summary>Checks that natscli can use the certificates. It reads only PEM files, and no keys with a passphrase.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidCertificate"/>, <see cref="ErrorCode.InvalidContext"/>, or a file cannot be read.
    /// </exception>
    public void RequireCertificates(DateTimeOffset now)
    {
        if (CertificateAuthority is not null)
        {
            foreach (X509Certificate2 authority in CertificateFile.ReadAuthorities(CertificateAuthority))
            {
                authority.Dispose();
            }
        }

        if ((Certificate is null) != (CertificateKey is null))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidContext, "A context requires both the client certificate and its key file, or neither.");
        }

        if (Certificate is not null)
        {
            try
            {
                using ClientCertificate read = CertificateFile.ReadClient(Certificate, CertificateKey, passphrase: null, now);
            }
            catch (NatsKeysException error) when (error.Remedy == Remedy.ProvideCertificatePassphrase)
            {
                throw new NatsKeysException(
                    ErrorCode.InvalidContext,
                    $"The key in '{CertificateKey}' is encrypted, and natscli cannot open encrypted keys. Use a key without a passphrase.",
                    error);
            }
        }
    }

    /// <summary>Checks that the credentials file exists and belongs to the user.</summary>
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

    /// <summary>The JSON text of the context.</summary>
    /// <param name="existing">
    /// The content of the file that is replaced; null for none. Settings that this object does not have are kept, except for other ways to sign in.
    /// </param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidContext"/>: natscli could not use the context, or it would contain a password.
    /// </exception>
    public string Write(byte[]? existing = null)
    {
        JsonObject context = existing is null ? [] : ReadKept(existing);
        context["description"] = Description ?? "";
        context["url"] = string.Join(',', Servers.Select(AddressOf));
        context["creds"] = PathOf(CredentialPath);
        Set(context, "ca", CertificateAuthority is null ? null : PathOf(CertificateAuthority));
        Set(context, "cert", Certificate is null ? null : PathOf(Certificate));
        Set(context, "key", CertificateKey is null ? null : PathOf(CertificateKey));
        Set(context, "tls_first", TlsFirst);
        Set(context, "jetstream_domain", JetStreamDomain);
        Set(context, "inbox_prefix", InboxPrefix);
        return context.ToJsonString(Form) + "\n";
    }

    private static void Set(JsonObject context, string name, JsonNode? value)
    {
        if (value is not null)
        {
            context[name] = value;
        }
    }

    /// <summary>
    /// The settings of an existing context that are kept. natscli prefers other ways to sign in over credentials, so those are removed.
    /// </summary>
    private static JsonObject ReadKept(byte[] existing)
    {
        var context = new JsonObject();
        try
        {
            using JsonDocument document = JsonDocument.Parse(existing);
            foreach (JsonProperty setting in document.RootElement.EnumerateObject())
            {
                // If a setting is there twice, natscli uses the last one.
                context[setting.Name] = JsonNode.Parse(setting.Value.GetRawText());
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A file that natscli cannot read either is replaced as a whole.
            return [];
        }

        foreach (string other in OtherSignIns)
        {
            context.Remove(other);
        }

        return context;
    }

    // natscli expands variables in paths and has no escape for the $ sign.
    private static string PathOf(string path) => path.Contains('$', StringComparison.Ordinal)
        ? throw new NatsKeysException(
            ErrorCode.InvalidContext,
            $"natscli would read the $ in '{path}' as the start of a variable name. Use another path for the file.")
        : path;

    private static string AddressOf(string server) => ServerAddress.TryRead(server, "nats", "tls", "ws", "wss")?.OriginalString
        ?? throw new NatsKeysException(
            ErrorCode.InvalidContext,
            $"'{server}' is not a server address. It must have a host, optionally the scheme nats, tls, ws or wss, and no user, password or "
                + "path.");
}
