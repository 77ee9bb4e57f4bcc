using NatsKeys.Exchange;

namespace NatsKeys.Errors;

/// <summary>
/// A line of credentials came where a path is expected: whoever pipes a file with Get-Content pipes its lines. It ends the pipeline, because every
/// line that follows is as wrong, and one of them would match every file. Neither the message nor the target shows the line, which may be a secret.
/// </summary>
internal sealed class FileLineException : AdvisedException
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">The code of the error.</param>
    /// <param name="message">What to do instead.</param>
    public FileLineException(ErrorCode code, string message)
        : base(code, message)
    {
    }

    /// <summary>Refuses a text that is credentials, or a line of them, in place of a path.</summary>
    /// <param name="text">The path.</param>
    /// <exception cref="FileLineException">It is no path.</exception>
    public static void Check(string text)
    {
        if (TextSource.IsCredential(text))
        {
            throw new FileLineException(
                ErrorCode.InvalidPath,
                "The input is a line of credentials, a token or a seed, and no path. Pipe the file itself (Get-Item), not its lines (Get-Content), "
                    + "or name its path.");
        }
    }

    /// <summary>Refuses a line of credentials in place of a name. As a wildcard, the line of asterisks would match every name.</summary>
    /// <param name="text">The name.</param>
    /// <exception cref="FileLineException">It is no name.</exception>
    public static void CheckName(string text)
    {
        if (TextSource.IsFrame(text))
        {
            throw new FileLineException(
                ErrorCode.InvalidName,
                "The input is a line of credentials, and no name. Read credentials with Import-NatsCredential, and pipe what it returns, or name "
                    + "the user.");
        }
    }
}
