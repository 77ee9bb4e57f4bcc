using System.Security.Cryptography;
using System.Text;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// The file of a request: what is asked for, then a digest over all that stands before it, then the tokens that were signed since. Its first words
/// tell what it is.
/// </summary>
internal static class RequestFile
{
    public const string Kind = "signing-request";
    private const string Beginning = $"kind: {Kind}";
    private const int LongestBeginning = 64;

    // More than stands around a token, and around all of them.
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
        byte[] file = Utf8.GetBytes($"{request.Text}{DigestLine.TrimStart()}{request.Digest}\n{RequestWriter.Tokens(request.Signatures)}");
        FileKind.Request.RequireFits(path, file.Length);
        SafeFiles.Write(path, file, overwrite: overwrite);
    }

    /// <summary>Refuses a request that nobody could read any more once all of it is signed.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileTooLarge"/>; or claims that no token can carry.</exception>
    public static void RequireRoom(string path, NatsSigningRequest request) => FileKind.Request.RequireFits(
        path,
        Utf8.GetByteCount(request.Text) + Surroundings + request.Signatures.Sum(
            signature => (long)TokenLimits.LengthOf(signature.Claims) + Surroundings + Utf8.GetByteCount(signature.ToString())));

    /// <summary>What stands before the digest. It must be the only one, so that everybody means the same.</summary>
    public static string TextOf(string file)
    {
        int place = file.IndexOf(DigestLine, StringComparison.Ordinal);
        return place >= 0 && place == file.LastIndexOf(DigestLine, StringComparison.Ordinal)
            ? file[..(place + 1)]
            : throw new NatsKeysException(ErrorCode.InvalidRequest, "It is truncated or was altered: it must have exactly one digest.");
    }

    /// <summary>The digest of what stands before it. Mail and version control may have given the lines other ends.</summary>
    public static string DigestOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Utf8.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal))));

    private static NatsKeysException Unusable(string path, ErrorCode code, string why, Exception error) =>
        new(code, $"The signing request '{path}' cannot be used. {why}", error) { Path = path };
}
