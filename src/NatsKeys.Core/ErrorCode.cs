namespace NatsKeys;

/// <summary>What went wrong: one stable name per cause. The key errors carry the names of the reference implementation.</summary>
public enum ErrorCode
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

    /// <summary>The type letter of a key is not the one that is wanted, or none at all.</summary>
    InvalidPrefixByte,

    /// <summary>A raw seed is not 32 bytes long.</summary>
    InvalidSeedLength,

    /// <summary>A signature does not verify.</summary>
    InvalidSignature,

    /// <summary>A key without its private half was asked to sign.</summary>
    CannotSign,

    /// <summary>A key without its private half was asked for its seed or private form.</summary>
    PublicKeyOnly,

    /// <summary>The key is of a type that this use does not allow.</summary>
    IncompatibleKey,

    /// <summary>A curve key was asked to sign or to verify.</summary>
    InvalidCurveKeyOperation,

    /// <summary>A key that is no curve key was asked to seal or to open.</summary>
    InvalidNKeyOperation,

    /// <summary>A curve key without its private half was asked to seal.</summary>
    CannotSeal,

    /// <summary>A curve key without its private half was asked to open.</summary>
    CannotOpen,

    /// <summary>The recipient of a message is not a curve public key.</summary>
    InvalidRecipient,

    /// <summary>The sender of a message is not a curve public key.</summary>
    InvalidSender,

    /// <summary>A sealed message is too short to be one.</summary>
    InvalidEncrypted,

    /// <summary>A sealed message is of another version than xkv1.</summary>
    InvalidEncVersion,

    /// <summary>A sealed message was altered, or is not for and from these keys.</summary>
    CouldNotDecrypt,

    /// <summary>A backup that was cut or altered, or that holds what no backup does.</summary>
    InvalidBackup,

    /// <summary>A signing request that was cut or altered, or that asks for what cannot be.</summary>
    InvalidRequest,

    /// <summary>The time in which a signing request may be completed is over.</summary>
    RequestExpired,

    /// <summary>Everything that a signing request asks for is signed.</summary>
    RequestCompleted,

    /// <summary>Nothing that a signing request asks for is signed yet.</summary>
    RequestNotCompleted,

    /// <summary>The store wants something else by now than a signing request asked for.</summary>
    RequestOutdated,

    /// <summary>The machine that is asked to sign does not know the operator of a signing request.</summary>
    UnknownOperator,

    /// <summary>Something is neither bytes, text nor a file.</summary>
    InvalidData,

    /// <summary>A file or text holds no seed.</summary>
    NoSeedFound,

    /// <summary>A file holds two different seeds.</summary>
    AmbiguousSeed,

    /// <summary>A token is longer than 1,048,576 characters.</summary>
    TokenTooLarge,

    /// <summary>A token is not three base64url segments of JSON, or a member has the wrong type.</summary>
    TokenMalformed,

    /// <summary>A token's header names another type or algorithm than those of NATS.</summary>
    TokenHeader,

    /// <summary>A token is of a version or kind that cannot be read.</summary>
    TokenUnsupported,

    /// <summary>A token's signature does not hold.</summary>
    TokenSignature,

    /// <summary>A token's issuer is of a key type that may not issue this kind.</summary>
    TokenIssuer,

    /// <summary>Claims that cannot be written: no subject, a subject of the wrong type, a value that no token can carry.</summary>
    InvalidClaims,

    /// <summary>Claims that break a rule which servers enforce; the message names the rule and the value.</summary>
    RuleBroken,

    /// <summary>A credentials file that is not a user's token and seed, or whose seed is another user's.</summary>
    InvalidCredential,

    /// <summary>
    /// A name that cannot be one: empty, reserved, or with characters that are forbidden where it is used, be it the beginning of a public key.
    /// </summary>
    InvalidName,

    /// <summary>A duration or date that is not wholly understood.</summary>
    InvalidTime,

    /// <summary>A limit or size that is not wholly understood, or below zero.</summary>
    InvalidLimit,

    /// <summary>An entity of this name exists already.</summary>
    EntityExists,

    /// <summary>No entity of this name exists.</summary>
    EntityNotFound,

    /// <summary>The entity cannot be removed: something lies below it, or its operator names it.</summary>
    EntityInUse,

    /// <summary>The account has such an export, import or mapping already.</summary>
    ClaimExists,

    /// <summary>The account has no such export, import, mapping, limit or revocation.</summary>
    ClaimNotFound,

    /// <summary>The entity has no token, or states something else than its token, so it is not signed as it is.</summary>
    EntityNotSigned,

    /// <summary>The rotation of the key has begun with another key in its place.</summary>
    RotationBegun,

    /// <summary>Several entities could be meant, and none was named.</summary>
    EntityAmbiguous,

    /// <summary>A YAML file that cannot be read as what it should be; the message has line and column.</summary>
    InvalidYaml,

    /// <summary>The folder is a store already.</summary>
    StoreExists,

    /// <summary>The folder is not a store.</summary>
    StoreNotFound,

    /// <summary>Another writer keeps the store for too long.</summary>
    StoreBusy,

    /// <summary>A store or an entity file of a format that this version does not know.</summary>
    StoreFormat,

    /// <summary>A key root that lies inside the store, which is made to be committed.</summary>
    InvalidKeyPath,

    /// <summary>A file exists and would be overwritten.</summary>
    FileExists,

    /// <summary>There is no such file.</summary>
    FileNotFound,

    /// <summary>A file or folder could not be read or written.</summary>
    FileAccess,

    /// <summary>A file is larger than one of its kind may be, or would become so.</summary>
    FileTooLarge,

    /// <summary>A path that is none of the file system, or none at all where a file is wanted.</summary>
    InvalidPath,

    /// <summary>Nothing could be had from a web address.</summary>
    DownloadFailed,

    /// <summary>The signing key that was asked for could not be found; the message lists what was tried.</summary>
    SigningKeyNotFound,

    /// <summary>The signing key is found, but the parent does not list it, or its type or scope forbids this use.</summary>
    SigningKeyNotAllowed,

    /// <summary>The signing key is on the list already.</summary>
    SigningKeyExists,

    /// <summary>The last signing key where only signing keys may sign.</summary>
    LastSigningKey,

    /// <summary>The key store, or another key source, holds another seed or none where that of a public key should be.</summary>
    KeyConflict,

    /// <summary>The key root is protected by a passphrase, which this process was not given yet.</summary>
    KeyStoreLocked,

    /// <summary>The passphrase is not that of the key root, or the file that protects it was altered.</summary>
    WrongPassphrase,

    /// <summary>A passphrase is needed, and none was given, or an empty one.</summary>
    NoPassphrase,

    /// <summary>An encrypted seed, or the file that protects a key root, was altered or cut, or is not where it belongs.</summary>
    KeyDamaged,

    /// <summary>Keys that lie in no files cannot be protected, and seeds are encrypted in a protected key root alone.</summary>
    CannotProtect,

    /// <summary>No key of this public key is at hand.</summary>
    KeyNotFound,

    /// <summary>A key source of this name is registered already.</summary>
    KeySourceExists,

    /// <summary>No key source of this name is registered.</summary>
    KeySourceNotFound,

    /// <summary>A key source cannot be asked, or holds something else than a seed.</summary>
    KeySourceFailed,

    /// <summary>An external signer failed or gave something that is not its key's signature.</summary>
    ExternalSigner,

    /// <summary>A server configuration cannot be made from what there is.</summary>
    InvalidServerConfig,

    /// <summary>No address of a server is known, or it is none.</summary>
    InvalidServer,

    /// <summary>No server could be reached, or the connection to it was lost.</summary>
    ServerUnreachable,

    /// <summary>A server refused a user or a request; the message has its words.</summary>
    ServerRefused,

    /// <summary>No server answered a request in time.</summary>
    NoAnswer,

    /// <summary>Some servers answered and others did not.</summary>
    ServersMissing,

    /// <summary>A server has something newer than what would take its place.</summary>
    ServerNewer,

    /// <summary>
    /// An account that servers would not accept, or not as it is wanted: it breaks a rule, has expired, was edited since, or its operator does not
    /// trust its issuer.
    /// </summary>
    CannotPublish,

    /// <summary>The operator's system account is not known here, or the credentials are not those of one of its users.</summary>
    NoSystemAccount,

    /// <summary>A server has an account that no key of the operator signed.</summary>
    ForeignAccount,

    /// <summary>The store has changes of its own that would be overwritten.</summary>
    LocalChanges,

    /// <summary>A context that natscli could not use, or that would hold a password.</summary>
    InvalidContext,
}
