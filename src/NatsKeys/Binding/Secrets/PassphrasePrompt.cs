using System.Management.Automation.Host;
using System.Security;
using NatsKeys.Errors;

namespace NatsKeys.Binding;

/// <summary>Asks a person for a new passphrase, twice: what is typed cannot be seen, and a slip would cost the keys.</summary>
internal static class PassphrasePrompt
{
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.NoPassphrase"/>: nobody can be asked, or the two differ.</exception>
    public static SecureString Ask(PSHost host)
    {
        SecureString first = Read(host, "New passphrase: ");
        SecureString second = Read(host, "Once more: ");
        bool isSame = false;
        SecureStrings.Use(first, text => isSame = AreSame(text, second));
        return isSame ? first : throw new NatsKeysException(ErrorCode.NoPassphrase, "The two passphrases differ. Nothing was written.");
    }

    private static bool AreSame(ReadOnlySpan<char> text, SecureString other)
    {
        // A span does not go into a lambda.
        char[] copy = text.ToArray();
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
            // A host without somebody in front of it.
        }

        throw new NatsKeysException(ErrorCode.NoPassphrase, "This session is not interactive, so no passphrase can be entered. Specify -Passphrase.");
    }
}
