using System.Buffers.Text;
using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>Parses signatures in text form.</summary>
internal static class SignatureParser
{
    /// <summary>Decodes a signature in base64 or base64url, padded or not; null if the text is not a signature.</summary>
    /// <param name="text">The text; white space around it is ignored.</param>
    public static byte[]? Decode(string text)
    {
        string url = text.Trim().TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(url, out int length) && length == ISigner.SignatureLength ? Base64Url.DecodeFromChars(url) : null;
    }
}
