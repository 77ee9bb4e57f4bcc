using System.Management.Automation;
using NatsKeys.Tests.Help;

namespace NatsKeys.Tests;

/// <summary>How the cmdlets are built: whoever reads one has few other files to open.</summary>
public sealed class CmdletShapeTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    private const int Deepest = 4;

    [Fact]
    public void No_cmdlet_stands_more_than_four_levels_below_the_engines_own()
    {
        Assert.Contains(commands.All, command => Depth(command.ImplementingType) == Deepest);
        Assert.Empty(
            commands.All
                .Where(command => Depth(command.ImplementingType) > Deepest)
                .Select(command => $"{command.Name} {Depth(command.ImplementingType)}"));
    }

    /// <summary>The engine knows the groups last: a name with which another parameter begins would be taken for its abbreviation.</summary>
    [Fact]
    public void No_parameter_of_a_group_is_how_another_one_begins()
    {
        string[] taken =
        [
            .. from command in commands.All
               let own = command.Parameters.Values.Where(parameter => !parameter.IsDynamic).SelectMany(Names).ToArray()
               from name in command.Parameters.Values.Where(parameter => parameter.IsDynamic).SelectMany(Names)
               from longer in own
               where longer.StartsWith(name, StringComparison.OrdinalIgnoreCase)
               select $"{command.Name} -{name} -{longer}",
        ];
        Assert.Contains(commands.All, command => command.Parameters.Values.Any(parameter => parameter.IsDynamic));
        Assert.Empty(taken);
    }

    /// <summary>The engine would ask for the switch as for a value: <c>All:</c>. A newcomer cannot know what to type there.</summary>
    [Fact]
    public void No_parameter_has_the_engine_ask_for_a_switch()
    {
        string[] asking =
        [
            .. from command in commands.All
               from parameter in ModuleCommands.OwnParameters(command).Select(parameter => parameter.Name).Distinct(StringComparer.Ordinal)
               let sets = command.ParameterSets.Where(set => set.Parameters.Any(other => other.Name == parameter))
               where sets.All(set => set.Parameters.Any(
                   other => other.IsMandatory && other.ParameterType == typeof(SwitchParameter) && other.Name != parameter))
               select $"{command.Name} -{parameter}",
        ];
        Assert.Empty(asking);
    }

    private static IEnumerable<string> Names(ParameterMetadata parameter) => parameter.Aliases.Prepend(parameter.Name);

    private static int Depth(Type type) => type.BaseType is { } above && type != typeof(PSCmdlet) ? Depth(above) + 1 : 0;
}
