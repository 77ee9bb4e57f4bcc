using System.Management.Automation.Host;
using System.Security;
using NatsKeys.Errors;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>Asks for a new passphrase twice, because the input is hidden and a typing error would make the keys unusable.</summary>
internal static class PassphrasePrompt
{
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.NoPassphrase"/>: the session is not interactive, or the two differ.</exception>
    public static SecureString Ask(PSHost host)
    {
        SecureString first = Read(host, "New passphrase: ");
        SecureString second = Read(host, "Confirm passphrase: ");
        bool isSame = false;
        SecureStrings.Use(first, text => isSame = AreSame(text, second));
        return isSame ? first : throw new NatsKeysException(ErrorCode.NoPassphrase, "The two passphrases differ. Nothing was written.");
    }

    private static bool AreSame(ReadOnlySpan<char> text, SecureString other)
    {
        // A lambda cannot capture a span.
        char[] copy = SecretArray.Copy(text);
        try
        {
            bool isSame = false;
            SecureStrings.Use(other, again => isSame = again.SequenceEqual(copy));
            return isSame;
        }
        finally
        {
            Array.Clear(copy);
        }
    }

    private static SecureString Read(PSHost host, string prompt)
    {
        try
        {
            if (!Console.IsInputRedirected)
            {
                host.UI.Write(prompt);
                return host.UI.ReadLineAsSecureString();
            }
        }
        catch (Exception error) when (UnattendedHost.IsCauseOf(error))
        {
            // The host is not interactive.
        }

        throw new AdvisedException(ErrorCode.NoPassphrase, "This session is not interactive, so no passphrase can be entered. Specify -Passphrase.");
    }
}
