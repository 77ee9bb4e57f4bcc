using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// What somebody on another machine is asked to sign: a file without secrets that goes there, is completed and comes back. It is an image of the
/// file: one that was cut or altered cannot be read.
/// </summary>
public sealed class NatsSigningRequest
{
    internal NatsSigningRequest(
        string path, string text, DateTimeOffset created, DateTimeOffset? expires, IReadOnlyList<RequestedSignature> signatures)
    {
        Path = path;
        Text = text;
        Digest = RequestFile.DigestOf(text);
        Created = created;
        Expires = expires;
        Signatures = new PrintableList<RequestedSignature>(signatures);
    }

    /// <summary>The file.</summary>
    public string Path { get; private set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>Until when it may be completed; null for any time.</summary>
    public DateTimeOffset? Expires { get; }

    /// <summary>
    /// A hash over all that it asks for. It stays the same while the request is completed. Whoever compares it with the one that was shown when the
    /// request was made knows that this is the same request.
    /// </summary>
    public string Digest { get; }

    /// <summary>What is asked for, from above to below.</summary>
    public IReadOnlyList<RequestedSignature> Signatures { get; }

    /// <summary>Whether all of it is signed.</summary>
    public bool IsCompleted => Signatures.All(signature => signature.Token is not null);

    /// <summary>The file up to its digest.</summary>
    internal string Text { get; }

    /// <summary>Whether a file is a request, of whatever version: its first words tell, whatever its name.</summary>
    /// <param name="path">The file.</param>
    public static bool IsRequest(string path) => RequestFile.IsRequest(path);

    /// <summary>Reads a request, and checks all that is in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="store">The store whose keys and clock are used, or that takes the tokens.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidRequest"/>: it was cut or altered, or is none; <see cref="ErrorCode.StoreFormat"/>,
    /// <see cref="ErrorCode.FileNotFound"/>, or <see cref="ErrorCode.FileAccess"/>.
    /// </exception>
    public static NatsSigningRequest Read(string path, NatsStore store) => RequestFile.Read(path, store);

    /// <summary>Writes the request with the tokens that it has by now.</summary>
    /// <param name="path">The file, which may be the one that it comes from.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public void Save(string path, bool overwrite)
    {
        RequestFile.Write(path, this, overwrite);
        Path = path;
    }

    /// <summary>The file.</summary>
    public override string ToString() => Path;
}
