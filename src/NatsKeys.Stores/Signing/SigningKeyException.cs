namespace NatsKeys.Signing;

/// <summary>A signing key that was asked for cannot be had or may not sign. Nothing was signed, and no other key took its place.</summary>
internal sealed class SigningKeyException : NatsKeysException
{
    /// <summary>Says that an error is about the signing key that was asked for.</summary>
    /// <param name="cause">The error.</param>
    public SigningKeyException(NatsKeysException cause)
        : base(cause.Code, cause.Message, cause.InnerException ?? cause)
    {
        Path = cause.Path;
        Remedy = cause.Remedy;
    }
}
