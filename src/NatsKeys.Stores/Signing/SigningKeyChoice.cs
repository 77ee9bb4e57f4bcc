using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>Which key shall sign, as it was asked for.</summary>
internal abstract record SigningKeyChoice
{
    private SigningKeyChoice()
    {
    }

    /// <summary>No key was specified: the current issuer, else the parent's first usable unscoped signing key, else its identity key.</summary>
    public static SigningKeyChoice Default { get; } = new ByDefault();

    /// <summary>A key pair. When only its public half is available, the private one is looked up.</summary>
    /// <param name="key">The key pair; it stays the caller's.</param>
    public static SigningKeyChoice Of(NatsKeyPair key) => new ByKey(key);

    /// <summary>A text: a public key, a seed, the name of a role, or the path of a key file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The full path that the text means as a path; the text itself when omitted.</param>
    public static SigningKeyChoice Named(string text, string? path = null) => new ByText(text, path ?? text);

    /// <summary>A function that signs with a key that lives elsewhere.</summary>
    /// <param name="sign">The function.</param>
    public static SigningKeyChoice External(SignFunction sign) => new ByFunction(sign);

    internal sealed record ByDefault : SigningKeyChoice;

    internal sealed record ByKey(NatsKeyPair Key) : SigningKeyChoice;

    internal sealed record ByText(string Text, string Path) : SigningKeyChoice;

    internal sealed record ByFunction(SignFunction Sign) : SigningKeyChoice;
}
