using System.Management.Automation;
using System.Security;
using NatsKeys.KeySources;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A key that shall sign: a key pair, a signing key, a text that names it, a seed, or a script block that signs.</summary>
public sealed class SigningKeyArgument : IArgument
{
    private readonly Func<Func<string, string>, SigningKeyChoice> choose;

    /// <summary>Takes a key pair.</summary>
    /// <param name="key">The key pair.</param>
    public SigningKeyArgument(NatsKeyPair key) => choose = _ => SigningKeyChoice.Of(key);

    /// <summary>Takes a signing key: its key pair where it has one, else its public key.</summary>
    /// <param name="key">The signing key.</param>
    public SigningKeyArgument(NatsSigningKey key) =>
        choose = _ => key.KeyPair is { } pair ? SigningKeyChoice.Of(pair) : SigningKeyChoice.Named(key.PublicKey);

    /// <summary>Takes a public key, a seed, a role's name or the path of a key file.</summary>
    /// <param name="text">The text.</param>
    public SigningKeyArgument(string text) => choose = fullPath => SigningKeyChoice.Named(text, TryFullPath(text, fullPath));

    /// <summary>Takes a seed.</summary>
    /// <param name="seed">The seed.</param>
    public SigningKeyArgument(SecureString seed) => choose = _ => SigningKeyChoice.Of(SecureStrings.ReadSeed(seed));

    /// <summary>Takes a script block that gets bytes, as <c>$_</c> and as its argument, and gives their signature.</summary>
    /// <param name="signer">The script block.</param>
    public SigningKeyArgument(ScriptBlock signer) => choose = _ => SigningKeyChoice.External(new ScriptBlockSigner(signer).Sign);

    /// <summary>What was asked for; a path is made full with the function.</summary>
    /// <exception cref="SigningKeyException">What was given is no key.</exception>
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

    /// <summary>What was asked for, or the choice by rule where nothing was.</summary>
    /// <exception cref="SigningKeyException">What was given is no key.</exception>
    internal static SigningKeyChoice Choose(SigningKeyArgument? asked, Func<string, string> fullPath) =>
        asked?.ToChoice(fullPath) ?? SigningKeyChoice.Default;

    /// <summary>A text that is no path at all may still be a role.</summary>
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
