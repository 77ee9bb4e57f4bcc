namespace NatsKeys.Tests.Commands;

/// <summary>What a store states for new users holds unless somebody says something else.</summary>
public class StoreDefaultTests : ModuleTest
{
    public StoreDefaultTests()
    {
        Run("$a = New-NatsOperator O2 | New-NatsAccount A");
        File.AppendAllText(PathOf("store/natskeys.yaml"), "defaults:\n  expires: 90d\n");
    }

    [Theory]
    [InlineData("New-NatsUser U", 90)]
    [InlineData("New-NatsUser U -Expires 10d", 10)]
    [InlineData("New-NatsUser U -Expires Never", 0)]
    [InlineData("[pscustomobject] @{ Name = 'U'; Expires = '' } | New-NatsUser", 90)]
    [InlineData("[pscustomobject] @{ Name = 'U'; Expires = '10d' } | New-NatsUser", 10)]
    public void A_user_expires_as_the_store_says_unless_somebody_says_it(string script, int days)
    {
        Run($"$u = {script}");
        Holds(days == 0
            ? "$null -eq $u.Expires"
            : $"[math]::Abs(($u.Expires - [DateTimeOffset]::UtcNow).TotalDays - {days}) -lt 0.1");
    }

    [Fact]
    public void Operators_and_accounts_have_no_default_and_the_system_user_has()
    {
        Run("$o = New-NatsOperator P -SystemAccount SYS; $b = $o | New-NatsAccount B");
        Holds("-not $o.Expires", "-not $b.Expires", "(Get-NatsUser sys).Expires -lt [DateTimeOffset]::UtcNow.AddDays(91)");
    }

    [Fact]
    public void Verbose_and_the_view_of_the_store_tell_it()
    {
        Run("$said = New-NatsUser U -Verbose 4>&1 | ForEach-Object { \"$_\" }");
        Holds("@($said -like \"*the store's default is 90d*\").Count -eq 1", "(Get-NatsStore).Defaults.Expires -eq '90d'");
        Assert.Contains("users expire after 90d", Session.RunText("Get-NatsStore"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expires: soon")]
    [InlineData("expires: 0d")]
    [InlineData("expire: 90d")]
    public void A_default_that_is_not_understood_is_an_error_that_names_its_line(string text)
    {
        string path = PathOf("store/natskeys.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace("expires: 90d", text, StringComparison.Ordinal));
        Assert.Contains("Line 3", Reports("InvalidYaml", "New-NatsUser U -Account A"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_member_of_the_file_is_an_error_that_names_it()
    {
        string path = PathOf("store/natskeys.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace("defaults:", "default:", StringComparison.Ordinal));
        string said = Reports("InvalidYaml", "New-NatsUser U -Account A");
        Assert.Contains("Line 2", said, StringComparison.Ordinal);
        Assert.Contains("'default'", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_says_why_it_is_this_one_and_so_do_errors()
    {
        Run("New-NatsStore ./other -KeyPath ./otherkeys | Out-Null");
        Holds("(Get-NatsStore).Origin -eq 'Variable'", "(Get-NatsStore ./other).Origin -eq 'Parameter'");
        Assert.Contains("NATSKEYS_STORE", Reports("EntityNotFound", "Get-NatsUser nobody"), StringComparison.Ordinal);
        Assert.Contains("NATSKEYS_STORE", Reports("EntityNotFound", "New-NatsUser U -Account none"), StringComparison.Ordinal);
        Assert.DoesNotContain("NATSKEYS_STORE", Reports("EntityNotFound", "Get-NatsOperator none -Store ./other"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_import_tells_of_the_activation_that_it_needed()
    {
        Run("$a | Add-NatsExport 'secret.>' Stream -Private; $a | Add-NatsExport 'open.>' Stream; $b = New-NatsAccount B");
        Run("$said = $b | Add-NatsImport 'secret.>' -From A 6>&1 | ForEach-Object { \"$_\" }; $none = $b | Add-NatsImport 'open.>' -From A 6>&1");
        Holds("@($said).Count -eq 1", "\"$said\" -like \"The export of 'secret.>' is private, so the account O2/A signed an activation*\"",
            "-not $none");
    }

    [Theory]
    [InlineData("Remove-NatsSigningKey")]
    [InlineData("Remove-NatsKeyPair")]
    [InlineData("Update-NatsOperatorKey")]
    public void What_cuts_off_many_has_a_high_impact(string command) =>
        Holds($"(Get-Command {command}).ImplementingType.GetCustomAttributes($true).Where({{ $_ -is "
            + $"[System.Management.Automation.CmdletAttribute] }}).ConfirmImpact -eq 'High'");

    [Theory]
    [InlineData("-Compromised")]
    [InlineData("-NewUserKeys")]
    public void A_signing_key_that_cuts_off_clients_is_replaced_only_where_somebody_agrees(string how)
    {
        Run("$k = $a | Add-NatsSigningKey; $u = $k | New-NatsUser U");
        string[] before = Snapshot();

        Session.Answer("N");
        Run($"$k | Update-NatsSigningKey {how}");
        Assert.Equal(before, Snapshot());
        Run($"$k | Update-NatsSigningKey {how} -WhatIf");
        Assert.Equal(before, Snapshot());
        Session.Answer("Y");
        Run($"$k | Update-NatsSigningKey {how} -WarningAction Ignore");
        Holds("(Get-NatsUser U).Issuer -ne $k.PublicKey");
        Run($"(Get-NatsUser U).Issuer | Update-NatsSigningKey {how} -Confirm:$false -WarningAction Ignore; $ConfirmPreference = 'None'; "
            + $"(Get-NatsUser U).Issuer | Update-NatsSigningKey {how} -WarningAction Ignore");
        Run("(Get-NatsUser U).Issuer | Update-NatsSigningKey -KeepOldKey");
    }

    [Fact]
    public void Everybody_is_revoked_only_where_somebody_agrees()
    {
        Run("$u = $a | New-NatsUser U");
        string[] before = Snapshot();

        Session.Answer("N");
        Run("Add-NatsRevocation * -Account A");
        Assert.Equal(before, Snapshot());
        Run("Add-NatsRevocation * -Account A -WhatIf");
        Assert.Equal(before, Snapshot());
        Run("Add-NatsRevocation U -Account A; Add-NatsRevocation * -Account A -Confirm:$false");
        Holds("(Get-NatsUser U).State -eq 'Revoked'", "'*' -in (Get-NatsRevocation).PublicKey");
    }
}
