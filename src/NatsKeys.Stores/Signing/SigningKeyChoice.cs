using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>The key that was specified for signing.</summary>
internal abstract record SigningKeyChoice
{
    private SigningKeyChoice()
    {
    }

    /// <summary>No key was specified: the current issuer, else the parent's first usable unscoped signing key, else its identity key.</summary>
    public static SigningKeyChoice Default { get; } = new ByDefault();

    /// <summary>Chooses a key pair. If it contains only the public key, the private key is looked up.</summary>
    /// <param name="key">The key pair. The caller disposes it.</param>
    public static SigningKeyChoice Of(NatsKeyPair key) => new ByKey(key);

    /// <summary>Chooses a key by text: a public key, a seed, the name of a role, or the path of a key file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The full path if the text is a path; by default, the text itself.</param>
    public static SigningKeyChoice Named(string text, string? path = null) => new ByText(text, path ?? text);

    /// <summary>Chooses a function that signs with an external key.</summary>
    /// <param name="sign">The function.</param>
    public static SigningKeyChoice External(SignFunction sign) => new ByFunction(sign);

    internal sealed record ByDefault : SigningKeyChoice;

    internal sealed record ByKey(NatsKeyPair Key) : SigningKeyChoice;

    internal sealed record ByText(string Text, string Path) : SigningKeyChoice;

    internal sealed record ByFunction(SignFunction Sign) : SigningKeyChoice;
}
