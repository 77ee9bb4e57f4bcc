using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using NatsKeys.Pipeline;
using NatsKeys.Signing;

namespace NatsKeys.KeySources;

/// <summary>The key sources of a session. They belong to its runspace, because their script blocks and commands only run there.</summary>
internal static class SessionKeySources
{
    private static readonly ConditionalWeakTable<Runspace, KeySourceList> Sessions = [];

    /// <summary>The key sources of the session on this thread.</summary>
    public static KeySourceList Current => Sessions.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>Finds sources by a name or wildcard.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeySourceNotFound"/>: no source has this name, which has no wildcard.</exception>
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
