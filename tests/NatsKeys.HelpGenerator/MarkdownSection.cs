using System.Text;

namespace NatsKeys.HelpGenerator;

/// <summary>A section of a page: its heading, its blocks, and its subsections.</summary>
/// <param name="Title">The heading.</param>
internal sealed record MarkdownSection(string Title)
{
    private const string Fence = "```";

    internal List<MarkdownBlock> Blocks { get; } = [];

    internal List<MarkdownSection> Sections { get; } = [];

    /// <summary>Gets this section and all sections below it.</summary>
    internal IEnumerable<MarkdownSection> All => Sections.SelectMany(section => section.All).Prepend(this);

    /// <summary>Parses a page. It supports the Markdown that the pages use: headings, paragraphs, flat lists, tables and fenced code.</summary>
    internal static MarkdownSection Parse(string text)
    {
        var root = new MarkdownSection("");
        var open = new List<MarkdownSection> { root };
        var block = new StringBuilder();
        MarkdownBlockKind kind = MarkdownBlockKind.Paragraph;
        string language = "";
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            bool inCode = kind == MarkdownBlockKind.Code;
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                End();
                kind = inCode ? MarkdownBlockKind.Paragraph : MarkdownBlockKind.Code;
                language = inCode ? "" : line[Fence.Length..].Trim();
            }
            else if (inCode)
            {
                block.Append(line).Append('\n');
            }
            else if (line.Length == 0)
            {
                End();
                kind = MarkdownBlockKind.Paragraph;
            }
            else if (line.TrimStart('#') is var title && title.Length < line.Length)
            {
                End();
                Open(new MarkdownSection(title.Trim()), line.Length - title.Length);
            }
            else if (line[0] == '|')
            {
                if (kind != MarkdownBlockKind.Table)
                {
                    End();
                    kind = MarkdownBlockKind.Table;
                }

                block.Append(line).Append('\n');
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                End();
                kind = MarkdownBlockKind.Item;
                block.Append(line[2..]);
            }
            else
            {
                block.Append(block.Length == 0 ? "" : " ").Append(line.Trim());
            }
        }

        End();
        return root.Sections.Single();

        void End()
        {
            if (block.Length > 0)
            {
                open[^1].Blocks.Add(new MarkdownBlock(kind, block.ToString().TrimEnd('\n'), language));
                block.Clear();
            }
        }

        void Open(MarkdownSection section, int level)
        {
            open.RemoveRange(level, open.Count - level);
            open[^1].Sections.Add(section);
            open.Add(section);
        }
    }
}
