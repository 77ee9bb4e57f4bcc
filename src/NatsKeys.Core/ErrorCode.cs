namespace NatsKeys;

/// <summary>The codes of errors: one stable name for each cause. The key errors have the names of the reference implementation.</summary>
public enum ErrorCode : long
{
    /// <summary>A key text has a character outside the base32 alphabet (<c>A-Z2-7</c>, upper case, no padding).</summary>
    Base32Corrupt,

    /// <summary>A key text is too short, too long, or not the canonical spelling of its bytes.</summary>
    InvalidEncoding,

    /// <summary>The checksum at the end of a key text does not match: it was mistyped or damaged.</summary>
    InvalidChecksum,

    /// <summary>A well encoded text is not a public key of an entity, server, cluster or curve.</summary>
    InvalidPublicKey,

    /// <summary>A well encoded text is not a seed.</summary>
    InvalidSeed,

    /// <summary>The type letter of a key is missing or is not the expected one.</summary>
    InvalidPrefixByte,

    /// <summary>A raw seed is not 32 bytes long.</summary>
    InvalidSeedLength,

    /// <summary>A signature does not verify.</summary>
    InvalidSignature,

    /// <summary>A key without its private half cannot sign.</summary>
    CannotSign,

    /// <summary>A key without its private half has no seed or private form to return.</summary>
    PublicKeyOnly,

    /// <summary>The key is of a type that this use does not allow.</summary>
    IncompatibleKey,

    /// <summary>A curve key cannot sign or verify.</summary>
    InvalidCurveKeyOperation,

    /// <summary>A key that is not a curve key cannot seal or open messages.</summary>
    InvalidNKeyOperation,

    /// <summary>A curve key without its private half cannot seal messages.</summary>
    CannotSeal,

    /// <summary>A curve key without its private half cannot open messages.</summary>
    CannotOpen,

    /// <summary>The recipient of a message is not a curve public key.</summary>
    InvalidRecipient,

    /// <summary>The sender of a message is not a curve public key.</summary>
    InvalidSender,

    /// <summary>A sealed message is too short to be one.</summary>
    InvalidEncrypted,

    /// <summary>A sealed message is not of version xkv1.</summary>
    InvalidEncVersion,

    /// <summary>A sealed message was altered, or its sender or recipient has another key.</summary>
    CouldNotDecrypt,

    /// <summary>A backup is truncated, was altered, or has unexpected content.</summary>
    InvalidBackup,

    /// <summary>A signing request is truncated, was altered, or asks for something invalid.</summary>
    InvalidRequest,

    /// <summary>A signing request has expired.</summary>
    RequestExpired,

    /// <summary>A signing request is already completed: everything in it is signed.</summary>
    RequestCompleted,

    /// <summary>A signing request is not yet completed: nothing in it is signed.</summary>
    RequestNotCompleted,

    /// <summary>The store has changed since a signing request was created.</summary>
    RequestOutdated,

    /// <summary>The signing machine does not know the operator of a signing request.</summary>
    UnknownOperator,

    /// <summary>The data is neither bytes, nor text, nor a file.</summary>
    InvalidData,

    /// <summary>A file or text holds no seed.</summary>
    NoSeedFound,

    /// <summary>A file holds two different seeds.</summary>
    AmbiguousSeed,

    /// <summary>A token is longer than 1,048,576 characters.</summary>
    TokenTooLarge,

    /// <summary>A token is not three base64url segments of JSON, or a member has the wrong type.</summary>
    TokenMalformed,

    /// <summary>A token's header has a type or an algorithm that NATS does not use.</summary>
    TokenHeader,

    /// <summary>A token is of a version or kind that cannot be read.</summary>
    TokenUnsupported,

    /// <summary>A token's signature does not verify.</summary>
    TokenSignature,

    /// <summary>The key type of a token's issuer cannot issue tokens of this kind.</summary>
    TokenIssuer,

    /// <summary>Claims cannot be written: the subject is missing or of the wrong type, or a value does not fit in a token.</summary>
    InvalidClaims,

    /// <summary>Claims break a rule that servers enforce. The message names the rule and the value.</summary>
    RuleBroken,

    /// <summary>A credentials file does not hold a user's token and seed, or its seed belongs to another user.</summary>
    InvalidCredential,

    /// <summary>A name is empty, reserved, or has characters that are not allowed. This also applies to the prefix of a public key.</summary>
    InvalidName,

    /// <summary>A duration or date cannot be parsed, or is out of range.</summary>
    InvalidTime,

    /// <summary>A limit or size cannot be parsed, or is negative.</summary>
    InvalidLimit,

    /// <summary>An entity of this name already exists.</summary>
    EntityExists,

    /// <summary>No entity of this name exists.</summary>
    EntityNotFound,

    /// <summary>The entity cannot be removed: it has accounts or users, or is its operator's system account.</summary>
    EntityInUse,

    /// <summary>The account already has this export, import or mapping.</summary>
    ClaimExists,

    /// <summary>The account does not have this export, import, mapping, limit or revocation.</summary>
    ClaimNotFound,

    /// <summary>The current claims of the entity are not signed: it has no token, or was edited since.</summary>
    EntityNotSigned,

    /// <summary>A rotation of this key to another new key is in progress.</summary>
    RotationBegun,

    /// <summary>An entity uses this private key, or a rotation that is not finished needs it.</summary>
    KeyInUse,

    /// <summary>Several entities match, and none was specified.</summary>
    EntityAmbiguous,

    /// <summary>A YAML file cannot be read. The message has the line and the column.</summary>
    InvalidYaml,

    /// <summary>The folder already is a store.</summary>
    StoreExists,

    /// <summary>The folder is not a store.</summary>
    StoreNotFound,

    /// <summary>Another process keeps the store or a file locked for too long.</summary>
    StoreBusy,

    /// <summary>Other writers kept changing the entities that a change is based on, so that it could not be made.</summary>
    StoreConflict,

    /// <summary>A bucket cannot hold a store, because one of its settings would lose entities or changes.</summary>
    BucketNotUsable,

    /// <summary>The store has no history of its changes.</summary>
    NoHistory,

    /// <summary>A change has more parts than servers accept in one batch.</summary>
    ChangeTooLarge,

    /// <summary>Servers stopped answering during a change, and it is unknown whether the change was made.</summary>
    OutcomeUnknown,

    /// <summary>A store or an entity file has a format that this version does not support.</summary>
    StoreFormat,

    /// <summary>The key root is inside the store. Stores are committed to version control; keys must not be.</summary>
    InvalidKeyPath,

    /// <summary>The file already exists.</summary>
    FileExists,

    /// <summary>The file does not exist.</summary>
    FileNotFound,

    /// <summary>A file or folder cannot be read or written.</summary>
    FileAccess,

    /// <summary>A file is, or would become, larger than its kind allows.</summary>
    FileTooLarge,

    /// <summary>A path is missing, or is not a file system path.</summary>
    InvalidPath,

    /// <summary>A download from a web address failed.</summary>
    DownloadFailed,

    /// <summary>The signing key was not found. The message lists the places that were searched.</summary>
    SigningKeyNotFound,

    /// <summary>The signing key was found, but the parent does not list it, or its type or scope forbids this use.</summary>
    SigningKeyNotAllowed,

    /// <summary>The signing key or its role is already listed.</summary>
    SigningKeyExists,

    /// <summary>The last signing key cannot be removed, because strict signing key usage requires one.</summary>
    LastSigningKey,

    /// <summary>A key store or key source holds another seed, or no seed, where the seed of a public key is expected.</summary>
    KeyConflict,

    /// <summary>The key root is protected by a passphrase and is locked in this process.</summary>
    KeyStoreLocked,

    /// <summary>The passphrase is wrong, or the file that protects the key root was altered.</summary>
    WrongPassphrase,

    /// <summary>A passphrase is required, but it is missing or empty.</summary>
    NoPassphrase,

    /// <summary>An encrypted seed, or the file that protects a key root, is damaged or misplaced.</summary>
    KeyDamaged,

    /// <summary>Only key roots on disk can be protected, and seeds are encrypted only in a protected key root.</summary>
    CannotProtect,

    /// <summary>The key is not available, or the search for a key found none.</summary>
    KeyNotFound,

    /// <summary>A key source of this name is already registered.</summary>
    KeySourceExists,

    /// <summary>No key source of this name is registered.</summary>
    KeySourceNotFound,

    /// <summary>A key source failed, or holds something that is not a seed.</summary>
    KeySourceFailed,

    /// <summary>An external signer failed, or returned something that is not a signature of its key.</summary>
    ExternalSigner,

    /// <summary>A server configuration cannot be created from this operator, or a configuration file cannot be read.</summary>
    InvalidServerConfig,

    /// <summary>No server address is known, or the address is invalid.</summary>
    InvalidServer,

    /// <summary>No server can be reached, or the connection was lost.</summary>
    ServerUnreachable,

    /// <summary>A certificate, or its key, for a connection cannot be used. The message names the file.</summary>
    InvalidCertificate,

    /// <summary>A server refused a user or a request. The message quotes the server.</summary>
    ServerRefused,

    /// <summary>No server answered a request in time.</summary>
    NoAnswer,

    /// <summary>Some servers did not answer.</summary>
    ServersMissing,

    /// <summary>The servers are too old for the request.</summary>
    ServerTooOld,

    /// <summary>Clients are still connected that should not be, or servers still trust a key that an operator has replaced.</summary>
    ClientsRemain,

    /// <summary>A server has a newer version of the account.</summary>
    ServerNewer,

    /// <summary>The account cannot be published: it breaks a rule, has expired, was edited, or was not signed by its operator.</summary>
    CannotPublish,

    /// <summary>The operator's system account is unknown, or the credentials do not belong to one of its users.</summary>
    NoSystemAccount,

    /// <summary>A server has an account that was not signed by a key of the operator.</summary>
    ForeignAccount,

    /// <summary>The store has local changes that would be overwritten.</summary>
    LocalChanges,

    /// <summary>A context cannot be used by natscli, or would contain a password.</summary>
    InvalidContext,

    /// <summary>A change needs a confirmation, and there is nobody who can be asked.</summary>
    NotConfirmed,
}
