using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using NatsKeys.Pipeline;
using NatsKeys.Signing;

namespace NatsKeys.KeySources;

/// <summary>
/// The key sources that were registered in a session. They are those of its runspace: its script blocks run nowhere else, and commands are
/// found in it.
/// </summary>
internal static class SessionKeySources
{
    private static readonly ConditionalWeakTable<Runspace, KeySourceList> Sessions = [];

    /// <summary>Those of the session that runs on this thread.</summary>
    public static KeySourceList Current => Sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>The sources that a name or wildcard means.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeySourceNotFound"/>: there is none of a name without wildcards.</exception>
    public static KeySource[] Matching(IEnumerable<KeySource> sources, string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            return [KeySourceList.Named(sources, name)];
        }

        WildcardPattern pattern = NamePattern.Of(name);
        return [.. sources.Where(source => pattern.IsMatch(source.Name))];
    }
}
