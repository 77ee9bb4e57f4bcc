using System.Management.Automation;

namespace NatsKeys.Tests.Hosting;

/// <summary>A script was ended by an error.</summary>
internal sealed class TerminatingErrorException(ErrorRecord error, RunResult result) : Exception(error.ToString(), error.Exception)
{
    internal ErrorRecord Error { get; } = error;

    /// <summary>Gets the error's id, without the name of the cmdlet that follows the comma.</summary>
    internal string ErrorId => IdOf(Error);

    /// <summary>Gets what had come out before.</summary>
    internal RunResult Result { get; } = result;

    internal static string IdOf(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];
}
