using System.Text.RegularExpressions;

namespace NatsKeys.Core.Tests;

/// <summary>
/// Neither library speaks of PowerShell, in a message or in a comment: programs with another face use them, too. What users of the cmdlets can do
/// is said where the cmdlets are, by rules and remedies.
/// </summary>
public sealed partial class SourceWordsTests
{
    [Fact]
    public void No_source_of_the_libraries_names_a_cmdlet_or_a_parameter_or_anything_else_of_PowerShell()
    {
        string[] found =
        [
            .. from project in (string[])["NatsKeys.Core", "NatsKeys.Stores"]
               from file in Directory.GetFiles(Repository.At("src", project), "*.cs", SearchOption.AllDirectories)
               where !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
               from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
               from Match word in Words().Matches(line.Text)
               select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Number}: {word.Value}",
        ];
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("$\"Create a store with New-NatsStore.\"", "New-NatsStore")]
    [InlineData("// What Rename-NatsUser does.", "Rename-NatsUser")]
    [InlineData("\"To change a name, use the Rename- cmdlets.\"", "Rename- ")]
    [InlineData("$\"Use {(isMany ? \"-Recurse\" : \"-Force\")}.\"", "-Recurse")]
    [InlineData("\"add a key (-SigningKey)\"", "-SigningKey")]
    [InlineData("+ \"-Account.\"", "-Account")]
    [InlineData("/// <summary>The cmdlet asks.</summary>", "cmdlet")]
    [InlineData("// As PowerShell shows it.", "PowerShell")]
    [InlineData("using System.Management.Automation;", "Management.Automation")]
    [InlineData("error.GetType().Name == \"PipelineStoppedException\"", "PipelineStopped")]
    [InlineData("// Under -WhatIf nothing is written.", "-WhatIf")]
    [InlineData("// The next change of a pipeline.", "pipeline")]
    [InlineData("\"Repeat the command.\"", "the command")]
    [InlineData("is registered in this session", "this session")]
    [InlineData("is known to this module", "this module")]
    [InlineData("How the <c>nats</c> command connects.", null)]
    [InlineData("KeySourceKind.Command,", null)]
    [InlineData("int next = Array.FindLastIndex(steps, step => step.IsDone) - 1;", null)]
    [InlineData("\"-ERR 'Permissions Violation'\"", null)]
    [InlineData("// Non-ASCII text, as of RFC-Editor.", null)]
    public void Such_a_line_has_such_a_word(string line, string? word) =>
        Assert.Equal(word, Words().Match(line) is { Success: true } match ? match.Value : null);

    [GeneratedRegex(
        """
        \b[A-Z][a-zA-Z]+-Nats[A-Z]\w*
        | \b(Add|Get|New|Remove|Rename|Set|Test|Update)-[ ]
        | (?<![\w)-])-(?![A-Z]+\b)[A-Z][A-Za-z]+
        | [Cc]mdlet | PowerShell | pwsh | Management\.Automation | PSObject | PipelineStopped | ErrorRecord | RuntimeException
        | [Tt]his[ ]module | \b[Tt]he[ ]module | [Tt]his[ ]session\b | ([Tt]h(e|is|at)|one|same|next|every|each)[ ]command\b | \b[Pp]ipelines?\b
        | [Ss]cript[ ]?[Bb]lock | WhatIf | ShouldProcess | [Rr]unspace
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Words();
}
