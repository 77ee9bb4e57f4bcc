using System.Management.Automation;

namespace NatsKeys.Errors;

/// <summary>Converts errors of the libraries to error records. The ID is the name of the error's code.</summary>
internal static class ErrorCatalog
{
    public static ErrorRecord ToRecord(NatsKeysException error, object? target)
    {
        NatsKeysException advised = RemedyAdvice.AddTo(error);
        bool isSaid = advised.Message != error.Message || ErrorAdvice.IsInMessage(error.Code);
        return new ErrorRecord(advised, error.Code.ToString(), ErrorAdvice.Of(error.Code).Category, target ?? error.Path)
        {
            ErrorDetails = new ErrorDetails(advised.Message) { RecommendedAction = isSaid ? "" : ErrorAdvice.For(error.Code) },
        };
    }
}
