namespace NatsKeys;

/// <summary>
/// What a person can do about an error or a notice, if the message does not say it. Each program words it for its own users, because the action,
/// button or option is the program's.
/// </summary>
public enum Remedy : long
{
    /// <summary>Allow that the file or entity in the way is overwritten.</summary>
    Overwrite,

    /// <summary>Check the whole store.</summary>
    CheckStore,

    /// <summary>Create a store.</summary>
    CreateStore,

    /// <summary>Open the store that is there.</summary>
    OpenStore,

    /// <summary>Open the store in the bucket that is there.</summary>
    OpenBucket,

    /// <summary>Keep a bucket on fewer servers.</summary>
    UseFewerReplicas,

    /// <summary>Unlock the key root with its passphrase.</summary>
    UnlockKeyRoot,

    /// <summary>Name the operator that is meant.</summary>
    NameOperator,

    /// <summary>Name the account that is meant, or its operator.</summary>
    NameAccount,

    /// <summary>Name the import that is meant more closely: by its type, its exporter or its local subject.</summary>
    NameImport,

    /// <summary>Name the role of the signing key.</summary>
    NameRole,

    /// <summary>Name the key that signs.</summary>
    NameSigningKey,

    /// <summary>Sign with another key what waits for a signature.</summary>
    UseOtherSigningKey,

    /// <summary>Sign the entity as its file states it.</summary>
    SignFile,

    /// <summary>Provide the private key that opens a backup.</summary>
    ProvideKey,

    /// <summary>Change the export that is there in place of adding another one.</summary>
    ChangeExport,

    /// <summary>Change the import that is there in place of adding another one.</summary>
    ChangeImport,

    /// <summary>Remove the target of a subject mapping that is there.</summary>
    RemoveMapping,

    /// <summary>Remove the account's JetStream limits.</summary>
    RemoveJetStreamLimits,

    /// <summary>Have the exporter sign an activation, and import with it.</summary>
    CreateActivation,

    /// <summary>See which revocations the account has.</summary>
    ShowRevocations,

    /// <summary>Revoke the user again, as of now.</summary>
    RevokeAgain,

    /// <summary>Revoke the user's tokens that were issued before.</summary>
    RevokeOldToken,

    /// <summary>Sign the revoked user again, or lift its revocation.</summary>
    AdmitUser,

    /// <summary>Replace the account on servers, even if they have what looks newer.</summary>
    ReplaceOnServers,

    /// <summary>Remove what is below the entity as well.</summary>
    RemoveChildren,

    /// <summary>Remove the user without revoking its key.</summary>
    RemoveUnrevoked,

    /// <summary>Set the system account of the operator.</summary>
    SetSystemAccount,

    /// <summary>Set another system account for the operator, or none.</summary>
    ReplaceSystemAccount,

    /// <summary>Write the user's credentials to their file.</summary>
    ExportCredentials,

    /// <summary>Sign what the signing request asks for, where the keys are.</summary>
    CompleteRequest,

    /// <summary>Import the completed signing request into the store that it comes from.</summary>
    ImportRequest,

    /// <summary>State the public key of the operator, as its owner confirms it.</summary>
    ConfirmOperator,

    /// <summary>Get the newer account from the servers, or compare the two.</summary>
    ReceiveAccount,

    /// <summary>Compare the account in the store with that on servers.</summary>
    CompareAccount,

    /// <summary>Publish the account to servers that have an older one, or configure those that run with another operator.</summary>
    UpdateServers,

    /// <summary>Provide a client certificate with its key.</summary>
    ProvideCertificate,

    /// <summary>Provide the private key of the client certificate.</summary>
    ProvideCertificateKey,

    /// <summary>Provide the passphrase of the client certificate's key.</summary>
    ProvideCertificatePassphrase,

    /// <summary>Begin the connection with TLS, before the server says anything.</summary>
    StartWithTls,
}
