using System.Buffers.Text;
using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>The text forms of signatures.</summary>
internal static class SignatureParser
{
    /// <summary>The signature of a text in base64 or base64url, padded or not; null when it is none.</summary>
    /// <param name="text">The text; white space around it is ignored.</param>
    public static byte[]? Decode(string text)
    {
        string url = text.Trim().TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(url, out int length) && length == ISigner.SignatureLength ? Base64Url.DecodeFromChars(url) : null;
    }
}
