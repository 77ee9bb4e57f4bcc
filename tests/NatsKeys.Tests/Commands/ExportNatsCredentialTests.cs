namespace NatsKeys.Tests.Commands;

public class ExportNatsCredentialTests : ModuleTest
{
    public ExportNatsCredentialTests() => Run("$a = New-NatsOperator O2 | New-NatsAccount A; $u = $a | New-NatsUser U");

    [Theory]
    [InlineData("$u | Export-NatsCredential ./U.creds")]
    [InlineData("Export-NatsCredential -User $u -Path U.creds")]
    [InlineData("Export-NatsCredential U.creds -User U -Store $env:NATSKEYS_STORE")]
    [InlineData("'A/U' | Export-NatsCredential U.creds")]
    [InlineData("'O2/A/U' | Export-NatsCredential U.creds")]
    public void A_file_with_token_and_seed_is_written(string script)
    {
        Assert.Empty(Run(script).Output);

        string text = File.ReadAllText(PathOf("U.creds"));
        Assert.Contains((string)Value("$u.Jwt")!, text, StringComparison.Ordinal);
        Holds("$c = Import-NatsCredential U.creds; $c.Matches -and $c.Subject -eq $u.Subject");
    }

    [Fact]
    public void Without_a_path_the_key_root_has_a_place_which_is_renewed()
    {
        Holds("($u | Export-NatsCredential -PassThru).FullName -eq \"$env:NATSKEYS_KEYS/creds/O2/A/U.creds\"");
        Holds("($u | Export-NatsCredential -PassThru).Exists");
    }

    [Fact]
    public void A_folder_gets_a_file_that_is_named_after_the_user()
    {
        Directory.CreateDirectory(PathOf("out"));
        Run("$a | New-NatsUser V | Out-Null");
        Holds("\"$((Get-NatsUser | Export-NatsCredential out -PassThru).Name)\" -eq 'U.creds V.creds'");
    }

    [Fact]
    public void An_existing_file_is_replaced_only_with_Force()
    {
        WriteFile("U.creds", "mine");

        Assert.Contains(PathOf("U.creds"), Reports("FileExists", "$u | Export-NatsCredential U.creds"), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(PathOf("U.creds")));
        Run("$u | Export-NatsCredential U.creds -Force");

        Holds("(Import-NatsCredential U.creds).Matches");
    }

    [Fact]
    public void Text_is_given_where_it_is_asked_for()
    {
        Run("$plain = $u | Export-NatsCredential -AsPlainText; $secret = $u | Export-NatsCredential -AsSecureString");
        Holds("$secret -is [SecureString] -and [System.Net.NetworkCredential]::new('', $secret).Password -ceq $plain");
        Run("$u | Export-NatsCredential U.creds");
        Holds("[System.IO.File]::ReadAllText(\"$pwd/U.creds\") -ceq $plain");
    }

    [Fact]
    public void A_user_in_memory_has_no_place_for_a_file_and_needs_a_path()
    {
        Run("$m = New-NatsOperator O -Store (New-NatsStore -InMemory) | New-NatsAccount A | New-NatsUser U");
        Reports("FileAccess", "$m | Export-NatsCredential");
        Run("$m | Export-NatsCredential m.creds");
        Holds("(Import-NatsCredential m.creds).Subject -eq $m.Subject");
    }

    [Fact]
    public void A_user_whose_seed_is_not_at_hand_is_an_error_and_the_rest_goes_on()
    {
        Run("$a | New-NatsUser N -Key (New-NatsKeyPair User).PublicKey | Out-Null; $a | New-NatsUser V | Out-Null");

        string message = Reports("KeyNotFound", "$files = Get-NatsUser | Export-NatsCredential -PassThru");

        Assert.Contains("O2/A/N", message, StringComparison.Ordinal);
        Holds("\"$($files.Name)\" -eq 'U.creds V.creds'");
    }

    [Fact]
    public void Users_that_are_not_there_or_ambiguous_are_errors()
    {
        Assert.Contains("None", Reports("EntityNotFound", "'None', 'U' | Export-NatsCredential"), StringComparison.Ordinal);
        Run("New-NatsAccount B | New-NatsUser U | Out-Null");
        Reports("EntityAmbiguous", "Export-NatsCredential -User U");
    }

    [Fact]
    public void An_account_is_no_user_even_if_one_has_its_name()
    {
        Run("$a | New-NatsUser A | Out-Null");
        string[] before = Snapshot();
        Assert.Single(Session.Run("$a | Export-NatsCredential A.creds").Errors);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void An_unsigned_user_has_no_credentials()
    {
        string file = PathOf("store/O2/accounts/A/users/U.yaml");
        File.WriteAllLines(file, File.ReadAllLines(file).Where(line => !line.StartsWith("jwt:", StringComparison.Ordinal)));
        Reports("InvalidCredential", "Export-NatsCredential U.creds -User U");
        Assert.False(File.Exists(PathOf("U.creds")));
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(LeavesFilesAlone("$u | Export-NatsCredential U.creds -PassThru -WhatIf").Output);
        LeavesFilesAlone("$u | Export-NatsCredential -WhatIf");
    }
}
