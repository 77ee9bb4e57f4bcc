using System.Management.Automation;
using System.Security;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NatsKeys.Tests.Help;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>Every cmdlet's output reads well as it comes.</summary>
public class ViewTests(ModuleCommands commands) : ModuleTest, IClassFixture<ModuleCommands>
{
    // The engine itself shows these.
    private static readonly Type[] Basic =
        [typeof(string), typeof(bool), typeof(byte[]), typeof(FileInfo), typeof(DirectoryInfo), typeof(SecureString)];

    private const string Style = "[pscustomobject]@{ OutputRendering = 'Ansi'; Formatting = [pscustomobject]@{ Warning = '<w>'; Error = '<e>' } }";

    [Fact]
    public void Every_output_type_has_a_default_view()
    {
        string folder = Path.Combine(Path.GetDirectoryName(PowerShellSession.ManifestPath)!, "module");
        string[] viewed = [.. XDocument.Load(Path.Combine(folder, "NatsKeys.Format.ps1xml")).Descendants("TypeName").Select(name => name.Value)];
        Type[] given = [.. commands.All.SelectMany(command => command.OutputType).Select(output => output.Type).Distinct()];

        Assert.Contains(given, type => type.Name == "NatsUser");
        Assert.Empty(given.Except(Basic).Select(type => type.FullName!).Except(viewed));
    }

    /// <summary>
    /// What others wrote comes into a view in one way, which spells out what speaks to the terminal. Marks have colours of their own, and none of it.
    /// </summary>
    [Fact]
    public void No_value_comes_into_a_view_as_somebody_wrote_it()
    {
        XElement[] values = [.. Formats.Descendants()
            .Where(element => element.Name == "PropertyName" || element.Name == "ScriptBlock")
            .Where(element => !element.Parent!.Name.LocalName.EndsWith("Condition", StringComparison.Ordinal))];
        Assert.NotEmpty(values);
        Assert.All(values, value => Assert.True(
            value.Value.TrimStart().StartsWith("[NatsKeys.Formatting.ViewFormatter]::Safe(", StringComparison.Ordinal)
                || value.Value.Contains("[NatsKeys.Formatting.ViewMark]::", StringComparison.Ordinal),
            value.ToString()));
    }

    /// <summary>A column of a fixed width stays as it is, so that a view can stream.</summary>
    [Fact]
    public void A_time_fits_into_its_column()
    {
        const int time = 23;
        XElement[] tables = [.. Formats.Descendants("TableControl").Where(table => table.Descendants("Width").Any())];
        Assert.NotEmpty(tables);
        foreach (XElement table in tables)
        {
            int?[] widths = [.. table.Descendants("TableColumnHeader").Select(header => (int?)header.Element("Width"))];
            int rest = 120 - widths.Sum(width => width ?? 0) - (widths.Length - 1);
            foreach ((XElement cell, int? width) in table.Descendants("TableColumnItem").Zip(widths))
            {
                Assert.True(!cell.Value.Contains("::Date(", StringComparison.Ordinal) || (width ?? rest) >= time, cell.ToString());
            }
        }
    }

    [Fact]
    public void Long_names_leave_room_for_the_state_and_the_expiry_of_a_user()
    {
        Run(
            """
            $a = New-NatsOperator O -Store (New-NatsStore -InMemory) | New-NatsAccount production-europe-west-telemetry-ingest-001
            $u = $a | Add-NatsSigningKey -Role industrial-temperature-sensor-gateway -AllowPublish x |
                New-NatsUser sensor-gateway-hall-northwest-0001 -Expires 2099-01-31
            """);
        string shown = Session.RunText("$u");
        Assert.Matches(@"sensor-gateway-hall-northwest-0001 production-…-ingest-001 industria…r-gateway +Signed +2099-01-31 00:00:00 UTC", shown);
    }

    [Theory]
    [InlineData("Get-NatsExport -Account $from", "Account +Type +Subject +Access")]
    [InlineData("Get-NatsImport -Account $to", "Account +Type +Subject +LocalSubject +From")]
    [InlineData("Get-NatsSubjectMapping -Account $from", "Account +Subject +To +Weight")]
    public void Long_names_and_subjects_leave_room_for_the_columns_that_follow(string script, string columns)
    {
        Run(
            """
            $o = New-NatsOperator O -Store (New-NatsStore -InMemory)
            $from = $o | New-NatsAccount production-europe-west-telemetry-ingest-001
            $to = $o | New-NatsAccount production-europe-west-billing-and-invoices-001
            $from | Add-NatsExport telemetry.sensors.temperature.hall-northwest.production-line-12.> Stream
            $to | Add-NatsImport telemetry.sensors.temperature.hall-northwest.production-line-12.> -From $from `
                -LocalSubject mirrored.telemetry.sensors.temperature.hall-northwest.line-12.>
            $from | Add-NatsSubjectMapping telemetry.sensors.temperature.hall-northwest.production-line-12.old `
                -To telemetry.sensors.temperature.hall-northwest.production-line-12.new -Weight 50
            """);
        string text = Session.RunText(script);
        Assert.Matches(columns, text);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, Session.Columns));
    }

    private static readonly XDocument Formats = XDocument.Load(
        Path.Combine(Path.GetDirectoryName(PowerShellSession.ManifestPath)!, "module", "NatsKeys.Format.ps1xml"));

    // What stands in columns that are not names. All others have long names.
    private static readonly string Cells =
        """
        @{
            State = 'Expired'; Expires = [DateTimeOffset]'2099-01-31Z'; RequireSigningKeys = $true; MaxConnections = 1000000; HasSeed = $true
            PublicKey = 'A' * 56; Severity = 'Warning'; Rule = 'subject.partial-wildcard'; Type = 'service'; Access = 'private'; Weight = 100
            At = [DateTimeOffset]'2099-01-31Z'; Since = [DateTimeOffset]'2099-01-31Z'; Time = [DateTimeOffset]'2099-01-31Z'; Tier = 'R3'
            MaxDisk = 1023GB; MaxMemory = 1023MB; MaxStreams = 100000; MaxConsumers = 1000000; Order = 10; Version = '2.15.1'; Users = 300
            Outcome = 'Unchanged'; Kind = 'Export'; Id = 123456; Standing = 'UnknownAccount'; Change = 'Granted'; IsAllowed = $false
            HoldsSeeds = $true; Revision = 12345678; Action = 'Changed'; Disconnected = 300; Recipe = 'Request'; Depth = 2
        }
        """;

    public static TheoryData<string, int> Tables
    {
        get
        {
            var tables = new TheoryData<string, int>();
            foreach (XElement view in Formats.Descendants("View").Where(view => view.Element("TableControl") is not null))
            {
                string type = view.Descendants("TypeName").First().Value;
                tables.Add(type, 120);

                // A view that streams cannot know what comes: its columns are made for 120 characters, and a time fits into one of them.
                if (!view.Descendants("Width").Any())
                {
                    tables.Add(type, 80);
                }
            }

            return tables;
        }
    }

    /// <summary>
    /// PowerShell leaves out the columns for which a line has no room, and says nothing. One row has a long name where the next one has a short one.
    /// </summary>
    [Theory]
    [MemberData(nameof(Tables))]
    public void Names_of_sixty_characters_leave_room_for_every_column(string type, int columns)
    {
        XElement view = Formats.Descendants("View")
            .First(view => view.Element("TableControl") is not null && view.Descendants("TypeName").Any(name => name.Value == type));
        string[] labels = [.. view.Descendants("TableColumnHeader").Select(header => header.Element("Label")!.Value)];
        Session.Columns = columns;
        string script =
            $$"""
            $width = [NatsKeys.Formatting.ViewFormatter].GetProperty('Width', [Reflection.BindingFlags]'NonPublic, Static')
            $width.SetValue($null, {{columns}})
            $cells = {{Cells}}
            $type = '{{type}}'
            $computed = (Get-TypeData "Deserialized.$type").Members.Keys
            $name = 'production-europe-west.telemetry-ingest_and-processing-0001x'
            foreach ($turn in 0, 1) {
                $row = [ordered]@{ PSTypeName = "Deserialized.$type" }
                $at = 0
                foreach ($label in '{{string.Join("', '", labels)}}') {
                    $text = $at++ % 2 -eq $turn ? $name : 'ann'
                    if ($label -in $computed) { continue }
                    $row[$label] = $cells[$label] ?? (
                        $label -eq 'Server' -and $type -match 'Connection|Disconnect|Effective' ? @{ Name = $text } :
                        $label -eq 'Proposed' ? @{ AllowSubscribe = $text } : $text)
                }
                [pscustomobject] $row
            }
            """;
        string text;
        try
        {
            text = Session.RunText(script);
        }
        finally
        {
            // The width is that of the thread, on which other tests run afterwards.
            Session.Run("$width.SetValue($null, $null)");
        }

        string[] lines = [.. text.Split('\n').Select(line => line.TrimEnd())];
        Assert.Contains(lines, line => Regex.IsMatch(line, $"^{string.Join(" +", labels)}$"));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, columns));
    }

    /// <summary>What a view shows as a time, a size or a limit sorts as one. A limit is a number or a word that compares with numbers.</summary>
    [Fact]
    public void What_a_view_formats_is_a_value_that_sorts()
    {
        var wrong = new List<string>();
        int seen = 0;
        foreach (XElement view in Formats.Descendants("View").Where(view => view.Element("CustomControl") is null))
        {
            string[] own = [.. view.Element("ViewSelectedBy")!.Elements("TypeName").Select(name => name.Value)
                .Where(type => !type.StartsWith("Deserialized.", StringComparison.Ordinal))];
            foreach ((string label, _) in Labels(view).Where(pair => Regex.IsMatch(pair.Item2, "::(Date|Expiry|Size|Limit|Percent|Milliseconds)[(]")))
            {
                seen++;
                wrong.AddRange(own
                    .Where(type => !LanguagePrimitives.IsTrue(commands.Session.Run(
                        $"$p = [{type}].GetProperty('{label}').PropertyType; $v = [Nullable]::GetUnderlyingType($p) ?? $p; "
                            + "$v -in $null, [object] -or ($v -ne [string] -and $v.GetInterface('IComparable') -ne $null)").Single))
                    .Select(type => $"{type}.{label}"));
            }
        }

        Assert.True(seen > 30);
        Assert.Empty(wrong);
    }

    /// <summary>
    /// What stands in a column or beside a label can be selected, filtered and sorted by that name. Objects of files and jobs have the same views.
    /// </summary>
    [Fact]
    public void Every_label_of_a_view_is_a_property_that_the_view_shows()
    {
        // The depth of a tree is how far its first column stands to the right, and what is not signed does not expire.
        string[] beside = ["Usage: Depth", "Expires: SignedBy"];
        var wrong = new List<string>();
        foreach (XElement view in Formats.Descendants("View").Where(view => view.Element("CustomControl") is null))
        {
            string[] types = [.. view.Element("ViewSelectedBy")!.Elements("TypeName").Select(name => name.Value)];
            string[] own = [.. types.Where(type => !type.StartsWith("Deserialized.", StringComparison.Ordinal))];
            Assert.Equal(own.Select(type => $"Deserialized.{type}"), types.Except(own));
            foreach ((string label, string script) in Labels(view))
            {
                string[] read = [.. Regex.Matches(script, @"\$_\.(\w+)").Select(match => match.Groups[1].Value).Distinct()];
                wrong.AddRange(read.Where(name => name != label && !beside.Contains($"{label}: {name}")).Append(read.Contains(label) ? null : label)
                    .OfType<string>()
                    .Select(name => $"{view.Element("Name")!.Value}: {label} shows {name}"));
                wrong.AddRange(own.Where(type => label != "UsedFor" && !commands.Session.Run(
                    $"'{label}' -in @([{type}].GetProperties().Name; (Get-TypeData {type}).Members.Keys)").Single.BaseObject.Equals(true))
                    .Select(type => $"{type} has no {label}"));
            }
        }

        Assert.Empty(wrong);
    }

    private static IEnumerable<(string Label, string Script)> Labels(XElement view) =>
        view.Descendants("TableColumnHeader")
            .Zip(view.Descendants("TableColumnItem"), (header, item) => (header.Element("Label")!.Value, item.Element("ScriptBlock")!.Value))
            .Concat(view.Descendants("ListItem").Select(item => (item.Element("Label")!.Value, item.Element("ScriptBlock")!.Value)))
            .Concat(view.Elements("GroupBy").Select(group => (group.Element("Label")!.Value, group.Element("ScriptBlock")!.Value)));

    [Theory]
    [InlineData("$u | Format-List | Out-String")]
    [InlineData("$u | Format-Table | Out-String")]
    [InlineData("$a, $o | Format-List | Out-String")]
    [InlineData("Get-NatsExport -Account A | Out-String")]
    [InlineData("Get-NatsExport -Account A | Format-List | Out-String")]
    [InlineData("Test-NatsStore -Detailed | Out-String")]
    [InlineData("$u.Jwt | ConvertFrom-NatsJwt | Out-String")]
    [InlineData("($u.Jwt | ConvertFrom-NatsJwt).Claims | Out-String")]
    [InlineData("$a.Claims, $a.Claims.Exports | Out-String")]
    [InlineData("Test-NatsStore -Detailed | ForEach-Object ToString")]
    [InlineData("$a.Jwt | Test-NatsJwt -Detailed | ForEach-Object { \"$_ $($_.Findings)\" }")]
    [InlineData("Get-NatsRevocation -Account A | ForEach-Object ToString")]
    [InlineData("ConvertTo-NatsDiagram")]
    [InlineData("Test-NatsStore -Detailed | ConvertTo-NatsReport -Format Sarif")]
    [InlineData("Test-NatsStore -Detailed | ConvertTo-NatsReport -Format JUnit")]
    [InlineData("$lent.NATSKEYS_STORE = \"/x/$odd\"; try { Get-NatsAccount -ErrorAction Stop } catch { \"$_ $($_.TargetObject) "
        + "$($_.Exception.Path)\" }")]
    [InlineData("(TabExpansion2 'Set-NatsAccount A -RemoveTag ').CompletionMatches | ForEach-Object { $_.ListItemText, $_.ToolTip, "
        + "$_.CompletionText }")]
    [InlineData("\"$a $($a.Claims) $(Get-NatsExport -Account A)\"")]
    [InlineData("try { Get-NatsUser \"$odd\" -Account A -ErrorAction Stop } catch { \"$_ $($_.TargetObject)\" }")]
    [InlineData("New-NatsAccount \"x$odd\" -WhatIf -ErrorVariable e -ErrorAction SilentlyContinue; \"$e\"")]
    [InlineData("Set-NatsUser U -Account A -AddTag \"t$odd\" -WarningVariable w -WarningAction SilentlyContinue; \"$w\"")]
    public void What_others_wrote_does_not_speak_to_the_terminal(string script)
    {
        Run(
            """
            $odd = "`e[31m`a`u{202e}`u{200b}`u{3164}`u{a0}"
            $o = New-NatsOperator O -Tag "o$odd"
            $a = $o | New-NatsAccount A -Tag "a$odd"
            $a | Add-NatsExport 'x.>' -Type service -Name "n$odd" -Description "about$odd" | Out-Null
            $u = $a | New-NatsUser U -Tag "u$odd"
            $a = Get-NatsAccount A
            """);
        RunResult result = RunToEnd($"$PSStyle.OutputRendering = 'PlainText'; {script}");
        Assert.DoesNotContain(result.AllText, character => character is '\u001b' or '\a' or '\u202e' or '\u200b' or '\u3164' or '\u00a0');
    }

    [Theory]
    [InlineData("Of('Signed'", "Signed")]
    [InlineData("Of('Modified'", "<w>Modified\u001b[0m")]
    [InlineData("Of('Untrusted'", "<e>Untrusted\u001b[0m")]
    [InlineData("Of([NatsKeys.Rules.FindingSeverity]::Warning", "<w>Warning\u001b[0m")]
    [InlineData("Of([NatsKeys.Rules.FindingSeverity]::Advice", "Advice")]
    [InlineData("Of([NatsKeys.Server.ServerOutcome]::Refused", "<e>Refused\u001b[0m")]
    [InlineData("Of($false", "<e>False\u001b[0m")]
    [InlineData("Of($true", "True")]
    [InlineData("Expiry($null", "Never")]
    [InlineData("Expiry('2001-02-03 04:05:06Z'", "<e>2001-02-03 04:05:06 UTC\u001b[0m")]
    [InlineData("Expiry('9001-02-03 04:05:06Z'", "9001-02-03 04:05:06 UTC")]
    public void What_needs_a_look_stands_out(string call, string expected) =>
        Assert.Equal(expected, commands.Session.Run($"[NatsKeys.Formatting.ViewMark]::{call}, {Style})").Single.BaseObject);

    [Fact]
    public void An_expiry_within_a_month_stands_out() =>
        Assert.StartsWith("<w>",
            (string)commands.Session.Run($"[NatsKeys.Formatting.ViewMark]::Expiry([DateTimeOffset]::UtcNow.AddDays(20), {Style})").Single.BaseObject,
            StringComparison.Ordinal);

    [Fact]
    public void A_session_without_colours_gets_the_bare_words() =>
        Assert.Equal("Expired",
            commands.Session.Run("[NatsKeys.Formatting.ViewMark]::Of('Expired', $null)").Single.BaseObject);
}
