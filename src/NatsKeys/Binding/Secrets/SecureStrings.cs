using System.Runtime.InteropServices;
using System.Security;
using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>Passes the text of secure strings on without leaving copies behind.</summary>
internal static class SecureStrings
{
    /// <summary>Reads the seed that a secure string holds.</summary>
    public static NatsKeyPair ReadSeed(SecureString secret)
    {
        NatsKeyPair? key = null;
        Use(secret, text => key = NatsKeyPair.FromSeed(text));
        return key!;
    }

    /// <summary>Shows the text of a secure string to somebody.</summary>
    public static void Use(SecureString secret, SecretReader reader)
    {
        nint memory = Marshal.SecureStringToGlobalAllocUnicode(secret);
        char[] text = new char[secret.Length];
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

    /// <summary>The passphrase that was given, else that of the environment.</summary>
    public static SecureString PassphraseOrDefault(SecureString? given) =>
        given ?? (RootPassphrase.Find() is { } text
            ? FromChars(text)
            : throw new NatsKeysException(
                ErrorCode.NoPassphrase,
                $"No passphrase is available. Specify -Passphrase, or set the environment variable {RootPassphrase.Variable}."));

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
