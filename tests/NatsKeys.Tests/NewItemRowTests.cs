using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>Rows of tables, existing items and subjects become exports, imports and mappings. Nothing that a row says is ignored.</summary>
public sealed class NewItemRowTests : ModuleTest
{
    private const string Clear =
        "; Get-NatsImport | Remove-NatsImport; Get-NatsExport | Remove-NatsExport -WarningAction Ignore; "
            + "Get-NatsSubjectMapping | Remove-NatsSubjectMapping; ";

    public NewItemRowTests() => Run(
        """
        $o = New-NatsOperator O
        $a = $o | New-NatsAccount A
        $b = $o | New-NatsAccount B
        $a | Add-NatsExport e.> Service -Private -LatencySubject late -LatencySampling Headers -ResponseThreshold 5s -Description 'two words'
        $a | Add-NatsExport f.*.> Stream -AccountTokenPosition 2
        $a | Add-NatsExport g.> Stream -Name gee
        $b | Add-NatsImport g.> -From A -LocalSubject one.> -AllowTrace
        $b | Add-NatsImport e.> -From A -Share -InformationAction Ignore
        $a | Add-NatsSubjectMapping m -To x -Weight 20
        $a | Add-NatsSubjectMapping m -To y -Weight 30 -Cluster c
        function row([hashtable] $columns) { [pscustomobject] $columns }
        """);

    /// <summary>What the Get cmdlet shows, and what a file keeps of it, is added again as it was.</summary>
    [Theory]
    [InlineData("Get-NatsExport", "Add-NatsExport")]
    [InlineData("Get-NatsImport", "Add-NatsImport")]
    [InlineData("Get-NatsSubjectMapping", "Add-NatsSubjectMapping")]
    public void A_table_of_what_there_was_adds_it_again(string get, string add)
    {
        string Shown() => (string)Value($"{get} | Select-Object * -ExcludeProperty ActivationExpires | Sort-Object Subject, To | ConvertTo-Json")!;
        string before = Shown();
        string only = get == "Get-NatsImport" ? "; Get-NatsImport | Remove-NatsImport; " : Clear;
        Run($"{get} | Export-Csv items.csv; $items = @({get}){only}Import-Csv items.csv | {add} -InformationAction Ignore");
        Assert.Equal(before, Shown());
        Run($"{only.TrimStart(';', ' ')}$items | {add} -InformationAction Ignore");
        Assert.Equal(before, Shown());
    }

    [Theory]
    [InlineData("'in.a', 'in.b' | Add-NatsExport -Account B -Type Stream", "\"$((Get-NatsExport -Account B).Subject)\" -eq 'in.a in.b'")]
    [InlineData("'in.a', 'in.b' | Add-NatsSubjectMapping -Account B -To out", "\"$((Get-NatsSubjectMapping -Account B).Subject)\" -eq 'in.a in.b'")]
    [InlineData("'g.b' | Add-NatsImport -Account B -From A", "(Get-NatsImport g.b).From -eq 'A'")]
    [InlineData("'A', 'B' | Add-NatsExport h.> Stream", "@(Get-NatsExport h.>).Count -eq 2")]
    [InlineData("'A', 'B' | Add-NatsSubjectMapping h -To i", "@(Get-NatsSubjectMapping h).Count -eq 2")]
    [InlineData("row @{ Subject = 'h.>'; Type = 'Stream' } | Add-NatsExport -Account B", "(Get-NatsExport h.>).Account -eq 'B'")]
    [InlineData("row @{ Account = 'B' } | Add-NatsExport h.> Stream", "(Get-NatsExport h.>).Account -eq 'B'")]
    [InlineData("row @{ Account = 'B'; Subject = 'h.>' } | Add-NatsExport -Type Stream -Private", "(Get-NatsExport h.>).IsPrivate")]
    [InlineData("row @{ Account = 'B'; Subject = 'h.>'; Type = 'stream'; Private = 'true' } | Add-NatsExport", "(Get-NatsExport h.>).IsPrivate")]
    [InlineData("row @{ Account = 'B'; Subject = 'h.>'; Type = 'stream'; Access = 'private' } | Add-NatsExport", "(Get-NatsExport h.>).IsPrivate")]
    [InlineData("row @{ Account = 'B'; Subject = 'h.>'; Type = 'stream'; Access = 'Public' } | Add-NatsExport",
        "-not (Get-NatsExport h.>).IsPrivate")]
    [InlineData("Get-NatsExport -Account A | Add-NatsExport -Account B", "@(Get-NatsExport -Account B | Where-Object IsPrivate).Count -eq 1")]
    [InlineData("Get-NatsExport g.> | Add-NatsImport -Account A -Subject g.x -WhatIf", "@(Get-NatsImport g.x -ErrorAction Ignore).Count -eq 0")]
    public void What_is_piped_is_added(string script, string outcome)
    {
        Run(script);
        Holds(outcome);
    }

    [Theory]
    [InlineData("'in.a' | Add-NatsExport -Account B", "'in.a'", "-Type")]
    [InlineData("'in.a' | Add-NatsSubjectMapping -Account B", "'in.a'", "-To")]
    [InlineData("row @{ Subjct = 'z'; Type = 'Stream' } | Add-NatsExport -Account B", "'a table row", "'Subject'")]
    public void An_error_names_the_row_and_what_it_lacks(string script, string row, string lacks)
    {
        string said = Reports("InvalidClaims", script);
        Assert.Contains(row, said, StringComparison.Ordinal);
        Assert.Contains(lacks, said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_be_added_has_its_subject() => Assert.Contains(
        "Export the stream 'h.>' and sign",
        Session.RunText("row @{ Account = 'B'; Subject = 'h.>'; Type = 'Stream' } | Add-NatsExport -WhatIf"), StringComparison.Ordinal);

    [Theory]
    [InlineData("'in.a' | Add-NatsExport -Type Stream", "-Account")]
    [InlineData("'in.a' | Add-NatsExport x.> Stream -Account A", "'in.a'")]
    [InlineData("row @{ Account = 'A'; Type = 'Stream' } | Add-NatsExport", "'Subject'")]
    [InlineData("row @{ Account = 'A'; Subject = 'x' } | Add-NatsExport", "'Type'")]
    [InlineData("row @{ Account = 'A'; Subject = 'x'; Type = 'Stream'; Privat = 'true' } | Add-NatsExport", "'Private'")]
    [InlineData("row @{ Account = 'A'; Subject = 'x'; Type = 'Stream'; IsPrivate = 'perhaps' } | Add-NatsExport", "perhaps")]
    [InlineData("row @{ Account = 'A'; Subject = 'x'; Type = 'Stream'; Access = 'secret' } | Add-NatsExport", "'Access'")]
    [InlineData("row @{ Account = 'A'; Subject = 'x'; Type = 'Stream'; Access = 'private'; IsPrivate = 'False' } | Add-NatsExport", "'Access'")]
    [InlineData("row @{ Account = 'A'; Subject = 'x'; Type = 'Stream'; Details = 'traced' } | Add-NatsExport", "'Details'")]
    [InlineData("Get-NatsExport g.> -Account A | Select-Object Account, Subject, @{ n = 'Access'; e = { 'other' } } | Set-NatsExport", "'Access'")]
    [InlineData("row @{ Account = 'A'; Subject = 'x' } | Add-NatsSubjectMapping", "'To'")]
    [InlineData("row @{ Account = 'A'; Subject = 'x'; To = 'y'; Weight = 'many' } | Add-NatsSubjectMapping", "many")]
    [InlineData("row @{ Account = 'A'; Subject = 'x'; To = 'y'; Weight = 700 } | Add-NatsSubjectMapping", "700")]
    [InlineData("row @{ Account = 'B'; Subject = 'g.y' } | Add-NatsImport", "'From'")]
    [InlineData("Get-NatsImport g.> | Add-NatsExport", "NatsImport")]
    [InlineData("Get-Item . | Add-NatsExport x Stream -Account A", "DirectoryInfo")]
    [InlineData("Get-NatsSubjectMapping m -Account A | Select-Object -First 1 | Add-NatsImport -From A", "NatsSubjectMapping")]
    public void What_a_row_does_not_say_is_an_error_that_says_it(string script, string text)
    {
        string[] before = Snapshot();
        Assert.Contains(text, Reports("InvalidClaims", script), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("Add-NatsSubjectMapping -Account A,B x.a y.a")]
    [InlineData("Add-NatsExport x.> Stream -Account A,B")]
    [InlineData("Remove-NatsExport g.> -Account A,B")]
    [InlineData("Add-NatsImport g.> -From A -Account A,B")]
    [InlineData("Add-NatsSigningKey -Account A,B -Role r")]
    public void Several_accounts_are_piped(string script) => Assert.Contains("pipe them", Ends(script).Message, StringComparison.Ordinal);

    /// <summary>The errors of a table of a thousand rows are of no use if they name none of them.</summary>
    [Theory]
    [InlineData("Account,Subject,Type,Private", "A,x,Stream,perhaps", "Add-NatsExport")]
    [InlineData("Account,Subject,Type,ResponseThreshold", "A,x,Service,soon", "Add-NatsExport")]
    [InlineData("Account,Subject,Type", "A,x,Streem", "Add-NatsExport")]
    [InlineData("Account,From,Subject,Share", "B,A,x,perhaps", "Add-NatsImport")]
    [InlineData("Account,Subject,To,Weight", "A,x,y,much", "Add-NatsSubjectMapping")]
    [InlineData("Account,Subject,Type", "A,x,Streem", "Remove-NatsExport")]
    public void A_wrong_cell_names_its_row(string columns, string cells, string taker) => Assert.Matches(
        "(^|\\W)'x'", Session.Run($"'{columns}', '{cells}' | ConvertFrom-Csv | {taker}").Errors.Select(error => error.ToString()).Single());

    [Theory]
    [InlineData("Name;Account", "New-NatsUser")]
    [InlineData("Name;Account", "Set-NatsUser -Tag x")]
    [InlineData("Name;Account", "Get-NatsUser")]
    [InlineData("Name;Account", "New-NatsAccount")]
    [InlineData("Account;Subject", "Add-NatsExport")]
    [InlineData("Account;Subject", "Add-NatsImport")]
    [InlineData("Account;Subject", "Add-NatsSubjectMapping")]
    [InlineData("Account;Subject", "Remove-NatsExport")]
    [InlineData("Revoked;Account", "Add-NatsRevocation")]
    public void A_table_that_is_separated_by_semicolons_says_so(string columns, string taker)
    {
        RunResult result = Session.Run($"'{columns}', 'x;A' | ConvertFrom-Csv | {taker}");
        Assert.Empty(result.Output);
        Assert.Contains("Import-Csv -Delimiter ';'", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }
}
