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

    /// <summary>Who looks for a user need not be told of operators.</summary>
    [Theory]
    [InlineData("Get-NatsOperator nosuch", "Get-NatsOperator")]
    [InlineData("Get-NatsAccount nosuch", "Get-NatsAccount")]
    [InlineData("Get-NatsUser nosuch", "Get-NatsUser")]
    [InlineData("Get-NatsUser nosuch -Account A", "Get-NatsUser")]
    [InlineData("Set-NatsOperator nosuch -AddTag x", "Get-NatsOperator")]
    [InlineData("Set-NatsAccount nosuch -AddTag x", "Get-NatsAccount")]
    [InlineData("Set-NatsUser nosuch -AddTag x", "Get-NatsUser")]
    [InlineData("Set-NatsUser A/nosuch -AddTag x", "Get-NatsUser")]
    [InlineData("New-NatsUser U -Account nosuch", "Get-NatsAccount")]
    [InlineData("New-NatsAccount C -Operator nosuch", "Get-NatsOperator")]
    [InlineData("Test-NatsStore -Operator nosuch", "Get-NatsOperator")]
    [InlineData("Add-NatsImport x -From nosuch -Account A", "Get-NatsAccount")]
    [InlineData("Remove-NatsAccount nosuch -Confirm:$false", "Get-NatsAccount")]
    public void An_unknown_name_is_answered_with_the_cmdlet_for_its_kind(string script, string cmdlet)
    {
        Run(Setup);
        var error = Assert.Single(Session.Run(script).Errors);
        string told = $"{error.Exception.Message} {error.ErrorDetails?.RecommendedAction}";
        Assert.StartsWith("EntityNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(cmdlet, told, StringComparison.Ordinal);
        Assert.All(
            new[] { "Get-NatsOperator", "Get-NatsAccount", "Get-NatsUser" }.Where(other => other != cmdlet),
            other => Assert.DoesNotContain(other, told, StringComparison.Ordinal));
    }

    /// <summary>A role is one of few: the error lists them, and says whose they are.</summary>
    [Theory]
    [InlineData("Get-NatsSigningKey -Account A -Role nosuch", "account O/A", "The roles are: 'reader', 'writer'.")]
    [InlineData("Get-NatsSigningKey nosuch -Account A", "account O/A", "The roles are: 'reader', 'writer'.")]
    [InlineData("Get-NatsSigningKey -Account B -Role nosuch", "account O/B", "There are no roles.")]
    [InlineData("Remove-NatsSigningKey nosuch -Account B -Confirm:$false", "account O/B", "There are no roles.")]
    [InlineData("New-NatsUser U -Account B -Role nosuch", "account O/B", "There are no roles. Nothing was signed. Add-NatsSigningKey -Role creates")]
    [InlineData("Get-NatsSigningKey -Role nosuch", "in the store ", "The roles are: 'reader', 'writer'.")]
    [InlineData("New-NatsUser U -Account A -Role nosuch", "account O/A", "The roles are: 'reader', 'writer'.")]
    [InlineData("Set-NatsSigningKey nosuch -Account A -AllowPublish x", "account O/A", "The roles are: 'reader', 'writer'.")]
    [InlineData("Get-NatsSigningKey -Account A -Role raeder", "account O/A", "Did you mean 'reader'?")]
    public void An_unknown_role_is_answered_with_its_owner_and_the_roles(string script, string owner, string roles)
    {
        Run(Setup + "\n$null = $a | Add-NatsSigningKey -Role reader; $null = $a | Add-NatsSigningKey -Role writer");
        string message = Reports("KeyNotFound", script);
        Assert.Contains(owner, message, StringComparison.Ordinal);
        Assert.Contains(roles, message, StringComparison.Ordinal);
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
