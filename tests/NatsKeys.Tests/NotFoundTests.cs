namespace NatsKeys.Tests;

/// <summary>What was named and is not there is an error, whether it is a claim of an account or the whole store.</summary>
public sealed class NotFoundTests : ModuleTest
{
    private const string Setup =
        """
        $a = New-NatsOperator O | New-NatsAccount A
        $b = New-NatsAccount B -Operator O
        $a | Add-NatsExport e.> Stream
        $a | Add-NatsExport s Service
        $b | Add-NatsImport e.> -From $a
        $a | Add-NatsSubjectMapping m -To n
        """;

    [Theory]
    [InlineData("Get-NatsExport nosuch", "export 'nosuch' in the store")]
    [InlineData("Get-NatsExport nosuch.> -Account A", "export 'nosuch.>' of the account")]
    [InlineData("$b | Get-NatsExport s", "export 's' of the account")]
    [InlineData("Get-NatsExport s -Type Stream", "stream export 's'")]
    [InlineData("Get-NatsImport nosuch", "import 'nosuch' in the store")]
    [InlineData("$a | Get-NatsImport e.>", "import 'e.>' of the account")]
    [InlineData("Get-NatsSubjectMapping nosuch", "mapping of the subject 'nosuch'")]
    public void A_claim_that_is_named_and_not_there_is_an_error(string script, string what)
    {
        Run(Setup);
        Assert.Contains(what, Reports("ClaimNotFound", script), StringComparison.Ordinal);
        Holds($"$e = $null; $null = {script} -ErrorAction SilentlyContinue -ErrorVariable e; $e[0].CategoryInfo.Category -eq 'ObjectNotFound'");
    }

    [Theory]
    [InlineData("Get-NatsExport nosuch*")]
    [InlineData("Get-NatsExport e.* -Type Service")]
    [InlineData("$b | Get-NatsExport")]
    [InlineData("Get-NatsImport nosuch.*")]
    [InlineData("Get-NatsSubjectMapping nosuch?")]
    [InlineData("Get-NatsRevocation")]
    [InlineData("Get-NatsJetStreamLimit")]
    public void Wildcards_and_all_may_stand_for_none(string script)
    {
        Run(Setup);
        Assert.Empty(Run(script).Output);
    }

    [Theory]
    [InlineData("Get-NatsExport e.>", 1)]
    [InlineData("$a, $b | Get-NatsExport", 2)]
    [InlineData("Get-NatsExport s -Type Service", 1)]
    public void What_is_there_is_given(string script, int count)
    {
        Run(Setup);
        Holds($"@({script}).Count -eq {count}");
    }

    [Theory]
    [InlineData("Get-NatsStore")]
    [InlineData("Get-NatsOperator")]
    [InlineData("Get-NatsOperator *")]
    [InlineData("Get-NatsAccount")]
    [InlineData("Get-NatsUser")]
    [InlineData("Get-NatsUser x")]
    [InlineData("Get-NatsSigningKey")]
    [InlineData("Get-NatsExport")]
    [InlineData("Get-NatsImport")]
    [InlineData("Get-NatsSubjectMapping")]
    [InlineData("Get-NatsRevocation")]
    [InlineData("Get-NatsJetStreamLimit")]
    [InlineData("Get-NatsAuthCallout")]
    [InlineData("Get-NatsKeyPair -Unreferenced")]
    [InlineData("Get-NatsKeyUsage")]
    [InlineData("Test-NatsStore")]
    [InlineData("Test-NatsPermission U -Publish x")]
    [InlineData("ConvertTo-NatsDiagram")]
    [InlineData("Update-NatsStore")]
    public void A_store_of_the_environment_that_is_not_there_is_an_error_that_says_so(string script)
    {
        string message = Reports("StoreNotFound", $"$lent.NATSKEYS_STORE = \"$pwd/typo\"; {script}");
        Assert.Contains(PathOf("typo"), message, StringComparison.Ordinal);
        Assert.Contains("NATSKEYS_STORE", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_entity_makes_it_all_the_same()
    {
        Run("$lent.NATSKEYS_STORE = \"$pwd/first\"; New-NatsOperator O | New-NatsAccount A");
        Holds("$lent.NATSKEYS_STORE = \"$pwd/first\"; (Get-NatsAccount).Name -eq 'A'");
    }

    [Fact]
    public void Where_the_users_own_would_be_is_told_with_a_warning()
    {
        if (OperatingSystem.IsWindows())
        {
            // There the system says where it is, and no variable.
            return;
        }

        using System.Diagnostics.Process process = Session.StartProcess(
            "$env:XDG_DATA_HOME = \"$pwd/data\"; $env:NATSKEYS_STORE = ''; (Get-NatsStore 3>&1 | Out-String) -replace '\\s+'");
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Contains(PathOf("data/"), said, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_sign_and_verify_where_there_is_no_store()
    {
        Run("$k = New-NatsKeyPair Account; $signature = New-NatsSignature -Data x -SigningKey $k");
        Holds("Test-NatsSignature -Data x -Signature $signature -PublicKey $k.PublicKey");
    }
}
