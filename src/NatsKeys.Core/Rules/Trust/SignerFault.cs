namespace NatsKeys.Rules;

/// <summary>Why servers do not accept a token from its issuer.</summary>
internal enum SignerFault
{
    /// <summary>They do.</summary>
    None,

    /// <summary>The issuer is not a key of the parent.</summary>
    Issuer,

    /// <summary>The issuer is such a key, but the token names another account, or none where a signing key signed it.</summary>
    IssuerAccount,
}
