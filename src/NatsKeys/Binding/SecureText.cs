using System.Runtime.InteropServices;
using System.Security;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>Passes the text of secure strings on without leaving copies behind.</summary>
internal static class SecureText
{
    /// <summary>Reads the seed that a secure string holds.</summary>
    public static NatsKeyPair ReadSeed(SecureString secret)
    {
        nint memory = Marshal.SecureStringToGlobalAllocUnicode(secret);
        char[] text = new char[secret.Length];
        try
        {
            Marshal.Copy(memory, text, 0, text.Length);
            return NatsKeyPair.FromSeed(text);
        }
        finally
        {
            Array.Clear(text);
            Marshal.ZeroFreeGlobalAllocUnicode(memory);
        }
    }

    /// <summary>Makes a secure string of a text, which the caller clears.</summary>
    public static SecureString FromChars(ReadOnlySpan<char> text)
    {
        var secret = new SecureString();
        foreach (char character in text)
        {
            secret.AppendChar(character);
        }

        secret.MakeReadOnly();
        return secret;
    }
}
