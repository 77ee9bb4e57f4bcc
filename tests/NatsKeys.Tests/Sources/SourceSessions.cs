using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Sources;

/// <summary>
/// One session for each kind of source, in which the same keys come from such sources alone. They stay open as long as somebody asks.
/// </summary>
public sealed class SourceSessions : IDisposable
{
    private readonly Dictionary<string, PowerShellSession> sessions = [];
    private readonly KeyVariables variables = new();

    public void Dispose()
    {
        foreach (PowerShellSession session in sessions.Values)
        {
            session.Dispose();
        }

        variables.Dispose();
    }

    /// <summary>Gets the seeds, none of which may be anywhere.</summary>
    internal static IEnumerable<string> Seeds(PowerShellSession session) =>
        session.Run("$keys | Export-NatsKeyPair -AsPlainText").Output.Select(seed => (string)seed.BaseObject);

    internal PowerShellSession Of(string place)
    {
        if (sessions.TryGetValue(place, out PowerShellSession? session))
        {
            return session;
        }

        session = sessions[place] = new PowerShellSession(ownsRoots: false);
        session.Run(
            """
            $op, $osk, $new = 1..3 | ForEach-Object { New-NatsKeyPair Operator }
            $ap, $ask, $rp, $bp, $nap = 1..5 | ForEach-Object { New-NatsKeyPair Account }
            $keys = $op, $osk, $new, $ap, $ask, $rp, $bp, $nap
            """);
        for (int index = 0; index < 8; index++)
        {
            KeyPlaces.Register(session, variables, place, $"$keys[{index}]");
        }

        return session;
    }
}
