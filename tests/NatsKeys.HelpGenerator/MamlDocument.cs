using System.Management.Automation;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace NatsKeys.HelpGenerator;

/// <summary>
/// Creates the file that <c>Get-Help</c> reads. The texts come from the pages in <c>docs/cmdlets</c>, which are written by hand and are readable on
/// GitHub. Parameter sets, types, positions and defaults come from the cmdlets themselves, so that they are not written twice.
/// </summary>
internal static class MamlDocument
{
    private const string Rule = "----------";

    private static readonly XNamespace Maml = MamlNames.Maml;
    private static readonly XNamespace Command = MamlNames.Command;
    private static readonly XNamespace Dev = MamlNames.Dev;

    internal static string Write(IEnumerable<(CmdletInfo Command, HelpPage Page)> commands, string? address)
    {
        var root = new XElement(
            MamlNames.Root + "helpItems", new XAttribute("schema", "maml"),
            commands.Select(command => ElementOf(command.Command, command.Page, address)));
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n",
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, settings))
        {
            new XDocument(root).Save(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static XElement ElementOf(CmdletInfo command, HelpPage page, string? address) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", command.Name),
            new XElement(Command + "verb", command.Verb),
            new XElement(Command + "noun", command.Noun),
            MamlNames.Description([page.Synopsis])),
        MamlNames.Description(page.Description.Select(block => block.Marked)),
        new MamlParameters(command, page).Elements(),
        Types("inputTypes", "inputType", page.Inputs),
        Types("returnValues", "returnValue", page.Outputs),
        new XElement(Maml + "alertSet", new XElement(Maml + "alert", Notes(page).Select(MamlNames.Paragraph))),
        new XElement(Command + "examples", page.Examples.Select(ExampleOf)),
        new XElement(
            Command + "relatedLinks",
            LinksOf(page, address)));

    /// <summary>The links. For <c>Get-Help -Online</c>, PowerShell opens the first one.</summary>
    private static IEnumerable<XElement> LinksOf(HelpPage page, string? address) => page.Links
        .Select(link => Link(link, ""))
        .Prepend(string.IsNullOrEmpty(address) ? null : Link("Online version:", $"{address.TrimEnd('/')}/blob/main/docs/cmdlets/{page.Name}.md"))
        .OfType<XElement>();

    private static XElement Link(string text, string uri) =>
        new(Maml + "navigationLink", new XElement(Maml + "linkText", text), new XElement(Maml + "uri", uri));

    private static IEnumerable<string> Notes(HelpPage page) =>
        page.Errors.Select(block => block.Plain).Prepend(page.ErrorIds.Count == 0 ? null : "Errors, by their ids:").OfType<string>();

    private static XElement Types(string outer, string inner, IEnumerable<MarkdownSection> types) => new(
        Command + outer,
        types.Select(type => new XElement(
            Command + inner,
            new XElement(Dev + "type", new XElement(Maml + "name", type.Title)),
            MamlNames.Description(type.Blocks.Select(block => block.Plain)))));

    private static XElement ExampleOf(HelpExample example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", $"{Rule} Example {index + 1}: {example.Title} {Rule}"),
        new XElement(Dev + "code", example.Shown),

        // PowerShell writes no empty line between two examples.
        new XElement(Dev + "remarks", example.Remarks.Append("").Select(MamlNames.Paragraph)));
}
