namespace NatsKeys.Tests;

/// <summary>What servers would drop or refuse is refused when it is signed, or warned of; what was signed before stands.</summary>
public sealed class GateTests : ModuleTest
{
    private const string Setup = "$o = New-NatsOperator O -SystemAccount SYS; $a = $o | New-NatsAccount A; $b = New-NatsAccount B -Operator O";

    [Theory]
    [InlineData("Add-NatsSubjectMapping 'g.*' 'h.{{wildcrad(1)}}' -Account A", "mapping.target")]
    [InlineData("Add-NatsSubjectMapping 's.>' t -Account A", "mapping.target")]
    [InlineData("Add-NatsSubjectMapping 'p.*' 'q.pre{{wildcard(1)}}' -Account A", "mapping.inner-function")]
    [InlineData("New-NatsUser u -Account A -AllowPublish \"a.`tb\"", "subject.characters")]
    [InlineData("$null = Add-NatsSigningKey -Account A -Role r -DenyPublish 'x.{{tag(team)}}'; New-NatsUser u -Account A -SigningKey r",
        "connect.template")]
    [InlineData("$null = Add-NatsSigningKey -Account A -Role r -AllowPublish '{{tag(a)}}.{{tag(b)}}.x'; New-NatsUser u -Account A -SigningKey r "
        + "-Tag a:1", "connect.template-crash")]
    public void What_servers_drop_or_refuse_is_not_signed(string script, string rule)
    {
        Run(Setup);
        Assert.Contains(rule, Reports("RuleBroken", script), StringComparison.Ordinal);
        Holds("(Get-NatsAccount A).SubjectMappings.Count -eq 0 -and -not (Get-NatsUser -Account A)");
    }

    [Theory]
    [InlineData("$null = New-NatsUser u -Account A -DenyPublish 'pay.refund,pay.cancel'", "subject.comma")]
    [InlineData("$null = New-NatsUser u -Account A -Tag 'a:1,b:2'", "tag.comma")]
    [InlineData("$null = New-NatsUser u -Account A -DenyPublish 'secret*'", "subject.partial-wildcard")]
    [InlineData("Add-NatsExport 'feed*' Stream -Account A", "subject.partial-wildcard")]
    [InlineData("$null = New-NatsUser u -Account A -AllowPublish 'own.{{name()}}'", "permission.placeholder")]
    [InlineData("$null = Add-NatsSigningKey -Account A -Role r -AllowPublish 'x.{{tag(team)}}'; $null = New-NatsUser u -Account A -SigningKey r",
        "connect.template-empty")]
    [InlineData("Add-NatsSubjectMapping 'a.*.*' 'b.$1' -Account A", "2.10.0")]
    public void What_deserves_a_look_is_signed_with_a_warning(string script, string word)
    {
        Run(Setup);
        Assert.Contains(word, Assert.Single(Run(script).Warnings), StringComparison.Ordinal);
        Assert.Empty(Run("Set-NatsAccount A -MaxConnections 5; Get-NatsUser -Account A | Set-NatsUser -AddTag again").Warnings);
        Holds("Test-NatsStore");
    }

    [Fact]
    public void Users_that_an_edited_role_keeps_out_are_named()
    {
        Run($"{Setup}; $r = Add-NatsSigningKey -Account A -Role r -AllowPublish x; 'u', 'v' | ForEach-Object {{ $null = New-NatsUser $_ -Account "
            + $"A -SigningKey r }}; New-NatsUser w -Account A -SigningKey r -Tag team:red | Out-Null");
        string warning = Assert.Single(Run("Set-NatsSigningKey -Account A -Key $r.PublicKey -DenyPublish 'z.{{tag(team)}}'").Warnings);
        Assert.Contains(" u, v", warning, StringComparison.Ordinal);
        Assert.Contains("connect.template", warning, StringComparison.Ordinal);
        Holds("-not (Test-NatsStore)", "@(Test-NatsStore -Detailed -MinimumSeverity Error).Count -eq 2");
    }

    [Fact]
    public void An_import_that_its_exporter_does_not_permit_is_warned_of_and_found()
    {
        Run($"{Setup}; Add-NatsExport a Service -Account A; Add-NatsImport a -From A -Account B");
        Holds("Test-NatsStore");
        Run("Set-NatsExport a -Account A -Private -WarningAction Ignore");
        Holds("-not (Test-NatsStore)", "(Test-NatsStore -Detailed -MinimumSeverity Error).Path -eq 'account O/B'");
    }

    [Fact]
    public void An_import_by_an_activation_that_has_expired_is_warned_of()
    {
        Run($"{Setup}; Add-NatsExport p Service -Private -Account A");
        string token = (string)Value(
            "$c = (ConvertFrom-NatsJwt (New-NatsActivation p -Account A -TargetAccount B)).Claims.Copy(); $c.Expires = 1000000000; ($c | "
                + "ConvertTo-NatsJwt -SigningKey (Get-NatsKeyPair $a.Subject)).Token")!;
        Assert.Contains("(audit.activation-expired)", Assert.Single(Run("Add-NatsImport p -From A -Account B -Token $t", ("t", token)).Warnings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Add-NatsSubjectMapping 'a,b' x -Account A", "subject.comma")]
    [InlineData("Add-NatsExport 'e.>' Stream -Account B; Add-NatsImport 'e.x*' -From B -Account A", "subject.partial-wildcard")]
    [InlineData("Set-NatsAccount A -MaxConnections 0", "limits.no-connections")]
    public void What_is_not_meant_is_signed_with_a_warning(string script, string rule)
    {
        Run(Setup);
        Assert.Contains(rule, Assert.Single(Run(script).Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-NatsUser u -Account A -SourceNetwork 010.0.0.0/8", "user.src")]
    [InlineData("New-NatsUser u -Account A -AllowedTime 08:00-18:00 -Locale 'W. Europe Standard Time'", "user.locale")]
    [InlineData("New-NatsUser u -Account A -Expires 9999-12-31", "time.range")]
    [InlineData("Add-NatsSubjectMapping \"a`tb\" x -Account A", "subject.characters")]
    public void What_servers_read_otherwise_is_not_signed(string script, string rule)
    {
        Run(Setup);
        Assert.Contains(rule, Reports("RuleBroken", script), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_is_imported_once()
    {
        Run($"{Setup}; Add-NatsExport 'feed.>' Stream -Account A; Add-NatsImport 'feed.>' -From A -Account B -LocalSubject 'one.>'");
        Assert.Contains("import.twice", Reports("ClaimExists", "Add-NatsImport 'feed.>' -From A -Account B -LocalSubject 'two.>'"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_revoked_from_the_start_is_warned_of()
    {
        Run($"{Setup}; Add-NatsRevocation -Confirm:$false -User '*' -Account A -At (Get-Date).AddHours(1) -WarningAction Ignore");
        Assert.Contains("(trust.revoked)", Assert.Single(Run("$null = New-NatsUser u -Account A").Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Set-NatsUser A/u -AddTag x")]
    [InlineData("Rename-NatsUser A/u -NewName v")]
    [InlineData("Set-NatsUser A/u -SigningKey (Add-NatsSigningKey -Account A)")]
    public void Nobody_who_was_revoked_comes_back_without_a_word(string script)
    {
        Run($"{Setup}; $null = New-NatsUser u -Account A; Add-NatsRevocation -User A/u");
        Assert.Contains("(time.revoked-before)", Assert.Single(Run(script).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_revocation_can_name_the_type_of_its_export_and_says_where_it_does_not_reach()
    {
        Run($"{Setup}; Add-NatsExport d Service -Private -Account A; Add-NatsExport d Stream -Private -Account A");
        Reports("EntityAmbiguous", "Add-NatsRevocation -Export d -TargetAccount B -Account A");
        Run("Add-NatsRevocation -Export d -Type Stream -TargetAccount B -Account A");
        Holds("(Get-NatsExport d -Type Stream).Claims.Revocations.Count -eq 1", "(Get-NatsExport d -Type Service).Claims.Revocations.Count -eq 0");
        Run("Remove-NatsRevocation -Export d -Type Stream -TargetAccount B -Account A -WarningAction Ignore");
        Holds("(Get-NatsExport d -Type Stream).Claims.Revocations.Count -eq 0");

        Run("$null = New-NatsUser u -Account A");
        string warning = Assert.Single(Run("Add-NatsRevocation -User A/u -At (Get-Date).AddHours(-1)").Warnings);
        Assert.Contains("A/u", warning, StringComparison.Ordinal);
        Holds("(Get-NatsUser A/u).State -eq 'Signed'", "(Test-NatsStore -Detailed).Rule -contains 'time.revoked-before'");
    }

    [Fact]
    public void Versions_of_servers_decide()
    {
        Run($"{Setup}; $null = Add-NatsSigningKey -Account A -Role r -AllowPublish 'KV_{{{{name()}}}}.>' -WarningAction Ignore; $u = New-NatsUser "
            + "u -Account A -SigningKey r -WarningAction Ignore");
        Holds(
            "Test-NatsPermission $u -Publish KV_u.a",
            "-not (Test-NatsPermission $u -Publish KV_u.a -ServerVersion 2.10.27)",
            "-not (Test-NatsPermission $u -Publish KV_u.a -ServerVersion 2.15.1, 2.10.27)",
            "(Test-NatsPermission $u -Publish KV_u.a -Detailed).Message -match '2.11.0'",
            "-not (Test-NatsStore -ServerVersion 2.10.27)",
            "Test-NatsStore -ServerVersion 2.11.0",
            "Test-NatsStore");
        Reports("ParameterArgumentValidationError", "Test-NatsStore -ServerVersion 2.8.4");
        Reports("ParameterArgumentValidationError", "Test-NatsPermission $u -Publish a -ServerVersion newest");
    }
}
