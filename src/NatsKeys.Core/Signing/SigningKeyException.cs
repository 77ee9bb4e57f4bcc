namespace NatsKeys.Signing;

/// <summary>A signing key that was asked for cannot be had or may not sign. Nothing was signed, and no other key took its place.</summary>
public sealed class SigningKeyException : NatsKeysException
{
    internal SigningKeyException(NatsKeysException cause)
        : base(cause.Code, cause.Message, cause)
    {
        Path = cause.Path;
    }
}
