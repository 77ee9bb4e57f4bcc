using System.Globalization;

namespace NatsKeys.Files;

/// <summary>
/// The maximum size of a kind of file, and the error code of faults in its content. Reading and writing use the same kind, so no file is written
/// that is too large to be read again.
/// </summary>
/// <param name="Name">What the file is, for messages: "a signing request".</param>
/// <param name="MaximumBytes">The largest size.</param>
/// <param name="Fault">The error code for text that is not properly encoded.</param>
internal sealed record FileKind(string Name, int MaximumBytes, ErrorCode Fault)
{
    /// <summary>Whether files of this kind may contain a seed or another private key.</summary>
    public bool IsSecret { get; init; }

    private const int Kibi = 1024;
    private const int Mebi = 1024 * Kibi;

    /// <summary>natskeys.yaml.</summary>
    public static readonly FileKind Marker = new("a store's marker", Mebi, ErrorCode.InvalidYaml);

    /// <summary>protection.yaml.</summary>
    public static readonly FileKind Protection = new("a key root's header", Mebi, ErrorCode.KeyDamaged);

    /// <summary>rotations.yaml.</summary>
    public static readonly FileKind Rotations = new("a list of rotations", 16 * Mebi, ErrorCode.InvalidYaml);

    /// <summary>An operator, account or user. The token and the readable part of the longest token fit, with room for comments.</summary>
    public static readonly FileKind Entity = new("an entity file", 8 * Mebi, ErrorCode.InvalidYaml);

    /// <summary>A seed, bare or in a block. Credentials files are also read as this kind.</summary>
    public static readonly FileKind Key = new("a key file", 4 * Mebi, ErrorCode.NoSeedFound) { IsSecret = true };

    /// <summary>A token, bare or in a block, also in UTF-16.</summary>
    public static readonly FileKind Token = new("a token file", 4 * Mebi, ErrorCode.TokenMalformed) { IsSecret = true };

    /// <summary>A token and a seed, also in UTF-16.</summary>
    public static readonly FileKind Credential = new("a credentials file", 4 * Mebi, ErrorCode.InvalidCredential) { IsSecret = true };

    /// <summary>A signing request. It may cover a store of many thousand users, each with a token.</summary>
    public static readonly FileKind Request = new("a signing request", 64 * Mebi, ErrorCode.InvalidRequest);

    /// <summary>The file that marks an operator's folder of nsc.</summary>
    public static readonly FileKind NscMarker = new("an nsc marker", Mebi, ErrorCode.TokenMalformed);

    /// <summary>The name of natscli's selected context.</summary>
    public static readonly FileKind ContextName = new("a context name", 64 * Kibi, ErrorCode.InvalidContext);

    /// <summary>A context of natscli.</summary>
    public static readonly FileKind Context = new("a context", Mebi, ErrorCode.InvalidContext);

    /// <summary>A certificate, or its key, for TLS.</summary>
    public static readonly FileKind Certificate = new("a certificate file", 4 * Mebi, ErrorCode.FileAccess) { IsSecret = true };

    /// <summary>The journal of a change. One step takes a few hundred bytes.</summary>
    public static readonly FileKind Journal = new("a journal", 256 * Mebi, ErrorCode.StoreFormat);

    /// <summary>A file of a store or its key root, of whatever kind, that a change replaces.</summary>
    public static readonly FileKind Replaced = new("a file of a store", 16 * Mebi, ErrorCode.FileAccess);

    /// <summary>The configuration of a server, which may have the tokens of all accounts in it.</summary>
    public static readonly FileKind ServerConfig = new("a server configuration", 64 * Mebi, ErrorCode.InvalidServerConfig);

    /// <summary>A file that is signed, verified, sealed or opened. It must fit in memory, because Ed25519 reads a message twice.</summary>
    public static readonly FileKind Message = new("a message", 256 * Mebi, ErrorCode.InvalidData);

    /// <summary>Refuses content that exceeds the limit, before it is written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Its size in bytes.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileTooLarge"/>.</exception>
    public void RequireFits(string path, long length)
    {
        if (length > MaximumBytes)
        {
            throw new NatsKeysException(
                ErrorCode.FileTooLarge,
                $"The file '{path}' would have {Number(length)} bytes. The limit for {Name} is {Number(MaximumBytes)}. Nothing was "
                    + "written.") { Path = path };
        }
    }

    /// <summary>Refuses content that exceeds the limit, after it was read. The error does not name the file.</summary>
    /// <param name="length">Its size in bytes.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileTooLarge"/>.</exception>
    public void RequireReadable(long length)
    {
        if (length > MaximumBytes)
        {
            throw new NatsKeysException(ErrorCode.FileTooLarge, $"It has {Number(length)} bytes. The limit for {Name} is {Number(MaximumBytes)}.");
        }
    }

    /// <summary>Creates the error of a file that is too large to be read.</summary>
    public NatsKeysException TooLarge(string path, long length) =>
        new(
            ErrorCode.FileTooLarge,
            $"The file '{path}' has {Number(length)} bytes{(length > MaximumBytes ? "" : " or more")}; {Name} has at most "
                + $"{Number(MaximumBytes)}.") { Path = path };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
