namespace NatsKeys.Tests;

/// <summary>
/// A table of everything that a Get- cmdlet shows names what it shows: the Set- and Remove- cmdlets take it as it is. A value that somebody changed
/// in the table is set, or refused where it would not be applied.
/// </summary>
public sealed class TableRoundTripTests : ModuleTest
{
    public TableRoundTripTests() => Run(
        """
        $o = New-NatsOperator O -SystemAccount SYS -GenerateSigningKey
        $a = $o | New-NatsAccount A -MaxConnections 5 -Expires 1y -Tag x, y
        $b = $o | New-NatsAccount B
        $role = $a | Add-NatsSigningKey -Role reader -AllowPublish x -MaxPayload 64KiB
        $u = $a | New-NatsUser U -Role reader -Expires 1y -Tag x, y
        $v = $a | New-NatsUser V -AllowPublish a, b -SourceNetwork 10.0.0.0/8 -BearerToken -MaxPayload 5
        $a | Add-NatsExport e.> Stream -Private -Description e -Advertise
        $a | Add-NatsExport s Service -ResponseThreshold 5s
        $b | Add-NatsImport e.> -From A -InformationAction Ignore
        $b | Add-NatsImport s -From A -LocalSubject t -Share
        $a | Add-NatsSubjectMapping m -To x -Weight 20
        $a | Add-NatsSubjectMapping m -To y -Weight 20 -Cluster east
        $a | Set-NatsJetStreamLimit R1 -MaxDisk 1GiB -MaxBytesRequired
        $a | Set-NatsJetStreamLimit R3 -MaxDisk 2GiB
        $b | Set-NatsJetStreamLimit -MaxDisk 1GiB
        $w = $a | New-NatsUser W -AllowPublish x
        $w | Add-NatsRevocation
        Add-NatsRevocation -Export e.> -Account A -TargetAccount SYS
        """);

    private static string Table(string get) => $"{get} | Select-Object * | Export-Csv table.csv; $rows = Import-Csv table.csv; ";

    [Theory]
    [InlineData("Get-NatsOperator", "Set-NatsOperator -AddTag new", "(Get-NatsOperator).Tags -eq 'new'")]
    [InlineData("Get-NatsAccount", "Set-NatsAccount -AddTag new", "@(Get-NatsAccount | Where-Object { 'new' -notin $_.Tags }).Count -eq 0")]
    [InlineData("Get-NatsUser -Account A", "Set-NatsUser -AddTag new",
        "@(Get-NatsUser -Account A | Where-Object { 'new' -notin $_.Tags }).Count -eq 0")]
    [InlineData("Get-NatsExport -Account A", "Set-NatsExport -InfoUrl https://x",
        "@(Get-NatsExport -Account A | Where-Object InfoUrl -ne https://x).Count -eq 0")]
    [InlineData("Get-NatsImport", "Set-NatsImport -Name new", "@(Get-NatsImport | Where-Object Name -ne new).Count -eq 0")]
    [InlineData("Get-NatsJetStreamLimit", "Set-NatsJetStreamLimit -MaxConsumers 9",
        "@(Get-NatsJetStreamLimit | Where-Object MaxConsumers -ne 9).Count -eq 0")]
    [InlineData("Get-NatsSigningKey -Role reader", "Set-NatsSigningKey -Description new", "(Get-NatsSigningKey -Role reader).Description -eq 'new'")]
    public void Set_takes_what_Get_shows(string get, string set, string outcome)
    {
        Run($"{Table(get)}$rows | {set}");
        Holds(outcome);
    }

    [Theory]
    [InlineData("Get-NatsUser -Account A", "Remove-NatsUser -Confirm:$false", "@(Get-NatsUser -Account A).Count -eq 0")]
    [InlineData("Get-NatsAccount B", "Remove-NatsAccount -Confirm:$false", "-not (Get-NatsAccount b*)")]
    [InlineData("Get-NatsExport -Account A", "Remove-NatsExport", "@(Get-NatsExport -Account A).Count -eq 0")]
    [InlineData("Get-NatsImport", "Remove-NatsImport", "@(Get-NatsImport).Count -eq 0")]
    [InlineData("Get-NatsSubjectMapping", "Remove-NatsSubjectMapping", "@(Get-NatsSubjectMapping).Count -eq 0")]
    [InlineData("Get-NatsJetStreamLimit", "Remove-NatsJetStreamLimit", "@(Get-NatsJetStreamLimit).Count -eq 0")]
    [InlineData("Get-NatsSigningKey -Role reader", "Remove-NatsSigningKey -Confirm:$false", "-not (Get-NatsSigningKey -Role read*)")]
    [InlineData("Get-NatsRevocation", "Remove-NatsRevocation", "@(Get-NatsRevocation).Count -eq 0")]
    public void Remove_takes_what_Get_shows(string get, string remove, string outcome)
    {
        Run($"{Table(get)}$rows | {remove} -WarningAction Ignore");
        Holds(outcome);
    }

    [Fact]
    public void Add_makes_the_revocations_of_a_table_again()
    {
        Run($"$before = Get-NatsRevocation; {Table("Get-NatsRevocation")}$rows | Remove-NatsRevocation -WarningAction Ignore");
        Run("$rows | Add-NatsRevocation -WarningAction Ignore");
        Holds("\"$(Get-NatsRevocation)\" -eq \"$before\"", "@(Get-NatsRevocation).Count -eq 2");
    }

    [Fact]
    public void The_revocation_of_everybody_is_a_row_as_well()
    {
        Run("Add-NatsRevocation * -Account A -Confirm:$false; [pscustomobject] @{ Account = 'A'; Revoked = '* (everybody)' } | "
            + "Remove-NatsRevocation -WarningAction Ignore");
        Holds("@(Get-NatsRevocation | Where-Object PublicKey -eq *).Count -eq 0");
    }

    [Theory]
    [InlineData("Get-NatsOperator", "SystemAccount", "A", "Set-NatsOperator -AddTag new")]
    [InlineData("Get-NatsJetStreamLimit -Tier R3", "MaxDisk", "7GiB", "Set-NatsJetStreamLimit -MaxStreams 1")]
    [InlineData("Get-NatsExport s", "Description", "new", "Set-NatsExport -InfoUrl https://x")]
    public void A_value_that_was_changed_in_the_table_is_refused(string get, string column, string value, string set)
    {
        Run($"{Table(get)}$rows[0].{column} = '{value}'");
        string[] before = Snapshot();
        string message = Reports("InvalidClaims", $"$rows | {set}");
        Assert.Contains($"-{column}", message, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("[pscustomobject] @{ Account = 'A'; Revoked = 'W'; Acount = 'x' } | Remove-NatsRevocation", "InvalidClaims", "'Account'")]
    [InlineData("[pscustomobject] @{ Account = 'A'; Revoked = '' } | Remove-NatsRevocation", "InvalidClaims", "'PublicKey'")]
    [InlineData("[pscustomobject] @{ Account = 'A'; Revoked = 'V' } | Remove-NatsRevocation", "ClaimNotFound", "")]
    public void A_row_of_no_revocation_is_an_error(string script, string errorId, string text)
    {
        string[] before = Snapshot();
        Assert.Contains(text, Reports(errorId, script), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("Set-NatsExport e.>, s -Account A -Description new", "@(Get-NatsExport -Account A | Where-Object Description -ne new).Count -eq 0")]
    [InlineData("Set-NatsImport e.>, s -Account B -Name new", "@(Get-NatsImport -Account B | Where-Object Name -ne new).Count -eq 0")]
    [InlineData("Set-NatsJetStreamLimit A R1, R3 -MaxStreams 7",
        "@(Get-NatsJetStreamLimit -Account A | Where-Object MaxStreams -ne 7).Count -eq 0")]
    [InlineData("$null = $a | Add-NatsSigningKey -Role other; Set-NatsSigningKey reader, other -Account A -Description new",
        "@(Get-NatsSigningKey -Account A -Role * | Where-Object Description -ne new).Count -eq 0")]
    [InlineData("$null = $b | Add-NatsSigningKey -Role other; Remove-NatsSigningKey reader, other -Confirm:$false -WarningAction Ignore",
        "-not (Get-NatsSigningKey -Role reader*, other*)")]
    public void Several_are_an_array(string script, string outcome)
    {
        Run(script);
        Holds(outcome);
    }

    [Theory]
    [InlineData("Get-NatsOperator", "Name")]
    [InlineData("Get-NatsAccount", "Name")]
    [InlineData("Get-NatsUser", "Name")]
    [InlineData("Get-NatsSigningKey", "OwnerName")]
    [InlineData("Get-NatsRevocation", "Revoked")]
    public void A_table_begins_with_the_name(string get, string column) =>
        Holds($"({get} | ConvertTo-Csv)[0] -match '^\"{column}\",'");

    [Theory]
    [InlineData("Get-NatsOperator", "Select-Object Name, SystemAccount")]
    [InlineData("Get-NatsKeyUsage reader", "ForEach-Object Entity | Where-Object Name -eq U")]
    public void What_a_table_leaves_out_is_there_by_its_name(string get, string select) => Assert.NotEmpty(Run($"{get} | {select}").Output);

    /// <summary>What results say of places goes on to the cmdlets of such entities.</summary>
    [Theory]
    [InlineData("(Update-NatsSigningKey reader).Owner | Get-NatsAccount", "A")]
    [InlineData("(Update-NatsSigningKey reader).SignedAgain | Get-NatsUser", "U")]
    [InlineData("(Get-NatsKeyUsage reader | Where-Object Kind -eq User).Path | Set-NatsUser -AddTag seen -PassThru", "U")]
    [InlineData("(Get-NatsKeyUsage reader | Where-Object Kind -eq User).Path | Add-NatsRevocation -PassThru", "A")]
    public void A_place_is_an_entity_in_the_pipeline(string script, string name) => Holds($"({script}).Name -eq '{name}'");

    [Fact]
    public void A_place_of_another_kind_is_refused()
    {
        string[] before = Snapshot();
        Assert.NotEmpty(RunToEnd("$ErrorActionPreference = 'Continue'; (Get-NatsKeyUsage reader)[0].Path | Set-NatsUser -AddTag x").Errors);
        Assert.Equal(before, Snapshot());
    }
}
