namespace NatsKeys.Inspection;

/// <summary>What a key is used for, or what depends on it.</summary>
public enum KeyUsageKind : long
{
    /// <summary>The key is the identity of the entity.</summary>
    Identity,

    /// <summary>The operator or account lists the key, which signs in its place.</summary>
    SigningKey,

    /// <summary>The requests of the account's authorization callout are sealed to the key.</summary>
    EncryptionKey,

    /// <summary>The key belongs to an auth user of the account's authorization callout.</summary>
    CalloutUser,

    /// <summary>The key is that of an account into which the account's authorization callout may place users.</summary>
    CalloutAccount,

    /// <summary>The key is that of the operator's system account.</summary>
    SystemAccount,

    /// <summary>The key is that of an account from which the account imports.</summary>
    Exporter,

    /// <summary>The key signed what lies below the operator or account, which does not list it.</summary>
    Unlisted,

    /// <summary>The account was signed by the key.</summary>
    Account,

    /// <summary>The user was signed by the key, or lies below an account that was.</summary>
    User,

    /// <summary>The activation of an import was signed by the key, or by an account that was.</summary>
    Activation,

    /// <summary>The import takes from an account that depends on the key.</summary>
    Import,

    /// <summary>The file of credentials has a token that depends on the key, and that no user of the store has any more.</summary>
    Credential,

    /// <summary>Clients are connected by the key with a user that the store does not have.</summary>
    Client,
}
