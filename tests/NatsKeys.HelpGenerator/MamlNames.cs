using System.Xml.Linq;

namespace NatsKeys.HelpGenerator;

/// <summary>The namespaces and common elements of help files.</summary>
internal static class MamlNames
{
    internal static readonly XNamespace Root = "http://msh";
    internal static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    internal static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    internal static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    internal static XElement Paragraph(string text) => new(Maml + "para", text);

    internal static XElement Description(IEnumerable<string> paragraphs) => new(Maml + "description", paragraphs.Select(Paragraph));
}
