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

    private static int Depth(Type type) => type.BaseType is { } above && type != typeof(PSCmdlet) ? Depth(above) + 1 : 0;
}
