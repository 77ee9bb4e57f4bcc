using System.Management.Automation.Host;
using System.Security;
using NatsKeys.Errors;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>Asks for passphrases. The input is hidden.</summary>
internal static class PassphrasePrompt
{
    /// <summary>Whether the user can be asked, as far as the host tells without asking.</summary>
    public static bool IsPossible(PSHost host) => UnattendedHost.IsConsole(host) && !Console.IsInputRedirected;

    /// <summary>Asks for a new passphrase.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.NoPassphrase"/>: the session is not interactive, or the two differ.</exception>
    public static SecureString AskNew(PSHost host) => TryAskNew(host) ?? throw new AdvisedException(
        ErrorCode.NoPassphrase, "This session is not interactive, so no passphrase can be entered. Specify -Passphrase.");

    /// <summary>
    /// Asks for a new passphrase twice, because a typing error would make the keys unusable; null if the session is not interactive.
    /// </summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.NoPassphrase"/>: the two differ.</exception>
    public static SecureString? TryAskNew(PSHost host)
    {
        if (Read(host, "New passphrase: ") is not { } first || Read(host, "Confirm passphrase: ") is not { } second)
        {
            return null;
        }

        bool isSame = false;
        SecureStrings.Use(first, text => isSame = AreSame(text, second));
        return isSame ? first : throw new NatsKeysException(ErrorCode.NoPassphrase, "The two passphrases differ. Nothing was written.");
    }

    /// <summary>Asks for a passphrase that exists; null if the session is not interactive.</summary>
    public static SecureString? TryAsk(PSHost host) => Read(host, "Passphrase: ");

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

    private static SecureString? Read(PSHost host, string prompt)
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

        return null;
    }
}
