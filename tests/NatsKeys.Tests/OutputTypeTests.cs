using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NatsKeys.Tests.Help;
using NatsKeys.Tests.Hosting;

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

        Assert.Contains(reached, type => type.Name == "ServerInformation");
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

    /// <summary>
    /// ConvertTo-Json writes two levels without a -Depth, and cuts deeper values with a warning. Several objects take one of the two.
    /// </summary>
    [Fact]
    public void Json_of_several_is_whole_at_the_depth_that_it_has_by_default()
    {
        var cut = new List<string>();
        foreach (Type type in Given().SelectMany(Concrete).Distinct())
        {
            Cut(type, type.Name, level: Outcomes.Contains(type.Name) ? 0 : 1, cut);
        }

        Assert.True(cut.Count == 0, string.Join(", ", cut));
    }

    /// <summary>Whoever goes through a list need not ask first whether it is there.</summary>
    [Fact]
    public void A_list_without_items_is_empty_and_not_null()
    {
        var nullability = new NullabilityInfoContext();
        Type[] types = [.. Given().SelectMany(Concrete).SelectMany(type => Reached(type, [])).Where(type => !type.IsEnum).Distinct()];
        PropertyInfo[] lists = [.. types.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Where(property => property.GetIndexParameters().Length == 0 && Element(property.PropertyType) is not null)];

        Assert.Contains(lists, list => list.Name == "Tags");
        Assert.Empty(lists.Where(list => nullability.Create(list).ReadState == NullabilityState.Nullable)
            .Select(list => $"{list.DeclaringType!.Name}.{list.Name}").Distinct());
    }

    /// <summary>PowerShell takes the items out of what a script property gives: none would be null, and one would be no list.</summary>
    [Fact]
    public void The_lists_that_PowerShell_adds_to_a_type_stay_lists()
    {
        string path = Path.Combine(Path.GetDirectoryName(PowerShellSession.ManifestPath)!, "module", "NatsKeys.Types.ps1xml");
        var asked = new List<string>();
        var unrolled = new List<string>();
        foreach (XElement type in XDocument.Load(path).Root!.Elements("Type"))
        {
            string name = type.Element("Name")!.Value;
            foreach (XElement property in type.Descendants("ScriptProperty"))
            {
                string body = property.Element("GetScriptBlock")!.Value.Trim();
                if (Regex.Match(body, @"^,?\$this\.(Get\w+)\(\)$") is { Success: true } call
                    && Find(name)?.GetMethod(call.Groups[1].Value, Type.EmptyTypes) is { } method && Element(method.ReturnType) is not null)
                {
                    asked.Add(call.Groups[1].Value);
                    unrolled.AddRange(body.StartsWith(',') ? [] : [$"{name}.{property.Element("Name")!.Value}"]);
                }
            }
        }

        Assert.Contains("GetExports", asked);
        Assert.Empty(unrolled);
    }

    private Type? Find(string name) => Given().Select(type => type.Assembly).Distinct().Select(assembly => assembly.GetType(name))
        .FirstOrDefault(type => type is not null);

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
