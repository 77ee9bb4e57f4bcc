using System.Management.Automation;
using System.Security;
using NatsKeys.KeySources;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A key for signing: a key pair, a signing key, a text that names it, a seed, or a script block that signs.</summary>
public sealed class SigningKeyArgument : IArgument
{
    private readonly Func<Func<string, string>, SigningKeyChoice> choose;

    /// <summary>Creates the argument from a key pair.</summary>
    /// <param name="key">The key pair.</param>
    public SigningKeyArgument(NatsKeyPair key) => choose = _ => SigningKeyChoice.Of(key);

    /// <summary>Creates the argument from a signing key: its key pair if it has one, otherwise its public key.</summary>
    /// <param name="key">The signing key.</param>
    public SigningKeyArgument(NatsSigningKey key) =>
        choose = _ => key.KeyPair is { } pair ? SigningKeyChoice.Of(pair) : SigningKeyChoice.Named(key.PublicKey);

    /// <summary>Creates the argument from a public key, a seed, a role's name or the path of a key file.</summary>
    /// <param name="text">The text.</param>
    public SigningKeyArgument(string text) => choose = fullPath => SigningKeyChoice.Named(text, TryFullPath(text, fullPath));

    /// <summary>Creates the argument from a seed.</summary>
    /// <param name="seed">The seed.</param>
    public SigningKeyArgument(SecureString seed) => choose = _ => SigningKeyChoice.Of(SecureStrings.ReadSeed(seed));

    /// <summary>
    /// Creates the argument from a script block, which gets the bytes in <c>$_</c> and as its argument, and returns their signature.
    /// </summary>
    /// <param name="signer">The script block.</param>
    public SigningKeyArgument(ScriptBlock signer) => choose = _ => SigningKeyChoice.External(new ScriptBlockSigner(signer).Sign);

    /// <summary>Converts the argument to a choice. The function makes a path absolute.</summary>
    /// <exception cref="SigningKeyException">The argument is not a key.</exception>
    internal SigningKeyChoice ToChoice(Func<string, string> fullPath)
    {
        try
        {
            return choose(fullPath);
        }
        catch (NatsKeysException error)
        {
            throw new SigningKeyException(error);
        }
    }

    /// <summary>Converts the argument to a choice; the default choice if there is none.</summary>
    /// <exception cref="SigningKeyException">The argument is not a key.</exception>
    internal static SigningKeyChoice Choose(SigningKeyArgument? asked, Func<string, string> fullPath) =>
        asked?.ToChoice(fullPath) ?? SigningKeyChoice.Default;

    /// <summary>The full path of a text. A text that is not a valid path may still be a role.</summary>
    private static string TryFullPath(string text, Func<string, string> fullPath)
    {
        try
        {
            return fullPath(text);
        }
        catch (Exception error) when (error is NatsKeysException or RuntimeException or ArgumentException)
        {
            return text;
        }
    }
}
