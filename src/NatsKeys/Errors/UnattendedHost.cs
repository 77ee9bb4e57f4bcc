using System.Management.Automation;
using System.Management.Automation.Host;

namespace NatsKeys.Errors;

/// <summary>Recognizes a host without an interactive user.</summary>
internal static class UnattendedHost
{
    /// <summary>Whether an error means that the user cannot be prompted.</summary>
    public static bool IsCauseOf(Exception error) => error is HostException or PSInvalidOperationException or NotImplementedException;
}
