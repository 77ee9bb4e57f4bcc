namespace NatsKeys.Tests.Commands;

public class ConvertToNatsDiagramTests : ModuleTest
{
    public ConvertToNatsDiagramTests() => Run(
        """
        $o = New-NatsOperator O2
        $a = $o | New-NatsAccount A
        $b = $o | New-NatsAccount B
        $a | Add-NatsExport 'orders.>' Stream
        $a | Add-NatsExport 'help' Service -Private
        $b | Add-NatsImport 'orders.new' -From $a
        $b | Add-NatsImport help -From $a
        $p = New-NatsOperator P
        $p | New-NatsAccount C | Out-Null
        """);

    [Theory]
    [InlineData("ConvertTo-NatsDiagram", "operator O2, account A, account B, operator P, account C")]
    [InlineData("ConvertTo-NatsDiagram $storeRoot", "operator O2, account A, account B, operator P, account C")]
    [InlineData("Get-NatsStore | ConvertTo-NatsDiagram", "operator O2, account A, account B, operator P, account C")]
    [InlineData("Get-NatsOperator | ConvertTo-NatsDiagram", "operator O2, account A, account B, operator P, account C")]
    [InlineData("ConvertTo-NatsDiagram -Operator P -Store $storeRoot", "operator P, account C")]
    [InlineData("$a, $b | ConvertTo-NatsDiagram", "operator O2, account A, account B")]
    [InlineData("ConvertTo-NatsDiagram -Account C", "operator P, account C")]
    [InlineData("ConvertTo-NatsDiagram -Account B -Operator O2", "operator O2, account B, account A")]
    public void One_text_comes_of_all_that_is_given(string script, string expected)
    {
        Run($"$text = {script}");
        Holds("$text -is [string]", "$text.StartsWith(\"flowchart LR`n\")");
        Assert.Equal(expected,
            Value("[regex]::Matches($text, '\"((?:operator|account) \\w+)') | ForEach-Object -Begin { $all = @() } -Process { $all += "
                + "$_.Groups[1].Value } -End { $all -join ', ' }"));
    }

    [Fact]
    public void Private_exports_are_dotted_and_revoked_activations_stand_out()
    {
        Holds("(ConvertTo-NatsDiagram).Contains(' a1e2 --> a2i2')", "(ConvertTo-NatsDiagram).Contains(' a2i1 -.-> a1e1')");
        Run("Add-NatsRevocation -Account A -Export help -TargetAccount B -WarningAction Ignore");
        Holds("(ConvertTo-NatsDiagram).Contains(' a2i1 -.->|\"activation revoked\"| a1e1')");
    }

    [Fact]
    public void Who_uses_what_comes_only_where_that_is_asked_for()
    {
        Run("New-NatsUser U -Account B -AllowPublish help -AllowSubscribe none -Expires 1d | Out-Null");
        Holds(
            "(ConvertTo-NatsDiagram -Access).Contains('  a2h1(\"user U<br/>publish help<br/>subscribe to none\")')",
            "(ConvertTo-NatsDiagram -Access).Contains(\"`n  a2h1 --> a2i1`n\")",
            "(Get-NatsAccount B | ConvertTo-NatsDiagram -Access).Contains(\"`n  a1h1 --> a1i1`n\")",
            "-not (ConvertTo-NatsDiagram).Contains('user U')");
    }

    [Fact]
    public void What_Mermaid_would_not_draw_is_a_warning()
    {
        Run("$null = $o | New-NatsAccount many");
        Run("""
            $file = './store/O2/accounts/many/account.yaml'
            $imports = 1..510 | ForEach-Object { "  - { name: i$_, subject: x.$_, account: $($a.Subject), type: stream }" }
            (Get-Content $file -Raw) -replace '(?m)^jwt:', "claims:`n  imports:`n$($imports -join "`n")`njwt:" | Set-Content $file -NoNewline
            """);
        Assert.Contains("510", Run("$text = ConvertTo-NatsDiagram -Account many").Warnings[^1], StringComparison.Ordinal);
        Assert.Empty(Run("$text = ConvertTo-NatsDiagram -Account B").Warnings);
    }

    [Fact]
    public void Users_and_signing_keys_come_only_where_they_are_asked_for()
    {
        Run("$a | Add-NatsSigningKey -Role reader -AllowSubscribe x | Out-Null; New-NatsUser U -Account A -SigningKey reader | Out-Null");
        Holds("-not ((ConvertTo-NatsDiagram) -match 'user|role')");
        Holds(
            "(ConvertTo-NatsDiagram -IncludeUser).Contains('(\"user U\")')",
            "-not (ConvertTo-NatsDiagram -IncludeUser).Contains('role')");
        Holds("(ConvertTo-NatsDiagram -IncludeUser -IncludeSigningKey).Contains('a1k1 --- a1u1')");
    }

    [Fact]
    public void What_cannot_be_read_is_an_error_and_the_rest_is_drawn()
    {
        WriteFile("store/O2/accounts/A/account.yaml", "{");
        Reports("InvalidYaml", "$text = ConvertTo-NatsDiagram");
        Holds("$text.Contains('account B')", "$text.Contains('account C')");
        Reports("EntityNotFound", "$text = 'O2/B', 'O2/None' | ForEach-Object { ConvertTo-NatsDiagram -Account $_ }");
        Holds("$text.Contains('account B')");
    }

    [Fact]
    public void Of_an_empty_store_there_is_nothing_to_draw() => Assert.Empty(Run("ConvertTo-NatsDiagram (New-NatsStore -InMemory)").Output);

    [Fact]
    public void No_file_is_touched() => LeavesFilesAlone("ConvertTo-NatsDiagram -IncludeUser -IncludeSigningKey");
}
