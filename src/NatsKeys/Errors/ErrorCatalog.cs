using System.Management.Automation;

namespace NatsKeys.Errors;

/// <summary>Converts errors of the libraries to error records. The ID is the name of the error's code.</summary>
internal static class ErrorCatalog
{
    public static ErrorRecord ToRecord(NatsKeysException error, object? target)
    {
        NatsKeysException advised = RemedyAdvice.AddTo(error);

        // PowerShell shows the advice below the message.
        bool isSaid = error.Remedy is not null || ErrorAdvice.IsInMessage(error.Code) || HasAdvice(error);
        return new ErrorRecord(advised, error.Code.ToString(), ErrorAdvice.Of(error.Code).Category, target ?? error.Path)
        {
            ErrorDetails = new ErrorDetails(advised.Message) { RecommendedAction = isSaid ? "" : ErrorAdvice.For(error.Code) },
        };
    }

    // An error may repeat the message of its cause, such as behind the name of a row.
    private static bool HasAdvice(NatsKeysException error) => error is AdvisedException
        || (error.InnerException is NatsKeysException cause && error.Message.Contains(cause.Message, StringComparison.Ordinal) && HasAdvice(cause));
}
