using System.Management.Automation;

namespace NatsKeys.Errors;

/// <summary>Turns errors of the core into error records: the id is the name of the error's code.</summary>
internal static class ErrorCatalog
{
    public static ErrorRecord ToRecord(NatsKeysException error, object? target) =>
        new(error, error.Code.ToString(), CategoryOf(error.Code), target ?? error.Path)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = ErrorAdvice.For(error.Code) },
        };

    private static ErrorCategory CategoryOf(ErrorCode code) => code switch
    {
        ErrorCode.EntityNotFound or ErrorCode.StoreNotFound or ErrorCode.SigningKeyNotFound or ErrorCode.KeyNotFound or ErrorCode.NoSeedFound or ErrorCode.ClaimNotFound or ErrorCode.FileNotFound or ErrorCode.KeySourceNotFound
            => ErrorCategory.ObjectNotFound,
        ErrorCode.EntityExists or ErrorCode.StoreExists or ErrorCode.FileExists or ErrorCode.SigningKeyExists or ErrorCode.KeyConflict or ErrorCode.ClaimExists or ErrorCode.KeySourceExists
            => ErrorCategory.ResourceExists,
        ErrorCode.EntityAmbiguous or ErrorCode.InvalidName or ErrorCode.InvalidTime or ErrorCode.InvalidKeyPath or ErrorCode.NoPassphrase or ErrorCode.InvalidServer
            => ErrorCategory.InvalidArgument,
        ErrorCode.SigningKeyNotAllowed or ErrorCode.CannotSign or ErrorCode.PublicKeyOnly or ErrorCode.KeyStoreLocked or ErrorCode.ServerRefused
            => ErrorCategory.PermissionDenied,
        ErrorCode.FileAccess => ErrorCategory.WriteError,
        ErrorCode.ExternalSigner => ErrorCategory.InvalidResult,
        ErrorCode.IncompatibleKey or ErrorCode.InvalidCurveKeyOperation => ErrorCategory.InvalidType,
        ErrorCode.TokenSignature or ErrorCode.TokenIssuer or ErrorCode.InvalidSignature or ErrorCode.ForeignAccount => ErrorCategory.SecurityError,
        ErrorCode.WrongPassphrase => ErrorCategory.AuthenticationError,
        ErrorCode.InvalidServerConfig or ErrorCode.LastSigningKey or ErrorCode.EntityNotSigned or ErrorCode.RotationBegun or ErrorCode.CannotProtect or ErrorCode.NoSystemAccount
            or ErrorCode.RequestExpired or ErrorCode.RequestCompleted or ErrorCode.RequestNotCompleted or ErrorCode.RequestOutdated => ErrorCategory.InvalidOperation,
        ErrorCode.EntityInUse => ErrorCategory.ResourceBusy,
        ErrorCode.DownloadFailed or ErrorCode.ServerUnreachable => ErrorCategory.ConnectionError,
        ErrorCode.NoAnswer => ErrorCategory.OperationTimeout,
        ErrorCode.ServersMissing or ErrorCode.KeySourceFailed => ErrorCategory.ResourceUnavailable,
        ErrorCode.ServerNewer or ErrorCode.LocalChanges => ErrorCategory.ResourceExists,
        _ => ErrorCategory.InvalidData,
    };
}
