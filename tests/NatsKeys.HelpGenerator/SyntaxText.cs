using System.Management.Automation;

namespace NatsKeys.HelpGenerator;

/// <summary>The syntax of a cmdlet on its page: one text for each parameter set.</summary>
internal static class SyntaxText
{
    private const int Width = 110;
    private const string Indent = "    ";

    /// <summary>Creates the syntax of a cmdlet's parameter sets, the default one first.</summary>
    internal static IEnumerable<string> Of(CmdletInfo command) =>
        command.ParameterSets.OrderByDescending(set => set.IsDefault).ThenBy(set => set.Name, StringComparer.Ordinal)
            .Select(set => Wrap(PartsOf(command, set)));

    private static IEnumerable<string> PartsOf(CmdletInfo command, CommandParameterSetInfo set)
    {
        IEnumerable<CommandParameterInfo> own = set.Parameters.Where(parameter => MamlParameters.IsShown(parameter));
        return own.OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)
            .ThenByDescending(parameter => parameter.IsMandatory)
            .ThenBy(parameter => parameter.Name is "WhatIf" or "Confirm")
            .ThenBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(PartOf)
            .Prepend(command.Name);
    }

    private static string PartOf(CommandParameterInfo parameter)
    {
        Type type = MamlParameters.TypeOf(parameter);
        string name = parameter.Position >= 0 ? $"[-{parameter.Name}]" : $"-{parameter.Name}";
        string part = type == typeof(SwitchParameter) ? $"-{parameter.Name}"
            : type.IsEnum ? $"{name} {{{string.Join(" | ", Enum.GetNames(type))}}}"
            : $"{name} <{ShortNameOf(MamlParameters.NameOf(type, isSyntax: true))}>";
        return parameter.IsMandatory ? part : $"[{part}]";
    }

    /// <summary>The names that people use for types.</summary>
    private static string ShortNameOf(string names) => string.Join('|', names.Split('|').Select(name => name switch
    {
        nameof(String) => "string",
        nameof(Int32) => "int",
        nameof(Int64) => "long",
        nameof(Boolean) => "bool",
        "String[]" => "string[]",
        "IDictionary" => "hashtable",
        "IDictionary[]" => "hashtable[]",
        "Int32[]" => "int[]",
        _ => name,
    }));

    private static string Wrap(IEnumerable<string> parts)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string part in parts)
        {
            if (line.Length > 0 && line.Length + 1 + part.Length > Width)
            {
                lines.Add(line);
                line = Indent + part;
            }
            else
            {
                line = line.Length == 0 ? part : $"{line} {part}";
            }
        }

        return string.Join('\n', lines.Append(line));
    }
}
