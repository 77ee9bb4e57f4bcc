using System.Management.Automation;
using System.Management.Automation.Host;

namespace NatsKeys.Errors;

/// <summary>A host with nobody in front of it.</summary>
internal static class UnattendedHost
{
    /// <summary>Whether an error says that nobody can be asked.</summary>
    public static bool IsCauseOf(Exception error) => error is HostException or PSInvalidOperationException or NotImplementedException;
}
