using System.Reflection;
using NatsKeys.Tests.Help;

namespace NatsKeys.Tests;

/// <summary>
/// What the cmdlets give goes through whatever follows properties to their end, such as ConvertTo-Json, and says something wherever that stops.
/// </summary>
public class OutputTypeTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    [Fact]
    public void No_property_leads_back_to_where_it_came_from()
    {
        var ways = new List<string>();
        foreach (Type type in Given())
        {
            Follow(type, [], ways);
        }

        // A place has two above it at the most.
        Assert.Equal(["EntityPath.Parent"], ways.Distinct());
    }

    [Fact]
    public void Everything_in_them_says_what_it_is_in_a_line()
    {
        Type[] reached = [.. Given().SelectMany(type => Reached(type, [])).Distinct()];

        Assert.Contains(reached, type => type.Name == "JetStreamLimits");
        Assert.Empty(reached
            .Where(type => !type.IsEnum && !type.IsAbstract && type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType is { } from
                && (from == typeof(object) || from == typeof(ValueType)))
            .Select(type => type.FullName));
    }

    private IEnumerable<Type> Given() => commands.All.SelectMany(command => command.OutputType).Select(output => output.Type).Where(IsOwn).Distinct();

    private static void Follow(Type type, IReadOnlyList<(Type Type, string Way)> above, List<string> ways)
    {
        foreach ((string name, Type next) in Properties(type))
        {
            string way = $"{type.Name}.{name}";
            if (next == type || above.Any(step => step.Type == next))
            {
                ways.Add($"{string.Join(" > ", above.SkipWhile(step => step.Type != next).Select(step => step.Way).Append(way))}");
            }
            else
            {
                Follow(next, [.. above, (type, way)], ways);
            }
        }
    }

    private static HashSet<Type> Reached(Type type, HashSet<Type> reached)
    {
        if (reached.Add(type))
        {
            foreach ((_, Type next) in Properties(type))
            {
                Reached(next, reached);
            }
        }

        return reached;
    }

    private static IEnumerable<(string Name, Type Type)> Properties(Type type) => type.IsEnum ? [] :
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.GetIndexParameters().Length == 0
        from part in Parts(property.PropertyType)
        from concrete in Concrete(part)
        select (property.Name, concrete);

    /// <summary>The own types that a property's type is made of: itself, or what it holds.</summary>
    private static IEnumerable<Type> Parts(Type type) => type switch
    {
        { HasElementType: true } => Parts(type.GetElementType()!),
        { IsGenericType: true } => type.GetGenericArguments().SelectMany(Parts),
        _ when !IsOwn(type) => [],
        _ => type.GetInterfaces().Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>)).SelectMany(Parts)
            .Prepend(type),
    };

    private static IEnumerable<Type> Concrete(Type type) =>
        type.IsAbstract ? type.Assembly.GetExportedTypes().Where(other => other.IsSubclassOf(type) && !other.IsAbstract) : [type];

    private static bool IsOwn(Type type) => type.Namespace?.StartsWith(nameof(NatsKeys), StringComparison.Ordinal) == true;
}
