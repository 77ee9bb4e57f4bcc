using System.Management.Automation;

namespace NatsKeys.Errors;

/// <summary>
/// The category of each error and the advice for it. Every error record carries both, and the topic about_NatsKeysErrors lists them.
/// </summary>
public static class ErrorAdvice
{
    private const string Mistyped = "Copy the key again from its source. It was mistyped, truncated or damaged.";
    private const string OtherKey = "Use a key of the type that the message names.";
    private const string OtherToken = "Copy the whole token again, as one line. Do not use a token that was altered.";
    private const string SealedMessage = "Get the message again. Use the sender's public key and the recipient's private key.";

    /// <summary>The advice for an error.</summary>
    /// <param name="code">The code of the error.</param>
    public static string For(ErrorCode code) => Of(code).Advice;

    /// <summary>Whether the message itself says what to correct, so that the advice would only point to it.</summary>
    internal static bool IsInMessage(ErrorCode code) =>
        code is ErrorCode.InvalidClaims or ErrorCode.RuleBroken or ErrorCode.InvalidLimit or ErrorCode.EntityAmbiguous or ErrorCode.InvalidYaml
            or ErrorCode.InvalidServer or ErrorCode.InvalidServerConfig or ErrorCode.InvalidPath or ErrorCode.InvalidKeyPath or ErrorCode.InvalidData
            or ErrorCode.InvalidSeedLength;

    /// <summary>The category of an error, and the advice for it.</summary>
    internal static (ErrorCategory Category, string Advice) Of(ErrorCode code) => code switch
    {
        ErrorCode.Base32Corrupt
            or ErrorCode.InvalidEncoding
            or ErrorCode.InvalidChecksum
            or ErrorCode.InvalidPublicKey
            or ErrorCode.InvalidSeed
            or ErrorCode.InvalidPrefixByte
            => (ErrorCategory.InvalidData, Mistyped),
        ErrorCode.InvalidSeedLength => (ErrorCategory.InvalidData, "Provide a seed of exactly 32 bytes."),
        ErrorCode.InvalidSignature =>
            (ErrorCategory.SecurityError, "Verify with the public key of the signer. If that fails, do not trust the data."),
        ErrorCode.CannotSign or ErrorCode.PublicKeyOnly or ErrorCode.CannotSeal or ErrorCode.CannotOpen =>
            (ErrorCategory.PermissionDenied, "Provide the key's seed, or add the seed to the key root with Import-NatsKeyPair -Store."),
        ErrorCode.IncompatibleKey or ErrorCode.InvalidNKeyOperation => (ErrorCategory.InvalidType, OtherKey),
        ErrorCode.InvalidCurveKeyOperation =>
            (ErrorCategory.InvalidType, "Use a signing-capable key. This one can only seal and open messages."),
        ErrorCode.InvalidRecipient or ErrorCode.InvalidSender =>
            (ErrorCategory.InvalidArgument, "Provide a curve public key, which begins with X. New-NatsKeyPair Curve creates one."),
        ErrorCode.InvalidEncrypted or ErrorCode.InvalidEncVersion => (ErrorCategory.InvalidData, SealedMessage),
        ErrorCode.CouldNotDecrypt => (ErrorCategory.SecurityError, SealedMessage),
        ErrorCode.InvalidBackup => (ErrorCategory.InvalidData, "Use another copy of the backup. This one is truncated or was altered."),
        ErrorCode.InvalidRequest =>
            (ErrorCategory.InvalidData, "Ask for the request file again. This one is truncated, was altered, or is not a signing request."),
        ErrorCode.RequestExpired or ErrorCode.RequestOutdated =>
            (ErrorCategory.InvalidOperation, "Create a new request with New-NatsSigningRequest."),
        ErrorCode.UnknownOperator => (
            ErrorCategory.SecurityError,
            "Get the operator's public key from its owner over a separate channel, and pass it with -OperatorKey. This machine remembers it."),
        ErrorCode.RequestCompleted => (ErrorCategory.InvalidOperation, "Import the file with Import-NatsStore on the machine that has the store."),
        ErrorCode.RequestNotCompleted =>
            (ErrorCategory.InvalidOperation, "Sign the request first with Complete-NatsSigningRequest, on the machine that has the key."),
        ErrorCode.InvalidData => (ErrorCategory.InvalidType, "Provide bytes, text or the path of a file."),
        ErrorCode.NoSeedFound => (ErrorCategory.ObjectNotFound, "Specify a file that holds exactly one seed."),
        ErrorCode.AmbiguousSeed => (ErrorCategory.InvalidData, "Specify a file that holds exactly one seed."),
        ErrorCode.TokenTooLarge => (
            ErrorCategory.LimitsExceeded,
            "Remove claims that are not needed. A revocation of all users (Add-NatsRevocation -User *) covers all earlier revocations; "
                + "Remove-NatsRevocation -Stale then prunes them."),
        ErrorCode.TokenMalformed or ErrorCode.TokenHeader => (ErrorCategory.InvalidData, OtherToken),
        ErrorCode.TokenSignature => (ErrorCategory.SecurityError, OtherToken),
        ErrorCode.TokenUnsupported => (ErrorCategory.InvalidType, "Provide a token of a supported kind, or update the module."),
        ErrorCode.TokenIssuer =>
            (ErrorCategory.SecurityError, "Sign the token with a key of the right type: an operator key for accounts, an account key for users."),
        ErrorCode.InvalidClaims => (ErrorCategory.InvalidData, "Correct the value that the message names."),
        ErrorCode.RuleBroken => (ErrorCategory.InvalidData, "Correct the value that the message names. Servers reject it."),
        ErrorCode.InvalidCredential => (ErrorCategory.InvalidData, "Create the credentials file again with Export-NatsCredential."),
        ErrorCode.InvalidName => (ErrorCategory.InvalidArgument, "Choose another name."),
        ErrorCode.InvalidTime => (ErrorCategory.InvalidArgument, "Specify a future time, such as 30d, 1d12h or 2027-01-31."),
        ErrorCode.InvalidLimit => (
            ErrorCategory.InvalidArgument,
            "Specify a value of the form and in the range that the message names."),
        ErrorCode.EntityExists => (
            ErrorCategory.ResourceExists, "Choose another name."),
        ErrorCode.EntityNotFound => (
            ErrorCategory.ObjectNotFound,
            "Check the name, and check with Get-NatsStore that this is the right store."),
        ErrorCode.KeyInUse => (ErrorCategory.ResourceBusy, "Keep the key, or specify it with -Force if a copy is in a safe place."),
        ErrorCode.EntityInUse => (ErrorCategory.ResourceBusy, "First remove the items that the message names, or use -Recurse."),
        ErrorCode.ClaimExists => (ErrorCategory.ResourceExists, "Change the existing one with Set-NatsExport or Set-NatsImport, or remove it."),
        ErrorCode.ClaimNotFound => (
            ErrorCategory.ObjectNotFound,
            "List what the account has with Get-NatsExport, Get-NatsImport, Get-NatsSubjectMapping or Get-NatsRevocation."),
        ErrorCode.EntityNotSigned => (
            ErrorCategory.InvalidOperation,
            "Show the differences with Test-NatsStore -Detailed. Then sign with Update-NatsStore, or restore the file."),
        ErrorCode.RotationBegun => (ErrorCategory.InvalidOperation, "Run the same command without -NewKey to finish the rotation in progress."),
        ErrorCode.EntityAmbiguous => (ErrorCategory.InvalidArgument, "Specify one of the entities that the message lists."),
        ErrorCode.InvalidYaml => (ErrorCategory.ParserError, "Correct the file at the line and column that the message names."),
        ErrorCode.StoreExists => (ErrorCategory.ResourceExists, "Open the store with Get-NatsStore."),
        ErrorCode.StoreNotFound => (ErrorCategory.ObjectNotFound, "Check the path, or create a store with New-NatsStore."),
        ErrorCode.StoreBusy => (ErrorCategory.ResourceBusy, "Wait until the other process is done, and try again."),
        ErrorCode.StoreConflict => (ErrorCategory.ResourceBusy, "Try again when fewer machines change the same entities."),
        ErrorCode.BucketNotUsable => (
            ErrorCategory.InvalidArgument,
            "Change the setting of the bucket that the message names, such as with nats stream edit, or create another bucket with New-NatsStore."),
        ErrorCode.NoHistory => (
            ErrorCategory.NotImplemented,
            "Get-NatsStore -History lists the revisions of a store in a bucket. For a folder, use its version control, such as git log."),
        ErrorCode.ChangeTooLarge => (ErrorCategory.LimitsExceeded, "Change fewer entities at once, such as the users before their account."),
        ErrorCode.OutcomeUnknown =>
            (ErrorCategory.OperationTimeout, "Inspect the entities once the servers answer, and repeat the command if they are unchanged."),
        ErrorCode.StoreFormat => (ErrorCategory.NotImplemented, "Update the module. The store was written by a newer version."),
        ErrorCode.InvalidKeyPath => (ErrorCategory.InvalidArgument, "Specify a key root outside the store."),
        ErrorCode.FileExists =>
            (ErrorCategory.ResourceExists, "Specify another path, or use -Force to overwrite a file. Folders are never overwritten."),
        ErrorCode.FileNotFound => (ErrorCategory.ObjectNotFound, "Check the path."),
        ErrorCode.FileAccess => (ErrorCategory.OpenError, "Check the path, its permissions and the free disk space."),
        ErrorCode.FileTooLarge => (
            ErrorCategory.LimitsExceeded,
            "Check that it is the right file. If the module was to write it, split the content or remove entries that are not needed."),
        ErrorCode.InvalidPath => (ErrorCategory.InvalidArgument, "Specify the path of a file or folder."),
        ErrorCode.DownloadFailed => (ErrorCategory.ConnectionError, "Check the address, or download the token yourself and pass it as text."),
        ErrorCode.SigningKeyNotFound => (
            ErrorCategory.ObjectNotFound,
            "Pass the key with -SigningKey, add its seed to the key root with Import-NatsKeyPair -Store, or register a key source with "
                + "Register-NatsKeySource. If the key is on another machine, edit the entity file and create a request with "
                + "New-NatsSigningRequest."),
        ErrorCode.SigningKeyNotAllowed => (
            ErrorCategory.PermissionDenied,
            "Use a listed signing key (Get-NatsSigningKey), or add this one with Add-NatsSigningKey."),
        ErrorCode.SigningKeyExists => (ErrorCategory.ResourceExists, "Specify another key or another role."),
        ErrorCode.LastSigningKey => (ErrorCategory.InvalidOperation, "Add another signing key with Add-NatsSigningKey first."),
        ErrorCode.KeyConflict =>
            (ErrorCategory.ResourceExists, "Check the file or key source that the message names. Restore the right key, or remove the wrong one."),
        ErrorCode.KeyStoreLocked => (ErrorCategory.PermissionDenied, "Unlock the key root with Unlock-NatsKeyStore, or set NATSKEYS_PASSPHRASE."),
        ErrorCode.WrongPassphrase => (ErrorCategory.AuthenticationError, "Enter the right passphrase. If protection.yaml was changed, restore it."),
        ErrorCode.NoPassphrase => (ErrorCategory.InvalidArgument, "Provide a passphrase as a parameter or in NATSKEYS_PASSPHRASE."),
        ErrorCode.KeyDamaged => (ErrorCategory.InvalidData, "Restore the file that the message names from a backup."),
        ErrorCode.CannotProtect =>
            (ErrorCategory.InvalidOperation, "Use a store on disk. To encrypt seeds, first protect its key root (Protect-NatsKeyStore)."),
        ErrorCode.KeyNotFound => (
            ErrorCategory.ObjectNotFound,
            "List the keys with Get-NatsKeyPair, and signing keys with their roles with Get-NatsSigningKey."),
        ErrorCode.KeySourceExists => (ErrorCategory.ResourceExists, "Choose another name, or use -Force to replace the source."),
        ErrorCode.KeySourceNotFound => (ErrorCategory.ObjectNotFound, "List the key sources with Get-NatsKeySource."),
        ErrorCode.KeySourceFailed => (
            ErrorCategory.ResourceUnavailable,
            "Resolve the problem that the message names: unlock the vault, set the variable, or remove the source with Unregister-NatsKeySource."),
        ErrorCode.ExternalSigner => (
            ErrorCategory.InvalidResult,
            "The signer must return the Ed25519 signature of its input, as 64 bytes or as base64 text. Its key must be allowed to sign here."),
        ErrorCode.InvalidServer => (
            ErrorCategory.InvalidArgument,
            "Specify an address such as nats://host:4222 with -Server, or set it with Set-NatsOperator -ServiceUrl. A store in a bucket has an "
                + "address such as nats://host:4222/natskeys."),
        ErrorCode.ServerUnreachable =>
            (ErrorCategory.ConnectionError, "Check that the server is running. Check the address, the network and the certificates."),
        ErrorCode.InvalidCertificate => (
            ErrorCategory.InvalidData,
            "Check the file that the message names. Encrypted keys need -CertificatePassphrase; expired certificates must be renewed."),
        ErrorCode.ServerRefused => (ErrorCategory.PermissionDenied, "Resolve the problem that the server reported."),
        ErrorCode.NoAnswer => (
            ErrorCategory.OperationTimeout,
            "Check that the servers have a resolver that accepts accounts, and that the user belongs to the system account. To wait longer, use "
                + "-Timeout."),
        ErrorCode.ServerTooOld => (
            ErrorCategory.NotImplemented,
            "Upgrade the servers. Without an upgrade, clients are disconnected by a published account that revokes their user or no longer lists "
                + "their key, and when their server is restarted."),
        ErrorCode.ClientsRemain => (
            ErrorCategory.OperationTimeout,
            "First make servers refuse the credentials: rotate the key or revoke the users, and publish the account. Then disconnect the clients. "
                + "Servers before 2.10 cannot disconnect clients; restart them, or wait until the clients leave."),
        ErrorCode.ServersMissing => (
            ErrorCategory.ResourceUnavailable,
            "Start the missing servers, or wait longer for them with -Timeout. Then run the command again."),
        ErrorCode.ServerNewer => (
            ErrorCategory.ResourceExists,
            "Show the differences with Compare-NatsAccount. Get the newer account with Receive-NatsAccount, or replace it with -Force."),
        ErrorCode.CannotPublish =>
            (ErrorCategory.InvalidOperation, "Sign or correct the account as the message says. Test-NatsStore -Detailed lists all problems."),
        ErrorCode.NoSystemAccount => (
            ErrorCategory.InvalidOperation,
            "Set the system account with Set-NatsOperator -SystemAccount, or pass the credentials of one of its users with -Credential. Servers "
                + "must run with a configuration from New-NatsServerConfig."),
        ErrorCode.ForeignAccount => (ErrorCategory.SecurityError, "Do not use this account. It was not signed by a key of the operator."),
        ErrorCode.LocalChanges =>
            (ErrorCategory.ResourceExists, "Sign the edit with Update-NatsStore, or restore the file. Then compare with Compare-NatsAccount."),
        ErrorCode.InvalidContext => (ErrorCategory.InvalidData, "Choose another name, or correct the context file that the message names."),
        ErrorCode.NotConfirmed =>
            (ErrorCategory.InvalidOperation, "Confirm the change with -Confirm:$false, or make it in an interactive session."),
        ErrorCode.InvalidServerConfig => (
            ErrorCategory.InvalidOperation, "Sign the entity that the message names, provide the missing value, or correct the configuration file."),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "There is no advice for this error."),
    };
}
