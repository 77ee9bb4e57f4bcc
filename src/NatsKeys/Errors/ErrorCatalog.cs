using System.Management.Automation;
using System.Text.RegularExpressions;

namespace NatsKeys.Errors;

/// <summary>Converts errors of the libraries to error records. The ID is the name of the error's code.</summary>
internal static partial class ErrorCatalog
{
    public static ErrorRecord ToRecord(NatsKeysException error, object? target)
    {
        NatsKeysException advised = RemedyAdvice.AddTo(error);

        // PowerShell shows the advice below the message. A message that names a cmdlet or parameter has advice for its own case.
        bool isSaid = advised.Message != error.Message || ErrorAdvice.IsInMessage(error.Code) || CmdletOrParameter().IsMatch(error.Message);
        return new ErrorRecord(advised, error.Code.ToString(), ErrorAdvice.Of(error.Code).Category, target ?? error.Path)
        {
            ErrorDetails = new ErrorDetails(advised.Message) { RecommendedAction = isSaid ? "" : ErrorAdvice.For(error.Code) },
        };
    }

    [GeneratedRegex(@"\b[A-Z][a-z]+-Nats[A-Z]|(?<=[ (])-[A-Z][a-z]", RegexOptions.CultureInvariant)]
    private static partial Regex CmdletOrParameter();
}
