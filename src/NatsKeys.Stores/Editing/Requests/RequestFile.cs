using System.Security.Cryptography;
using System.Text;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Reads and writes the file of a request: the requested claims, then a digest of everything before it, then the tokens that have been signed. The
/// file is recognized by its beginning.
/// </summary>
internal static class RequestFile
{
    public const string Kind = "signing-request";
    private const string Beginning = $"kind: {Kind}";
    private const int LongestBeginning = 64;

    // An upper bound for the text around each token, and around all of them.
    private const int Surroundings = 200;
    private const string DigestLine = "\ndigest: ";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsRequest(string path) =>
        TextDecoder.DecodeBeginning(SafeFiles.ReadBeginning(path, LongestBeginning)).StartsWith(Beginning, StringComparison.Ordinal);

    public static NatsSigningRequest Read(string path, NatsStore store)
    {
        byte[] bytes = SafeFiles.Read(path, FileKind.Request)
            ?? throw new NatsKeysException(ErrorCode.FileNotFound, $"The file '{path}' does not exist.") { Path = path };
        try
        {
            return RequestReader.Read(path, TextDecoder.Decode(bytes, FileKind.Request), store);
        }
        catch (NatsKeysException error)
        {
            throw Unusable(path, error.Code == ErrorCode.StoreFormat ? error.Code : ErrorCode.InvalidRequest, error.Message, error);
        }
    }

    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileTooLarge"/>, <see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.
    /// </exception>
    public static void Write(string path, NatsSigningRequest request, bool overwrite)
    {
        byte[] file = Utf8.GetBytes($"{request.Text}{DigestLine.TrimStart()}{request.Digest}\n{RequestWriter.Tokens(request.GetSignatures())}");
        FileKind.Request.RequireFits(path, file.Length);
        SafeFiles.Write(path, file, overwrite: overwrite);
    }

    /// <summary>Throws if the request would be too large to read once everything is signed.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileTooLarge"/>; or no token can carry the claims.</exception>
    public static void RequireRoom(string path, NatsSigningRequest request) => FileKind.Request.RequireFits(
        path,
        Utf8.GetByteCount(request.Text) + Surroundings + request.GetSignatures().Sum(
            signature => (long)TokenLimits.LengthOf(signature.Claims) + Surroundings + Utf8.GetByteCount(signature.ToString())));

    /// <summary>Returns the text before the digest. There must be exactly one digest, so that the text is unambiguous.</summary>
    public static string TextOf(string file)
    {
        int place = file.IndexOf(DigestLine, StringComparison.Ordinal);
        return place >= 0 && place == file.LastIndexOf(DigestLine, StringComparison.Ordinal)
            ? file[..(place + 1)]
            : throw new NatsKeysException(ErrorCode.InvalidRequest, "It is truncated or was altered: it must have exactly one digest.");
    }

    /// <summary>
    /// Computes the digest of the text before it. Mail and version control may have changed the line endings, so these do not count.
    /// </summary>
    public static string DigestOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Utf8.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal))));

    private static NatsKeysException Unusable(string path, ErrorCode code, string why, Exception error) =>
        new(code, $"The signing request '{path}' cannot be used. {why}", error) { Path = path };
}
