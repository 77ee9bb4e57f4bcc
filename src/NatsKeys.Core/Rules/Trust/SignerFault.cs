namespace NatsKeys.Rules;

/// <summary>The reasons why servers reject a token because of its issuer.</summary>
internal enum SignerFault
{
    /// <summary>They accept it.</summary>
    None,

    /// <summary>The issuer is not a key of the parent.</summary>
    Issuer,

    /// <summary>The issuer is such a key, but the token names another account, or it names none although a signing key signed it.</summary>
    IssuerAccount,
}
