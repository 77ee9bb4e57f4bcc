using System.Management.Automation;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Help;

/// <summary>The cmdlets of the module as the engine knows them. The session stays open as long as somebody asks about them.</summary>
public sealed class ModuleCommands : IDisposable
{
    private readonly PowerShellSession session = new();

    public ModuleCommands() => All =
    [
        .. session.Run("Get-Command -Module NatsKeys -CommandType Cmdlet").Output.Select(command => (CmdletInfo)command.BaseObject)
            .OrderBy(command => command.Name, StringComparer.Ordinal),
    ];

    /// <summary>Gets all cmdlets.</summary>
    internal IReadOnlyList<CmdletInfo> All { get; }

    internal PowerShellSession Session => session;

    public void Dispose() => session.Dispose();

    internal CmdletInfo Named(string name) => Assert.Single(All, command => command.Name == name);

    /// <summary>The parameters that the cmdlet itself has, each once per parameter set.</summary>
    internal static IEnumerable<CommandParameterInfo> OwnParameters(CmdletInfo command) =>
        command.ParameterSets.SelectMany(set => set.Parameters).Where(MamlParameters.IsOwn);

    /// <summary>
    /// Whether the cmdlet has a parameter of this name or alias; what the engine would make of the beginning of a name does not count.
    /// </summary>
    internal static bool Takes(CmdletInfo command, string parameter) =>
        command.Parameters.ContainsKey(parameter)
            || command.Parameters.Values.Any(found => found.Aliases.Contains(parameter, StringComparer.OrdinalIgnoreCase));
}
