namespace NatsKeys.Tests;

/// <summary>
/// Rows of tables name what accounts state: exports, imports, mappings and limits. What a row says of no item is an error, and nothing is removed.
/// </summary>
public sealed class ItemRowTests : ModuleTest
{
    public ItemRowTests() => Run(
        """
        $o = New-NatsOperator O
        $a = $o | New-NatsAccount A
        $b = $o | New-NatsAccount B
        $a | Add-NatsExport e.> Stream
        $a | Add-NatsExport e.> Service
        $a | Add-NatsExport f.> Stream
        $b | Add-NatsImport f.> -From A -LocalSubject one.>
        $a | Add-NatsSubjectMapping m -To x -Weight 20
        $a | Add-NatsSubjectMapping m -To y -Weight 20
        $a | Set-NatsJetStreamLimit R1 -MaxDisk 1gb
        $a | Set-NatsJetStreamLimit R3 -MaxDisk 2gb
        $b | Set-NatsJetStreamLimit -MaxDisk 1gb
        function row([hashtable] $columns) { [pscustomobject] $columns }
        """);

    [Theory]
    [InlineData("Get-NatsExport -Account A", "Remove-NatsExport", "@(Get-NatsExport).Count -eq 0")]
    [InlineData("Get-NatsImport -Account B", "Remove-NatsImport", "@(Get-NatsImport).Count -eq 0")]
    [InlineData("Get-NatsSubjectMapping", "Remove-NatsSubjectMapping", "@(Get-NatsSubjectMapping).Count -eq 0")]
    [InlineData("Get-NatsJetStreamLimit", "Remove-NatsJetStreamLimit", "@(Get-NatsJetStreamLimit).Count -eq 0")]
    public void A_table_of_what_there_is_removes_it_all(string get, string remove, string gone)
    {
        Run($"{get} | Export-Csv items.csv; Import-Csv items.csv | {remove} -WarningAction Ignore");
        Holds(gone);
    }

    [Theory]
    [InlineData("row @{ Account = 'A'; Subject = 'e.>'; Type = 'Service' } | Remove-NatsExport",
        "\"$((Get-NatsExport -Account A).Type)\" -eq 'stream stream'")]
    [InlineData("row @{ Subject = 'e.>'; Type = 'stream' } | Remove-NatsExport -Account A",
        "\"$((Get-NatsExport -Account A).Type)\" -eq 'service stream'")]
    [InlineData("row @{ Account = 'A' } | Remove-NatsExport f.> -WarningAction Ignore", "@(Get-NatsExport f.* ).Count -eq 0")]
    [InlineData("row @{ Account = 'O/B'; Subject = 'f.>'; LocalSubject = 'one.>' } | Remove-NatsImport", "@(Get-NatsImport).Count -eq 0")]
    [InlineData("row @{ Account = 'A'; Operator = 'O'; Subject = 'm'; To = 'x' } | Remove-NatsSubjectMapping", "(Get-NatsSubjectMapping).To -eq 'y'")]
    [InlineData("row @{ Account = 'A'; Tier = 'R3' } | Remove-NatsJetStreamLimit", "\"$((Get-NatsJetStreamLimit -Account A).Tier)\" -eq 'R1'")]
    [InlineData("row @{ Account = 'A' } | Remove-NatsJetStreamLimit", "@(Get-NatsJetStreamLimit -Account A).Count -eq 0")]
    [InlineData("row @{ Account = 'A'; Tier = 3 } | Set-NatsJetStreamLimit -MaxStreams 7",
        "\"$((Get-NatsJetStreamLimit -Account A).MaxStreams)\" -eq 'Unlimited 7'")]
    [InlineData("row @{ Account = 'A'; Subject = 'f.>' } | Set-NatsExport -Description new", "(Get-NatsExport f.>).Description -eq 'new'")]
    [InlineData("Get-NatsJetStreamLimit | Select-Object Account, Tier | Set-NatsJetStreamLimit -MaxConsumers 9",
        "(Get-NatsJetStreamLimit | Where-Object MaxConsumers -ne 9).Count -eq 0")]
    [InlineData("'A' | Remove-NatsExport f.> -WarningAction Ignore", "@(Get-NatsExport f.*).Count -eq 0")]
    public void Columns_say_which_one_of_which_account(string command, string outcome)
    {
        Run(command);
        Holds(outcome);
    }

    [Theory]
    [InlineData("row @{ Account = 'A'; Subjct = 'e.>' } | Remove-NatsExport", "InvalidClaims", "Did you mean 'Subject'?")]
    [InlineData("row @{ Account = 'A' } | Remove-NatsExport", "InvalidClaims", "'Subject'")]
    [InlineData("row @{ Account = 'A'; Subject = '' } | Remove-NatsImport", "InvalidClaims", "'Subject'")]
    [InlineData("row @{ Account = 'A'; Subject = 'e.>'; Type = 'queue' } | Remove-NatsExport", "InvalidClaims", "'queue'")]
    [InlineData("row @{ Account = 'X'; Subject = 'e.>' } | Remove-NatsExport", "EntityNotFound", "'X'")]
    [InlineData("row @{ Account = 'A'; Subject = 'none' } | Remove-NatsExport", "ClaimNotFound", "'none'")]
    [InlineData("row @{ Subject = 'e.>' } | Remove-NatsExport", "EntityAmbiguous", "O/B")]
    [InlineData("row @{ Account = 'A'; Subject = 'f.>'; Remark = '' } | Remove-NatsExport", "InvalidClaims", "'Remark'")]
    [InlineData("row @{ Account = 'A'; Tier = 'R1'; MaxDisk = '7gb' } | Set-NatsJetStreamLimit -MaxStreams 1", "InvalidClaims",
        "-MaxDisk")]
    public void A_row_that_names_nothing_is_an_error_and_the_rest_goes_on(string command, string errorId, string text)
    {
        string[] before = Snapshot();
        Assert.Contains(text, Reports(errorId, command), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
        RunToEnd("$ErrorActionPreference = 'Continue'; (row @{ Account = 'A' }), (row @{ Account = 'A'; Subject = 'f.>' }) | Remove-NatsExport "
            + "-WarningAction Ignore");
        Holds("@(Get-NatsExport f.*).Count -eq 0", "@(Get-NatsExport).Count -eq 2");
    }

    [Theory]
    [InlineData("Get-NatsImport | Remove-NatsExport")]
    [InlineData("Get-NatsExport f.> | Remove-NatsImport")]
    [InlineData("Get-NatsSubjectMapping | Remove-NatsExport")]
    [InlineData("Get-NatsJetStreamLimit | Remove-NatsSubjectMapping")]
    public void What_is_another_kind_of_item_is_no_row(string command)
    {
        string[] before = Snapshot();
        Assert.NotEmpty(RunToEnd($"$ErrorActionPreference = 'Continue'; {command}").Errors);
        Assert.Equal(before, Snapshot());
    }
}
