using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class GetNatsKeyUsageTests : ModuleTest
{
    public GetNatsKeyUsageTests() => Run(
        """
        $ok = New-NatsOperator O2 | Add-NatsSigningKey
        $a = $ok | New-NatsAccount A
        $b = $ok | New-NatsAccount B
        $k = $a | Add-NatsSigningKey
        $role = $a | Add-NatsSigningKey -Role sensor -AllowPublish tele
        $u = $k | New-NatsUser U
        $s = $role | New-NatsUser S -Expires 30d
        $u | Export-NatsCredential
        $a | Add-NatsExport secret.> Stream -Private
        $b | Add-NatsImport secret.x -From $a -Token ($a | New-NatsActivation secret.x -TargetAccount B -SigningKey $k)
        function Tree($uses) { ($uses | ForEach-Object { '  ' * $_.Depth + $_ }) -join '|' }
        """);

    [Theory]
    [InlineData("Get-NatsKeyUsage $k.PublicKey")]
    [InlineData("$k.PublicKey | Get-NatsKeyUsage")]
    [InlineData("$k | Get-NatsKeyUsage")]
    [InlineData("Get-NatsKeyUsage -Key $k.KeyPair")]
    [InlineData("Get-NatsKeyPair $k.PublicKey | Get-NatsKeyUsage")]
    [InlineData("Get-NatsSigningKey $k.PublicKey -Account A | Get-NatsKeyUsage")]
    [InlineData("Get-NatsKeyUsage $k.PublicKey -Account A -Operator O2 -Store $storeRoot")]
    [InlineData("Get-NatsKeyUsage $k.PublicKey -Operator O2")]
    [InlineData("Get-NatsKeyUsage ($k.KeyPair | Export-NatsKeyPair ./k.nk -PassThru).FullName")]
    [InlineData("Get-NatsKeyUsage ($k.KeyPair.ToSeed())")]
    public void A_key_is_named_in_every_way_in_which_keys_are(string script) =>
        Holds($"(Tree ({script})) -ceq 'signing key of account O2/A|  user O2/A/U|  activation of ''secret.x'' for account O2/B'");

    [Fact]
    public void Servers_that_are_not_asked_are_said()
    {
        Assert.Empty(Run("Get-NatsKeyUsage sensor").Warnings);
        string warning = Assert.Single(Run("Get-NatsKeyUsage sensor -Server nats://127.0.0.1:1 -ServerCount 3").Warnings);
        Assert.Contains("-Server and -ServerCount", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-NatsKeyUsage sensor")]
    [InlineData("'sensor' | Get-NatsKeyUsage -Account A")]
    [InlineData("Get-NatsKeyUsage sensor -Account $a")]
    public void A_role_stands_for_its_key(string script) =>
        Holds($"(Tree ({script})) -ceq 'signing key of account O2/A, role ''sensor''|  user O2/A/S'");

    [Fact]
    public void A_user_and_an_operator_have_names_too()
    {
        Holds("(Tree (Get-NatsKeyUsage U)) -ceq (Tree ($u | Get-NatsKeyUsage))", "(Tree (Get-NatsKeyUsage A/S)) -ceq (Tree ($s | Get-NatsKeyUsage))");
        Holds("(Tree (Get-NatsKeyUsage O2)) -ceq (Tree (Get-NatsOperator O2 | Get-NatsKeyUsage))");
        Run("$null = New-NatsUser U -Account B");
        Reports("EntityAmbiguous", "Get-NatsKeyUsage U");
        Holds("(Tree (Get-NatsKeyUsage U -Account A)) -ceq (Tree ($u | Get-NatsKeyUsage))");
        Assert.Contains("nor an entity", Reports("KeyNotFound", "Get-NatsKeyUsage nobody"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$a | Get-NatsKeyUsage")]
    [InlineData("Get-NatsKeyUsage A")]
    [InlineData("'O2/A' | Get-NatsKeyUsage")]
    [InlineData("Get-NatsKeyUsage a -Operator O2")]
    [InlineData("Get-NatsKeyUsage -Account A")]
    [InlineData("Get-NatsKeyUsage -Account A -Operator O2")]
    public void An_account_stands_for_all_its_keys(string script)
    {
        Run($"$found = {script}");
        Holds(
            "($found | Where-Object Depth -eq 0).PublicKey.Count -eq 3",
            "\"$($found | Where-Object Kind -eq User)\" -eq 'user O2/A/S user O2/A/U'");
    }

    [Theory]
    [InlineData("Get-NatsOperator | Get-NatsKeyUsage")]
    [InlineData("Get-NatsKeyUsage -Operator O2")]
    [InlineData("Get-NatsKeyUsage")]
    public void An_operator_stands_for_all_that_it_carries(string script) => Holds(
        $"(Tree ({script})) -ceq 'identity of operator O2|signing key of operator O2|  account O2/A|    user O2/A/S|    user O2/A/U|    "
            + "activation of ''secret.x'' for account O2/B|  account O2/B'");

    [Fact]
    public void A_use_tells_who_signed_it_until_when_and_where_its_credentials_are()
    {
        Run("$user = Get-NatsKeyUsage $k | Where-Object Kind -eq User; $sensor = Get-NatsKeyUsage sensor | Where-Object Kind -eq User");
        Holds(
            "$user.Issuer -eq $k.PublicKey",
            "$user.PublicKey -eq $u.Subject",
            "$user.Entity.Jwt -eq $u.Jwt",
            "-not $user.Expires");
        Holds(
            "$user.CredentialPath -eq [IO.Path]::Combine($keyRoot, 'creds', 'O2', 'A', 'U.creds')",
            "(Import-NatsCredential $user.CredentialPath).Name -eq 'U'");
        Holds(
            "$sensor.Role -eq 'sensor'",
            "$sensor.Expires -eq $s.Expires",
            "-not $sensor.CredentialPath");
        Holds("(Get-NatsKeyUsage $k | Where-Object Kind -eq Activation).Import.Subject -eq 'secret.x'");
    }

    [Fact]
    public void Users_of_a_leaked_key_pipe_on()
    {
        Run("(Get-NatsKeyUsage $k | Where-Object Kind -eq User).Entity | Add-NatsRevocation");
        Holds("(Get-NatsRevocation -Account A).PublicKey -eq $u.Subject");
    }

    [Fact]
    public void What_a_removed_key_signed_is_still_found()
    {
        Run("$k | Remove-NatsSigningKey -Confirm:$false -WarningAction Ignore");
        Holds("(Tree (Get-NatsKeyUsage $k)) -ceq 'key that account O2/A does not list|  user O2/A/U|  activation of ''secret.x'' for account O2/B'");
        Holds("(Tree ($k.PublicKey | Get-NatsKeyUsage)) -match 'user O2/A/U'");
    }

    [Fact]
    public void The_view_is_a_tree_that_fits_the_screen()
    {
        string text = Session.RunText("Get-NatsKeyUsage");
        Assert.Contains("\nidentity of operator O2 ", text, StringComparison.Ordinal);
        Assert.Contains("\n  account O2/A ", text, StringComparison.Ordinal);
        Assert.Matches(@"\n    user O2/A/S +role sensor +\d{4}-", text);
        Assert.Matches(@"\n    user O2/A/U .+Never +O2/A/U\.creds", text);
    }

    [Fact]
    public void A_key_that_nothing_uses_is_a_warning_that_names_it()
    {
        RunResult result = Run($"Get-NatsKeyUsage {AccountKey}");
        Assert.Empty(result.Output);
        Assert.Contains(AccountKey, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(Run("New-NatsOperator Alone | Get-NatsKeyUsage").Warnings);
    }

    [Fact]
    public void What_is_no_key_is_an_error_and_the_rest_goes_on()
    {
        Reports("KeyNotFound", "$found = 'nobody', 'sensor' | Get-NatsKeyUsage");
        Holds("$found.Count -eq 2");
        Reports("EntityNotFound", "Get-NatsKeyUsage -Account None");
        Run("$b | Add-NatsSigningKey -Role sensor -AllowPublish x | Out-Null");
        Assert.Contains("'sensor'", Reports("EntityAmbiguous", "Get-NatsKeyUsage sensor"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_and_the_rest_goes_on()
    {
        WriteFile("store/O2/accounts/A/users/S.yaml", "kind: [");
        Assert.Contains("S.yaml", Reports("InvalidYaml", "$found = $k | Get-NatsKeyUsage"), StringComparison.Ordinal);
        Holds("$found.Count -eq 3");
        Run("New-NatsUser V -Account B | Out-Null");
        Assert.Contains("S.yaml", Reports("InvalidYaml", "$found = Get-NatsKeyUsage"), StringComparison.Ordinal);
        Holds("\"$($found | Where-Object Kind -eq User)\" -eq 'user O2/A/U user O2/B/V'");
    }

    [Fact]
    public void Nothing_is_written_and_no_seed_is_needed()
    {
        Directory.Delete(Path.Combine(Session.KeyRoot, "keys"), recursive: true);
        LeavesFilesAlone("Get-NatsKeyUsage | Out-Null; Get-NatsKeyUsage $k | Out-Null");
    }

    [Fact]
    public void A_store_in_memory_is_read_from_its_objects()
    {
        Run("$key = New-NatsOperator M -Store (New-NatsStore -InMemory) | New-NatsAccount A | Add-NatsSigningKey; $key | New-NatsUser U | Out-Null");
        Holds("(Tree ($key | Get-NatsKeyUsage)) -ceq 'signing key of account M/A|  user M/A/U'");
    }

    [Theory]
    [InlineData("Get-NatsKeyUsage sensor")]
    [InlineData("'sensor', 'sensor' | Get-NatsKeyUsage -Operator O2")]
    public void An_account_that_cannot_be_read_is_reported_where_a_role_is_looked_for(string script)
    {
        WriteFile("store/O2/accounts/B/account.yaml", "kind: [");
        Assert.Contains(PathOf("store/O2/accounts/B/account.yaml"), Reports("InvalidYaml", $"$found = {script}"), StringComparison.Ordinal);
        Holds("$found[0].Role -eq 'sensor'");
    }
}
