using System.Management.Automation;
using System.Xml.Linq;

namespace NatsKeys.HelpGenerator;

/// <summary>The syntax and the parameters of one cmdlet. Their properties come from PowerShell, their descriptions from the page.</summary>
internal sealed class MamlParameters
{
    private const string None = "None";

    // The namespace of the argument classes.
    private const string Arguments = "NatsKeys.Binding";

    private static readonly XNamespace Maml = MamlNames.Maml;
    private static readonly XNamespace Command = MamlNames.Command;
    private static readonly XNamespace Dev = MamlNames.Dev;

    private readonly CmdletInfo command;
    private readonly Dictionary<string, IReadOnlyList<string>> texts;
    private readonly List<string> order;
    private readonly object instance;

    internal MamlParameters(CmdletInfo command, HelpPage page)
    {
        this.command = command;
        texts = page.Parameters.ToDictionary(
            section => section.Title.TrimStart('-'), section =>
                (IReadOnlyList<string>)[.. section.Blocks.Select(block => block.Plain)], StringComparer.Ordinal);
        order = [.. texts.Keys];

        // The parameters of ShouldProcess have the same description everywhere.
        texts["WhatIf"] = ["Shows what would happen. No key is made, and no file is touched."];
        texts["Confirm"] = ["Asks before anything is done."];
        order.AddRange(["WhatIf", "Confirm"]);

        // The defaults are the property values of a new cmdlet.
        instance = Activator.CreateInstance(command.ImplementingType)!;
    }

    /// <summary>Whether a parameter is neither common to all cmdlets nor added by <c>ShouldProcess</c>.</summary>
    internal static bool IsOwn(CommandParameterInfo parameter) =>
        !Cmdlet.CommonParameters.Contains(parameter.Name) && !Cmdlet.OptionalCommonParameters.Contains(parameter.Name);

    internal IEnumerable<XElement> Elements()
    {
        CommandParameterSetInfo[] sets = [.. command.ParameterSets.OrderByDescending(set => set.IsDefault)];
        yield return new XElement(Command + "syntax", sets.Select(SyntaxOf));
        yield return new XElement(
            Command + "parameters",
            sets.SelectMany(set => set.Parameters).Where(IsShown).GroupBy(parameter => parameter.Name, StringComparer.Ordinal)
                .OrderBy(group => order.IndexOf(group.Key)).Select(group => ElementOf([.. group], isSyntax: false)));
    }

    /// <summary>Whether the help shows a parameter.</summary>
    internal static bool IsShown(CommandParameterInfo parameter) =>
        parameter.Name is "WhatIf" or "Confirm" || IsOwn(parameter);

    private static string Lower(bool value) => value ? "true" : "false";

    /// <summary>The type of a parameter, without its nullable wrapper.</summary>
    internal static Type TypeOf(CommandParameterInfo parameter) => Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;

    /// <summary>
    /// The type name for a parameter. The name of an argument class says nothing to a reader. If the class accepts text, the syntax shows that. The
    /// parameter's description shows all accepted types.
    /// </summary>
    internal static string NameOf(Type type, bool isSyntax)
    {
        Type item = type.IsArray ? type.GetElementType()! : type;
        if (item.Namespace != Arguments)
        {
            return type.Name;
        }

        string[] taken = [.. item.GetConstructors().Select(constructor => constructor.GetParameters().Single().ParameterType.Name)];
        string[] shown = isSyntax && taken.Contains(nameof(String)) ? [nameof(String)] : taken;
        return string.Join('|', type.IsArray ? shown.Select(name => $"{name}[]") : shown);
    }

    private static string PipelineOf(CommandParameterInfo[] uses)
    {
        string[] ways =
        [
            .. uses.Any(use => use.ValueFromPipelineByPropertyName) ? ["ByPropertyName"] : Array.Empty<string>(),
            .. uses.Any(use => use.ValueFromPipeline) ? ["ByValue"] : Array.Empty<string>(),
        ];
        return ways.Length == 0 ? "False" : $"True ({string.Join(", ", ways)})";
    }

    private XElement SyntaxOf(CommandParameterSetInfo set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", command.Name),
        set.Parameters.Where(IsShown)
            .OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)
            .ThenByDescending(parameter => parameter.IsMandatory)
            .ThenBy(parameter => order.IndexOf(parameter.Name))
            .Select(parameter => ElementOf([parameter], isSyntax: true)));

    /// <summary>The element of a parameter, in one parameter set or for all of them together.</summary>
    private XElement ElementOf(CommandParameterInfo[] uses, bool isSyntax)
    {
        CommandParameterInfo first = uses[0];
        bool isMandatory = uses.All(use => use.IsMandatory);
        int[] positions = [.. uses.Select(use => use.Position).Distinct()];
        Type type = TypeOf(first);
        return new XElement(
            Command + "parameter",
            new XAttribute("required", Lower(isMandatory)),
            new XAttribute("variableLength", Lower(type.IsArray)),
            new XAttribute("globbing", Lower(first.Attributes.OfType<SupportsWildcardsAttribute>().Any())),
            new XAttribute("pipelineInput", PipelineOf(uses)),
            new XAttribute("position", positions is [>= 0] ? $"{positions[0]}" : "named"),
            new XAttribute("aliases", first.Aliases.Count == 0 ? "none" : string.Join(", ", first.Aliases)),
            new XElement(Maml + "name", first.Name),
            MamlNames.Description(texts.GetValueOrDefault(first.Name, [])),
            Values(type, isSyntax),
            new XElement(Dev + "type", new XElement(Maml + "name", NameOf(type, isSyntax))),
            new XElement(Dev + "defaultValue", isMandatory ? None : DefaultOf(first, type)));
    }

    private static IEnumerable<XElement> Values(Type type, bool isSyntax)
    {
        if (isSyntax && type == typeof(SwitchParameter))
        {
            yield break;
        }

        if (isSyntax && type.IsEnum)
        {
            yield return new XElement(Command + "parameterValueGroup", Enum.GetNames(type).Select(name => ValueOf(name, isRequired: false)));
        }
        else
        {
            yield return ValueOf(NameOf(type, isSyntax), type != typeof(SwitchParameter));
        }
    }

    private static XElement ValueOf(string text, bool isRequired) => new(
        Command + "parameterValue", new XAttribute("required", Lower(isRequired)), new XAttribute("variableLength", "false"), text);

    private string DefaultOf(CommandParameterInfo parameter, Type type)
    {
        if (type == typeof(SwitchParameter))
        {
            return "False";
        }

        object? value = command.ImplementingType.GetProperty(parameter.Name)?.GetValue(instance);
        string text = value is object[] values ? string.Join(", ", values) : $"{value}";
        return text.Length == 0 ? None : text;
    }
}
