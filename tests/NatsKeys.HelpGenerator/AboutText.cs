using System.Text;

namespace NatsKeys.HelpGenerator;

/// <summary>Makes the text file of a topic that <c>Get-Help about_…</c> shows.</summary>
internal sealed class AboutText
{
    private const int Columns = 80;
    private const string Margin = "    ";
    private readonly StringBuilder text = new();

    private AboutText()
    {
    }

    /// <summary>The name of the file that PowerShell searches for.</summary>
    internal static string FileNameOf(string topic) => topic + ".help.txt";

    internal static string Write(AboutPage page)
    {
        var topic = new AboutText();
        topic.Head("TOPIC", page.Name);
        topic.Head("SHORT DESCRIPTION", page.Synopsis);
        topic.text.Append("LONG DESCRIPTION\n");
        topic.Add(page.Introduction);
        foreach (MarkdownSection section in page.Sections)
        {
            topic.text.Append("  ").Append(section.Title).Append("\n\n");
            topic.Add(section.Blocks);
        }

        topic.text.Append("SEE ALSO\n");
        foreach (string link in page.SeeAlso)
        {
            topic.Wrap(link, Margin, Margin);
        }

        return topic.text.ToString();
    }

    private void Head(string title, string content)
    {
        text.Append(title).Append('\n');
        Wrap(content, Margin, Margin);
        text.Append('\n');
    }

    private void Add(IEnumerable<MarkdownBlock> all)
    {
        MarkdownBlock[] blocks = [.. all.Where(block => block.Language != MarkdownBlock.Setup)];
        for (int index = 0; index < blocks.Length; index++)
        {
            Add(blocks[index]);

            // The items of a list are not separated by empty lines.
            if (blocks[index].Kind != MarkdownBlockKind.Item || index + 1 == blocks.Length || blocks[index + 1].Kind != MarkdownBlockKind.Item)
            {
                text.Append('\n');
            }
        }
    }

    private void Add(MarkdownBlock block)
    {
        switch (block.Kind)
        {
            case MarkdownBlockKind.Code:
                foreach (string line in block.Text.Split('\n'))
                {
                    text.Append(line.Length == 0 ? "" : Margin + Margin).Append(line).Append('\n');
                }

                break;
            case MarkdownBlockKind.Item:
                Wrap(block.Marked, Margin, Margin + "  ");
                break;
            case MarkdownBlockKind.Table:
                AddTable(block.Rows);
                break;
            default:
                Wrap(block.Plain, Margin, Margin);
                break;
        }
    }

    /// <summary>
    /// Writes a table as paragraphs, because sentences do not fit into the columns of a console. Each row becomes its first cell, with the others
    /// below it.
    /// </summary>
    private void AddTable(IReadOnlyList<string[]> rows)
    {
        string separator = "";
        foreach (string[] row in rows.Skip(1))
        {
            text.Append(separator);
            separator = "\n";
            Wrap(MarkdownBlock.PlainOf(row[0]), Margin, Margin);
            foreach ((string title, string cell) in rows[0].Zip(row).Skip(1).Where(pair => pair.Second.Length > 0))
            {
                // The second of two columns needs no name.
                Wrap((row.Length == 2 ? "" : title + ": ") + MarkdownBlock.PlainOf(cell), Margin + Margin,
                    Margin + Margin + (row.Length == 2 ? "" : "  "));
            }
        }
    }

    private void Wrap(string words, string first, string next)
    {
        string line = first;
        bool isEmpty = true;
        foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Columns)
            {
                text.Append(line).Append('\n');
                line = next;
                isEmpty = true;
            }

            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }

        text.Append(line).Append('\n');
    }
}
