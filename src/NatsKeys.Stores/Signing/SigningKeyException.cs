namespace NatsKeys.Signing;

/// <summary>A specified signing key is not available or may not sign. Nothing was signed, and no other key was used instead.</summary>
internal sealed class SigningKeyException : NatsKeysException
{
    /// <summary>Marks an error as being about the specified signing key.</summary>
    /// <param name="cause">The error.</param>
    public SigningKeyException(NatsKeysException cause)
        : base(cause.Code, cause.Message, cause.InnerException ?? cause)
    {
        Path = cause.Path;
        Remedy = cause.Remedy;
        RemedyItem = cause.RemedyItem;
        IsExplained = cause.IsExplained;
    }
}
