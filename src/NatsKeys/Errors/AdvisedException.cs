namespace NatsKeys.Errors;

/// <summary>
/// An error whose message names the cmdlet or parameter that helps in its case. The advice for its code, which is for all cases, is not shown below
/// it.
/// </summary>
internal class AdvisedException : NatsKeysException
{
    /// <summary>Creates an error with its advice.</summary>
    /// <param name="code">The code of the error.</param>
    /// <param name="message">What is wrong, and which cmdlet or parameter helps.</param>
    public AdvisedException(ErrorCode code, string message)
        : base(code, message)
    {
    }
}
