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

        Assert.Empty(ways);
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

    // Outcomes of work, which are one or few. They list what was done, so that only one of them is whole.
    private static readonly string[] Outcomes =
    [
        "AccountComparison", "ClientProof", "ConnectionEvent", "ConnectionTestResult", "DisconnectResult", "EntityRemovalResult", "KeyRotationResult",
        "NatsCredential", "NatsRotation", "NatsSigningRequest", "PermissionMeasurement",
    ];

    // What is deeper than that.
    private static readonly string[] Deep = ["NatsSigningRequest.Signatures.", "ClientProof.Remaining.", "ConnectionTestResult.Permissions."];

    /// <summary>ConvertTo-Json writes two levels without a -Depth, and cuts deeper values with a warning. Several objects take one of the two.</summary>
    [Fact]
    public void Json_of_several_is_whole_at_the_depth_that_it_has_by_default()
    {
        var cut = new List<string>();
        foreach (Type type in Given().SelectMany(Concrete).Distinct())
        {
            Cut(type, type.Name, level: Outcomes.Contains(type.Name) ? 0 : 1, cut);
        }

        cut.RemoveAll(way => Array.Exists(Deep, known => way.StartsWith(known, StringComparison.Ordinal)));
        Assert.True(cut.Count == 0, string.Join(", ", cut));
    }

    private static void Cut(Type type, string way, int level, List<string> cut)
    {
        const int Deepest = 2;
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0))
        {
            Type held = property.PropertyType;
            int at = level;
            while (Element(held) is { } element)
            {
                at++;
                held = element;
            }

            if (!IsPlain(held) || at > level)
            {
                at += IsPlain(held) ? 0 : 1;
                if (at > Deepest)
                {
                    cut.Add($"{way}.{property.Name}");
                }
                else if (!IsPlain(held))
                {
                    foreach (Type concrete in Concrete(held))
                    {
                        Cut(concrete, $"{way}.{property.Name}", at, cut);
                    }
                }
            }
        }
    }

    /// <summary>What a list or table holds; null for what is none.</summary>
    private static Type? Element(Type type) => type == typeof(string) ? null
        : type.GetInterfaces().Append(type).FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IDictionary<,>))
            is { } table ? table.GetGenericArguments()[1]
        : type.GetInterfaces().Append(type).FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0];

    /// <summary>What JSON has in one line.</summary>
    private static bool IsPlain(Type type) => Nullable.GetUnderlyingType(type) is { } value ? IsPlain(value)
        : type.IsPrimitive || type.IsEnum || type == typeof(object) || type == typeof(string) || type == typeof(decimal) || type == typeof(Guid)
            || type == typeof(Uri) || type == typeof(DateTime) || type == typeof(DateTimeOffset);

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
