namespace NatsKeys.Inspection;

/// <summary>What a key is used for, or what depends on it.</summary>
public enum KeyUsageKind : long
{
    /// <summary>The key is the identity key of the entity.</summary>
    Identity,

    /// <summary>The operator or account lists the key as a signing key.</summary>
    SigningKey,

    /// <summary>The requests of the account's authorization callout are encrypted for the key.</summary>
    EncryptionKey,

    /// <summary>The key belongs to an auth user of the account's authorization callout.</summary>
    CalloutUser,

    /// <summary>The key belongs to an account into which the account's authorization callout may place users.</summary>
    CalloutAccount,

    /// <summary>The key belongs to the operator's system account.</summary>
    SystemAccount,

    /// <summary>The key belongs to an account from which the account imports.</summary>
    Exporter,

    /// <summary>The key signed entities below the operator or account, which does not list it.</summary>
    Unlisted,

    /// <summary>The account was signed by the key.</summary>
    Account,

    /// <summary>The user was signed by the key, or belongs to an account that was.</summary>
    User,

    /// <summary>The activation of an import was signed by the key, or by an account that was.</summary>
    Activation,

    /// <summary>The import is from an account that depends on the key.</summary>
    Import,

    /// <summary>The credentials file has a token that depends on the key and that is no longer the token of a user in the store.</summary>
    Credential,

    /// <summary>Clients are connected with tokens that the key signed for users that the store does not have.</summary>
    Client,
}
