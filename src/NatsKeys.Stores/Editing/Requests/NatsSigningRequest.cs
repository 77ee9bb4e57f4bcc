using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Represents a signing request: a file without secrets that is sent to another machine, signed there and sent back. This object represents the whole
/// file: a truncated or altered file cannot be read.
/// </summary>
public sealed class NatsSigningRequest
{
    private readonly PrintableList<RequestedSignature> signatures;

    internal NatsSigningRequest(
        string path, string text, DateTimeOffset created, DateTimeOffset? expires, IReadOnlyList<RequestedSignature> signatures)
    {
        Path = path;
        Text = text;
        Digest = RequestFile.DigestOf(text);
        Created = created;
        Expires = expires;
        this.signatures = new PrintableList<RequestedSignature>(signatures);
    }

    /// <summary>The file.</summary>
    public string Path { get; private set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>Until when it may be completed; null for no limit.</summary>
    public DateTimeOffset? Expires { get; }

    /// <summary>
    /// A hash of everything that the request asks for. It stays the same while the request is completed. If it equals the hash that was shown when
    /// the request was created, this is the same request.
    /// </summary>
    public string Digest { get; }

    /// <summary>The requested signatures as text, parents before children: entity, key, and when it signed.</summary>
    public IReadOnlyList<string> Signatures => new PrintableList<string>(signatures.Select(signature => signature.ToString()));

    /// <summary>Gets the requested signatures, parents before children.</summary>
    public IReadOnlyList<RequestedSignature> GetSignatures() => signatures;

    /// <summary>Whether all requested signatures are present.</summary>
    public bool IsCompleted => signatures.All(signature => signature.Token is not null);

    /// <summary>The text of the file before its digest.</summary>
    internal string Text { get; }

    /// <summary>Whether a file is a signing request of any version. The beginning of the file decides, not its name.</summary>
    /// <param name="path">The file.</param>
    public static bool IsRequest(string path) => RequestFile.IsRequest(path);

    /// <summary>Reads a request, and verifies its content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="store">The store whose keys and clock are used, or that imports the tokens.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidRequest"/>: the file was truncated or altered, or is not a request; <see cref="ErrorCode.StoreFormat"/>,
    /// <see cref="ErrorCode.FileNotFound"/>, or <see cref="ErrorCode.FileAccess"/>.
    /// </exception>
    public static NatsSigningRequest Read(string path, NatsStore store) => RequestFile.Read(path, store);

    /// <summary>Writes the request with the tokens that have been signed so far.</summary>
    /// <param name="path">The file, which may be the one from which the request was read.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public void Save(string path, bool overwrite)
    {
        RequestFile.Write(path, this, overwrite);
        Path = path;
    }

    /// <summary>Returns the path of the file.</summary>
    public override string ToString() => Path;
}
