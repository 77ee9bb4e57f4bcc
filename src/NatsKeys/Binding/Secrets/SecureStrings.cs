using System.Runtime.InteropServices;
using System.Security;
using NatsKeys.Errors;
using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>Reads secure strings without leaving copies of their text in memory.</summary>
internal static class SecureStrings
{
    /// <summary>Reads the seed in a secure string.</summary>
    public static NatsKeyPair ReadSeed(SecureString secret)
    {
        NatsKeyPair? key = null;
        Use(secret, text => key = NatsKeyPair.FromSeed(text));
        return key!;
    }

    /// <summary>Passes the text of a secure string to a reader.</summary>
    public static void Use(SecureString secret, SecretReader reader)
    {
        nint memory = Marshal.SecureStringToGlobalAllocUnicode(secret);
        char[] text = SecretArray.Of<char>(secret.Length);
        try
        {
            Marshal.Copy(memory, text, 0, text.Length);
            reader(text);
        }
        finally
        {
            Array.Clear(text);
            Marshal.ZeroFreeGlobalAllocUnicode(memory);
        }
    }

    /// <summary>The given passphrase, or that of the environment, or what the user enters.</summary>
    /// <param name="given">The given passphrase.</param>
    /// <param name="ask">Asks for it; returns null if the session is not interactive.</param>
    public static SecureString PassphraseOr(SecureString? given, Func<SecureString?> ask) =>
        given ?? (RootPassphrase.Find() is { } text
            ? FromChars(text)
            : ask() ?? throw new AdvisedException(
                ErrorCode.NoPassphrase,
                $"No passphrase is available. Specify -Passphrase, or set the environment variable {RootPassphrase.Variable}."));

    /// <summary>Creates a secure string from a text, which the caller clears.</summary>
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
