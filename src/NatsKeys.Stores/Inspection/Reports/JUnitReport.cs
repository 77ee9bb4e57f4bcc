using System.Globalization;
using System.Text;
using System.Xml;

namespace NatsKeys.Inspection;

/// <summary>
/// Writes JUnit XML: one suite with a failed test for each finding. Some build servers treat a suite without tests as an error, so there is always a
/// test.
/// </summary>
internal static class JUnitReport
{
    private const string Suite = "NatsKeys";

    private static readonly XmlWriterSettings Settings = new()
    {
        Indent = true,
        NewLineChars = "\n",
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };

    public static string Write(IReadOnlyList<ReportEntry> entries, DateTimeOffset now)
    {
        using var text = new MemoryStream();
        using (var xml = XmlWriter.Create(text, Settings))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Suite);
            WriteNumber(xml, "tests", Math.Max(entries.Count, 1));
            WriteNumber(xml, "failures", entries.Count);
            WriteNumber(xml, "errors", 0);
            WriteNumber(xml, "skipped", 0);
            xml.WriteAttributeString("time", "0");
            xml.WriteAttributeString("timestamp", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
            foreach (ReportEntry entry in entries)
            {
                WriteFailure(xml, entry);
            }

            if (entries.Count == 0)
            {
                WriteTest(xml, "store", "no findings");
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    private static void WriteFailure(XmlWriter xml, ReportEntry entry)
    {
        WriteTest(xml, entry.Entity, entry.Rule.Name);
        if (entry.Place.File is { } file)
        {
            xml.WriteAttributeString("file", ReportEntry.Printable(file));
        }

        xml.WriteStartElement("failure");
        xml.WriteAttributeString("type", entry.Finding.Severity.ToString());
        xml.WriteAttributeString("message", entry.Message);
        string place = ReportEntry.Printable(entry.Place.ToString());
        xml.WriteString(string.Join('\n', new[] { entry.Message, entry.Finding.Advice, place }.Where(line => !string.IsNullOrEmpty(line))));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteTest(XmlWriter xml, string entity, string rule)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", $"{Suite}: {entity}");
        xml.WriteAttributeString("name", rule);
        xml.WriteAttributeString("time", "0");
    }

    private static void WriteNumber(XmlWriter xml, string name, int number) =>
        xml.WriteAttributeString(name, number.ToString(CultureInfo.InvariantCulture));
}
