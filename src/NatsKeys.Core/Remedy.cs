namespace NatsKeys;

/// <summary>
/// What a user can do about an error or a notice, if the message does not say it. Each program has its own words for it, because actions, buttons and
/// options differ.
/// </summary>
public enum Remedy : long
{
    /// <summary>Allow overwriting the existing file or entity.</summary>
    Overwrite,

    /// <summary>Check the whole store.</summary>
    CheckStore,

    /// <summary>Create a store.</summary>
    CreateStore,

    /// <summary>Name the other stores that have their keys in the same key root, or state that there are none.</summary>
    NameOtherStores,

    /// <summary>Open the existing store.</summary>
    OpenStore,

    /// <summary>Open the store in the existing bucket.</summary>
    OpenBucket,

    /// <summary>Keep a bucket on fewer servers.</summary>
    UseFewerReplicas,

    /// <summary>Unlock the key root with its passphrase.</summary>
    UnlockKeyRoot,

    /// <summary>Create the first operator of the store, or use another store.</summary>
    CreateOperator,

    /// <summary>Create an account.</summary>
    CreateAccount,

    /// <summary>Use the existing entity instead of creating one.</summary>
    TakeExisting,

    /// <summary>Specify another prefix for the new key.</summary>
    ChoosePrefix,

    /// <summary>List the operators.</summary>
    ListOperators,

    /// <summary>List the accounts.</summary>
    ListAccounts,

    /// <summary>List the users.</summary>
    ListUsers,

    /// <summary>List the signing keys and their roles.</summary>
    ListRoles,

    /// <summary>Create a role.</summary>
    CreateRole,

    /// <summary>List the exports of the account.</summary>
    ListExports,

    /// <summary>List the imports of the account.</summary>
    ListImports,

    /// <summary>List the subject mappings of the account.</summary>
    ListMappings,

    /// <summary>List the revocations of the account.</summary>
    ListRevocations,

    /// <summary>Change what the users of a role may do.</summary>
    ChangeRole,

    /// <summary>Specify the operator.</summary>
    NameOperator,

    /// <summary>Specify the account, or its operator.</summary>
    NameAccount,

    /// <summary>Specify the import more precisely: by its type, its exporter or its local subject.</summary>
    NameImport,

    /// <summary>Specify the role of the signing key.</summary>
    NameRole,

    /// <summary>Specify the signing key.</summary>
    NameSigningKey,

    /// <summary>Sign the pending entities with another key.</summary>
    UseOtherSigningKey,

    /// <summary>Sign a request with one of the keys that it names.</summary>
    UseRequestedKey,

    /// <summary>Add a signing key, or sign with one that is listed.</summary>
    AddSigningKey,

    /// <summary>Sign the entity as its file states it.</summary>
    SignFile,

    /// <summary>Provide the private key that opens a backup.</summary>
    ProvideKey,

    /// <summary>Change the existing export instead of adding another one.</summary>
    ChangeExport,

    /// <summary>Change the existing import instead of adding another one.</summary>
    ChangeImport,

    /// <summary>Remove the existing target of the subject mapping.</summary>
    RemoveMapping,

    /// <summary>Remove the account's JetStream limits.</summary>
    RemoveJetStreamLimits,

    /// <summary>Have the exporter sign an activation, and import with it.</summary>
    CreateActivation,

    /// <summary>Show the revocations of the account.</summary>
    ShowRevocations,

    /// <summary>Revoke the user again, as of now.</summary>
    RevokeAgain,

    /// <summary>Revoke the earlier tokens of the user.</summary>
    RevokeOldToken,

    /// <summary>Sign the revoked user again, or lift its revocation.</summary>
    AdmitUser,

    /// <summary>Replace the account on servers, even if theirs seems newer.</summary>
    ReplaceOnServers,

    /// <summary>Also remove what is below the entity.</summary>
    RemoveChildren,

    /// <summary>Remove the user without revoking its key.</summary>
    RemoveUnrevoked,

    /// <summary>Set the system account of the operator.</summary>
    SetSystemAccount,

    /// <summary>Set another system account for the operator, or none.</summary>
    ReplaceSystemAccount,

    /// <summary>Write the user's credentials to their file.</summary>
    ExportCredentials,

    /// <summary>Provide the credentials of a user who may open the bucket.</summary>
    ProvideCredentials,

    /// <summary>Sign the signing request on the machine that has the keys.</summary>
    CompleteRequest,

    /// <summary>Import the completed signing request into the store that it comes from.</summary>
    ImportRequest,

    /// <summary>Specify the public key of the operator, as confirmed by its owner.</summary>
    ConfirmOperator,

    /// <summary>Get the newer account from the servers, or compare the two.</summary>
    ReceiveAccount,

    /// <summary>Compare the account in the store with that on servers.</summary>
    CompareAccount,

    /// <summary>Publish the account to servers that have an older one, or configure servers that run with another operator.</summary>
    UpdateServers,

    /// <summary>Provide a client certificate with its key.</summary>
    ProvideCertificate,

    /// <summary>Provide the private key of the client certificate.</summary>
    ProvideCertificateKey,

    /// <summary>Provide the passphrase of the client certificate's key.</summary>
    ProvideCertificatePassphrase,

    /// <summary>Start the connection with a TLS handshake, before the server sends anything.</summary>
    StartWithTls,
}
