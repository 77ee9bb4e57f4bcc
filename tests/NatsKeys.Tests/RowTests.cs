namespace NatsKeys.Tests;

/// <summary>
/// Rows of tables: what a column says holds, and a column that nothing takes is an error, so that nobody is let in further or longer than the table
/// says.
/// </summary>
public sealed class RowTests : ModuleTest
{
    public RowTests() => Run(
        """
        $a = New-NatsOperator O | New-NatsAccount A
        $reader = $a | Add-NatsSigningKey -Role reader -AllowSubscribe x
        class Person { $Name = 'typed'; $Tag = 'x' }
        class Slip { $Name = 'typed'; $AllowPub = 'x' }
        class Other { $Name = 'typed'; $Remark = 'x' }
        function copyOf($x) { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($x)) }
        """);

    [Fact]
    public void An_error_that_does_not_say_which_entity_it_is_about_names_the_row()
    {
        Run("$null = New-NatsAccount billing -Operator O");
        string message = Reports("InvalidClaims", "[pscustomobject] @{ Name = 'billing' } | Set-NatsAccount -TraceSampling 5");
        Assert.StartsWith("'billing': ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Labels", "Tag")]
    [InlineData("Expiry", "Expires")]
    [InlineData("expiration", "Expires")]
    [InlineData("AllowPub", "AllowPublish")]
    [InlineData("deny_sub", "DenySubscribe")]
    [InlineData("MaxPay", "MaxPayload")]
    [InlineData("Acount", "Account")]
    [InlineData("Roles", "Role")]
    [InlineData("Department", null)]
    public void A_column_that_nothing_takes_is_an_error_that_names_it_and_what_may_be_meant(string column, string? meant)
    {
        string message = Reports(
            "InvalidClaims", $"[pscustomobject] @{{ Name = 'bad'; {column} = 'x' }}, [pscustomobject] @{{ Name = 'good' }} | New-NatsUser | "
                + "Out-Null");
        Assert.Contains($"'{column}'", message, StringComparison.Ordinal);
        Assert.Equal(meant is not null, message.Contains($"Did you mean '{meant}'?", StringComparison.Ordinal));
        Holds("(Get-NatsUser).Name -eq 'good'");
    }

    [Theory]
    [InlineData("New-NatsAccount -Operator O", "Labels")]
    [InlineData("New-NatsAccount -Operator O", "MaxConns")]
    [InlineData("New-NatsAccount -Operator O", "Role")]
    [InlineData("New-NatsOperator", "Expiry")]
    [InlineData("New-NatsUser -Account A", "Expiry")]
    public void Every_cmdlet_that_takes_rows_refuses_it_also_where_its_cell_is_empty(string command, string column) => Assert.Contains(
        $"'{column}'", Reports("InvalidClaims", $"[pscustomobject] @{{ Name = 'bad'; {column} = '' }} | {command}"), StringComparison.Ordinal);

    [Fact]
    public void The_role_of_a_row_is_its_scoped_signing_key_and_an_empty_cell_says_nothing()
    {
        Run("$made = [pscustomobject] @{ Name = 'a'; Role = 'reader'; Expires = '' }, [pscustomobject] @{ Name = 'b'; Role = ''; Expires = '30d' "
            + "} | New-NatsUser");
        Holds(
            "$made[0].Issuer -eq $reader.PublicKey",
            "$made[1].Issuer -eq $a.Subject",
            "$made[1].Expires",
            "-not $made[0].Expires");
    }

    [Theory]
    [InlineData("KeyNotFound", "[pscustomobject] @{ Name = 'x'; Role = 'nosuch' } | New-NatsUser")]
    [InlineData("KeyNotFound", "New-NatsUser x -Role ''")]
    [InlineData("InvalidClaims", "[pscustomobject] @{ Name = 'x'; Role = 'reader' } | New-NatsUser -SigningKey $a.Subject")]
    [InlineData("InvalidClaims", "$reader | New-NatsUser x -Role reader")]
    [InlineData("SigningKeyNotAllowed", "[pscustomobject] @{ Name = 'x'; Role = 'reader'; AllowPublish = 'y' } | New-NatsUser")]
    [InlineData("InvalidClaims", "$null | New-NatsUser x")]
    [InlineData("EntityNotFound", "'' | New-NatsUser x")]
    [InlineData("InvalidClaims", "$null | New-NatsAccount x")]
    [InlineData("EntityNotFound", "'' | New-NatsAccount x")]
    [InlineData("ParameterArgumentTransformationError", "[version] '1.2' | New-NatsOperator x")]
    [InlineData("InvalidClaims", "[pscustomobject] @{} | New-NatsUser x")]
    [InlineData("InvalidClaims", "[Slip]::new() | New-NatsUser")]
    [InlineData("InvalidClaims", "[Other]::new() | New-NatsUser")]
    [InlineData("InvalidClaims", "[pscustomobject] @{ Login = 'x'; Team = 'A' } | New-NatsUser -Name { $_.Login } -Account { $_.Tema }")]
    [InlineData("InvalidClaims", "[pscustomobject] @{ Login = 'x'; Label = 'A' } | New-NatsUser -Name { $_.Login } -Account A")]
    [InlineData("InvalidClaims", "copyOf ([pscustomobject] @{ Name = 'x'; Expiry = '30d' }) | New-NatsUser")]
    public void Nothing_is_made_of_a_row_that_is_not_wholly_understood(string errorId, string script)
    {
        string[] before = Snapshot();
        Reports(errorId, script);
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("[Person]::new() | New-NatsUser")]
    [InlineData("[IO.FileInfo] 'some.txt' | New-NatsUser")]
    [InlineData("[Diagnostics.Process]::GetCurrentProcess() | New-NatsUser")]
    [InlineData("copyOf ([IO.FileInfo] 'some.txt') | New-NatsUser")]
    [InlineData("copyOf ([pscustomobject] @{ Name = 'x'; Tag = 't'; PSComputerName = 'h'; RunspaceId = [guid]::NewGuid() }) | New-NatsUser")]
    [InlineData("[pscustomobject] @{ Login = 'x'; Team = 'A' } | New-NatsUser -Name { $_.Login } -Account { $_.Team }")]
    [InlineData("[pscustomobject] @{ Name = 'x'; Account = ''; Operator = $null; Tag = [DBNull]::Value; Key = '' } | New-NatsUser")]
    public void What_means_a_row_makes_one_user(string script) => Holds($"@({script}).Count -eq 1");

    [Fact]
    public void Rows_of_a_database_have_the_columns_of_their_table()
    {
        Run(
            """
            $table = [Data.DataTable]::new()
            'Name', 'Tag' | & { process { [void] $table.Columns.Add($_) } }
            [void] $table.Rows.Add('a', 't')
            [void] $table.Rows.Add('b', [DBNull]::Value)
            $made = $table.Rows | New-NatsUser
            """);
        Holds(
            "($made.Name -join ' ') -eq 'a b'",
            "($made[0].Tags -join ' ') -eq 't'",
            "-not $made[1].Tags.Count");
        Run("[void] $table.Columns.Add('Expiry'); $table.Rows[0].Name = 'c'; $table.Rows.RemoveAt(1)");
        Reports("InvalidClaims", "$table.Rows | New-NatsUser");
    }

    [Fact]
    public void A_report_is_not_written_without_what_came()
    {
        Reports("InvalidData",
            "$null = New-NatsOperator Q | New-NatsAccount QA | New-NatsUser QU; $report = copyOf @(Test-NatsStore -Detailed)[0] | "
                + "ConvertTo-NatsReport Sarif");
        Holds("$null -eq $report");
    }
}
