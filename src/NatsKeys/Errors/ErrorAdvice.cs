using System.Management.Automation;

namespace NatsKeys.Errors;

/// <summary>
/// What kind of error it is, and what to do about it, in one sentence: every error record carries both, and the topic about_NatsKeysErrors lists
/// them.
/// </summary>
public static class ErrorAdvice
{
    private const string Mistyped = "Copy the key again from its source: it was mistyped, cut or damaged.";
    private const string OtherKey = "Give a key of the type that the message names.";
    private const string OtherToken = "Copy the token again, whole and as one line; do not use one that was altered.";
    private const string SealedMessage = "Get the message again, and give the keys of this sender and this recipient.";

    /// <summary>The advice for an error.</summary>
    /// <param name="code">What went wrong.</param>
    public static string For(ErrorCode code) => Of(code).Advice;

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
        ErrorCode.InvalidSeedLength => (ErrorCategory.InvalidData, "Give 32 bytes."),
        ErrorCode.InvalidSignature => (ErrorCategory.SecurityError, "Do not trust the data, or give the public key of the one who signed it."),
        ErrorCode.CannotSign or ErrorCode.PublicKeyOnly or ErrorCode.CannotSeal or ErrorCode.CannotOpen =>
            (ErrorCategory.PermissionDenied, "Give the key with its seed, or keep the seed in the key root with Import-NatsKeyPair -Store."),
        ErrorCode.IncompatibleKey or ErrorCode.InvalidNKeyOperation => (ErrorCategory.InvalidType, OtherKey),
        ErrorCode.InvalidCurveKeyOperation => (ErrorCategory.InvalidType, "Take a key that signs: curve keys (X) only seal and open."),
        ErrorCode.InvalidRecipient or ErrorCode.InvalidSender =>
            (ErrorCategory.InvalidArgument, "Give a curve public key, which begins with X. New-NatsKeyPair Curve makes one."),
        ErrorCode.InvalidEncrypted or ErrorCode.InvalidEncVersion => (ErrorCategory.InvalidData, SealedMessage),
        ErrorCode.CouldNotDecrypt => (ErrorCategory.SecurityError, SealedMessage),
        ErrorCode.InvalidBackup => (ErrorCategory.InvalidData, "Take another copy of the backup: this one was cut or altered."),
        ErrorCode.InvalidRequest => (ErrorCategory.InvalidData, "Have the request sent again: this file was cut or altered, or is another one."),
        ErrorCode.RequestExpired or ErrorCode.RequestOutdated => (ErrorCategory.InvalidOperation, "Make a new request with New-NatsSigningRequest."),
        ErrorCode.UnknownOperator => (
            ErrorCategory.SecurityError,
            "Have the owner of the operator tell you its public key in another way than the request came, and give that with -OperatorKey. It "
                + "is remembered."),
        ErrorCode.RequestCompleted => (ErrorCategory.InvalidOperation, "Take the file to Import-NatsStore, where the store is."),
        ErrorCode.RequestNotCompleted => (ErrorCategory.InvalidOperation, "Sign it first with Complete-NatsSigningRequest, where the key is."),
        ErrorCode.InvalidData => (ErrorCategory.InvalidType, "Give bytes, text or the path of a file."),
        ErrorCode.NoSeedFound => (ErrorCategory.ObjectNotFound, "Give a file that holds one seed."),
        ErrorCode.AmbiguousSeed => (ErrorCategory.InvalidData, "Give a file that holds one seed."),
        ErrorCode.TokenTooLarge => (
            ErrorCategory.LimitsExceeded,
            "Remove claims that nobody needs. One revocation of everybody (Add-NatsRevocation -User *) covers all earlier ones, and "
                + "Remove-NatsRevocation -Stale removes those."),
        ErrorCode.TokenMalformed or ErrorCode.TokenHeader => (ErrorCategory.InvalidData, OtherToken),
        ErrorCode.TokenSignature => (ErrorCategory.SecurityError, OtherToken),
        ErrorCode.TokenUnsupported => (ErrorCategory.InvalidType, "Give a token of a kind that belongs here, or update the module."),
        ErrorCode.TokenIssuer =>
            (ErrorCategory.SecurityError, "Have it signed by a key of the type above: an operator's for accounts, an account's for users."),
        ErrorCode.InvalidClaims => (ErrorCategory.InvalidData, "Correct the value that the message names."),
        ErrorCode.RuleBroken => (ErrorCategory.InvalidData, "Change what the message names, so that servers take it."),
        ErrorCode.InvalidCredential => (ErrorCategory.InvalidData, "Write the credentials anew with Export-NatsCredential."),
        ErrorCode.InvalidName => (ErrorCategory.InvalidArgument, "Choose another name, or another prefix of keys."),
        ErrorCode.InvalidTime => (ErrorCategory.InvalidArgument, "Give a time to come, such as 30d, 1d12h or 2027-01-31."),
        ErrorCode.InvalidLimit => (
            ErrorCategory.InvalidArgument,
            "Give a number of the kind and range that the message names: a whole number, a size such as 64kb or 1GiB, or Unlimited."),
        ErrorCode.EntityExists => (ErrorCategory.ResourceExists, "Choose another name, or change the entity that is there."),
        ErrorCode.EntityNotFound => (
            ErrorCategory.ObjectNotFound,
            "Look at what there is with Get-NatsOperator, Get-NatsAccount or Get-NatsUser, and with Get-NatsStore that it is the right store."),
        ErrorCode.EntityInUse => (ErrorCategory.ResourceBusy, "Remove what the message names first, or give -Recurse."),
        ErrorCode.ClaimExists => (ErrorCategory.ResourceExists, "Change the one that is there with the Set- cmdlet, or remove it."),
        ErrorCode.ClaimNotFound => (ErrorCategory.ObjectNotFound, "Look at what the account has with the Get- cmdlet."),
        ErrorCode.EntityNotSigned => (
            ErrorCategory.InvalidOperation,
            "Look at the differences with Test-NatsStore -Detailed, and sign with Update-NatsStore or restore the file."),
        ErrorCode.RotationBegun => (ErrorCategory.InvalidOperation, "Run the same command without -NewKey: it finishes what has begun."),
        ErrorCode.EntityAmbiguous => (ErrorCategory.InvalidArgument, "Name the one that is meant: the message lists them."),
        ErrorCode.InvalidYaml => (ErrorCategory.ParserError, "Correct the file at the line and column that the message names."),
        ErrorCode.StoreExists => (ErrorCategory.ResourceExists, "Open the store with Get-NatsStore -Path."),
        ErrorCode.StoreNotFound => (ErrorCategory.ObjectNotFound, "Check the path, or make a store with New-NatsStore."),
        ErrorCode.StoreBusy => (ErrorCategory.ResourceBusy, "Wait until the other one is done, and try again."),
        ErrorCode.StoreFormat => (ErrorCategory.NotImplemented, "Update the module."),
        ErrorCode.InvalidKeyPath => (ErrorCategory.InvalidArgument, "Give a place for the keys that lies outside of the store."),
        ErrorCode.FileExists => (ErrorCategory.ResourceExists, "Give another path; a file is replaced with -Force, a folder is not."),
        ErrorCode.FileNotFound => (ErrorCategory.ObjectNotFound, "Check the path."),
        ErrorCode.FileAccess => (ErrorCategory.OpenError, "Check the path, the rights on it and the room on the disk."),
        ErrorCode.FileTooLarge => (
            ErrorCategory.LimitsExceeded,
            "Check that it is the right file. What the module itself would write needs fewer entries: split it, or remove what nobody needs."),
        ErrorCode.InvalidPath => (ErrorCategory.InvalidArgument, "Give the path of a file or folder."),
        ErrorCode.DownloadFailed => (ErrorCategory.ConnectionError, "Check the address, or get the token and give it as text."),
        ErrorCode.SigningKeyNotFound => (
            ErrorCategory.ObjectNotFound,
            "Give the key itself with -SigningKey, keep its seed in the key root with Import-NatsKeyPair -Store, name where keys come from "
                + "with Register-NatsKeySource. Where the key is on another machine, write what is wanted into the entity file and ask with "
                    + "New-NatsSigningRequest."),
        ErrorCode.SigningKeyNotAllowed =>
            (ErrorCategory.PermissionDenied, "Take a key that is listed (Get-NatsSigningKey), or list this one with Add-NatsSigningKey."),
        ErrorCode.SigningKeyExists => (ErrorCategory.ResourceExists, "Give another key or another role."),
        ErrorCode.LastSigningKey => (ErrorCategory.InvalidOperation, "Add another signing key with Add-NatsSigningKey first."),
        ErrorCode.KeyConflict =>
            (ErrorCategory.ResourceExists, "Look at the file or the key source that the message names, and restore or remove what is wrong there."),
        ErrorCode.KeyStoreLocked => (ErrorCategory.PermissionDenied, "Unlock the key root with Unlock-NatsKeyStore, or set NATSKEYS_PASSPHRASE."),
        ErrorCode.WrongPassphrase => (ErrorCategory.AuthenticationError, "Give the right passphrase, or restore protection.yaml."),
        ErrorCode.NoPassphrase => (ErrorCategory.InvalidArgument, "Give a passphrase, as parameter or in NATSKEYS_PASSPHRASE."),
        ErrorCode.KeyDamaged => (ErrorCategory.InvalidData, "Restore the file that the message names."),
        ErrorCode.CannotProtect => (ErrorCategory.InvalidOperation, "Give a store on a disk that is protected."),
        ErrorCode.KeyNotFound => (
            ErrorCategory.ObjectNotFound,
            "Look at what keys there are with Get-NatsKeyPair and Get-NatsSigningKey; a prefix may need a longer -Timeout."),
        ErrorCode.KeySourceExists => (ErrorCategory.ResourceExists, "Give another name, or -Force."),
        ErrorCode.KeySourceNotFound => (ErrorCategory.ObjectNotFound, "Look at what sources there are with Get-NatsKeySource."),
        ErrorCode.KeySourceFailed => (
            ErrorCategory.ResourceUnavailable,
            "Put right what the message names: unlock the vault, set the variable, or take the source away with Unregister-NatsKeySource."),
        ErrorCode.ExternalSigner => (
            ErrorCategory.InvalidResult,
            "Have the signer give the 64 bytes of an Ed25519 signature of what it gets, or their base64 text, made with a key that may sign "
                + "here."),
        ErrorCode.InvalidServer =>
            (ErrorCategory.InvalidArgument, "Give addresses such as nats://host:4222 with -Server, or set them with Set-NatsOperator -ServiceUrl."),
        ErrorCode.ServerUnreachable =>
            (ErrorCategory.ConnectionError, "Check the address, the network and the certificates, and that the server runs."),
        ErrorCode.ServerRefused => (ErrorCategory.PermissionDenied, "Do what the server's words ask for."),
        ErrorCode.NoAnswer => (
            ErrorCategory.OperationTimeout,
            "Check that servers have a resolver that takes accounts, and that the user is one of the system account; give more time with "
                + "-Timeout."),
        ErrorCode.ServersMissing => (
            ErrorCategory.ResourceUnavailable,
            "Start the servers that are missing, or give them more time with -Timeout, and run the command again."),
        ErrorCode.ServerNewer => (
            ErrorCategory.ResourceExists,
            "Look at the differences with Compare-NatsAccount; take the newer one with Receive-NatsAccount, or replace it with -Force."),
        ErrorCode.CannotPublish =>
            (ErrorCategory.InvalidOperation, "Sign or correct the account as the message says; Test-NatsStore -Detailed has all that is wrong."),
        ErrorCode.NoSystemAccount => (
            ErrorCategory.InvalidOperation,
            "Name a system account with Set-NatsOperator -SystemAccount, or give credentials of one of its users with -Credential."),
        ErrorCode.ForeignAccount => (ErrorCategory.SecurityError, "Do not use it: no key of the operator signed it."),
        ErrorCode.LocalChanges =>
            (ErrorCategory.ResourceExists, "Sign what was edited with Update-NatsStore, or restore the file, and compare with Compare-NatsAccount."),
        ErrorCode.InvalidContext => (ErrorCategory.InvalidData, "Give another name, or correct the context file that the message names."),
        ErrorCode.InvalidServerConfig => (ErrorCategory.InvalidOperation, "Sign what the message names, or give what is missing."),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "There is no advice for this error."),
    };
}
