using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class ExportNatsCredentialTests : ModuleTest
{
    public ExportNatsCredentialTests() => Run("$a = New-NatsOperator O2 | New-NatsAccount A; $u = $a | New-NatsUser U");

    [Theory]
    [InlineData("$u | Export-NatsCredential ./U.creds")]
    [InlineData("Export-NatsCredential -User $u -Path U.creds")]
    [InlineData("Export-NatsCredential U.creds -User U -Store $storeRoot")]
    [InlineData("'A/U' | Export-NatsCredential U.creds")]
    [InlineData("'O2/A/U' | Export-NatsCredential U.creds")]
    public void A_file_with_token_and_seed_is_written(string script)
    {
        Assert.Empty(Run(script).Output);

        string text = File.ReadAllText(PathOf("U.creds"));
        Assert.Contains((string)Value("$u.Jwt")!, text, StringComparison.Ordinal);
        Holds("$c = Import-NatsCredential U.creds; $c.Matches", "$c.Subject -eq $u.Subject");
    }

    [Fact]
    public void Without_a_path_the_key_root_has_a_place_which_is_renewed()
    {
        Holds("($u | Export-NatsCredential -PassThru).FullName -eq [IO.Path]::GetFullPath(\"$keyRoot/creds/O2/A/U.creds\")");
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
    public void Names_that_differ_only_in_case_are_two_files_where_the_disk_has_two()
    {
        Run("$b = Get-NatsOperator O2 | New-NatsAccount B; $b | New-NatsUser u | Out-Null");
        RunResult result = Session.Run("Get-NatsUser -Operator O2 | Export-NatsCredential -Directory out");
        string[] files = [.. Directory.GetFiles(PathOf("out")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        if (File.Exists(PathOf("out/U.CREDS")))
        {
            Assert.Equal(["FileExists"], result.ErrorIds);
            Assert.Equal(["U.creds"], files);
        }
        else
        {
            Assert.Empty(result.ErrorIds);
            Assert.Equal(["U.creds", "u.creds"], files);
        }

        Reports("FileExists", "$u, $u | Export-NatsCredential -Directory twice");
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
        Holds("$secret -is [SecureString]", "[System.Net.NetworkCredential]::new('', $secret).Password -ceq $plain");
        Run("$u | Export-NatsCredential U.creds");
        Holds("[System.IO.File]::ReadAllText(\"$pwd/U.creds\") -ceq $plain");
    }

    [Theory]
    [InlineData("Export-NatsCredential -User U ./U.creds -PassThru")]
    [InlineData("Export-NatsContext -User U -CredentialPath ./U.creds -ExportCredential -PassThru")]
    [InlineData("Export-NatsCredential -User U ./U.creds -Expires 1h -PassThru")]
    public void The_pipeline_ends_once_the_disk_has_the_file(string script)
    {
        // What the disk is asked for at the end has become something that it cannot have.
        Assert.Contains("U.creds",
            Reports("FileAccess",
                script + " | ForEach-Object { [IO.File]::Delete(\"$pwd/U.creds\"); $null = [IO.File]::CreateSymbolicLink(\"$pwd/U.creds\", "
                    + "\"$pwd/U.creds\") }"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_in_memory_has_no_place_for_a_file_and_needs_a_path()
    {
        Run("$m = New-NatsOperator O -Store (New-NatsStore -InMemory) | New-NatsAccount A | New-NatsUser U");
        Assert.Contains("-AsSecureString", Reports("InvalidPath", "$m | Export-NatsCredential"), StringComparison.Ordinal);
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

    [Fact]
    public void A_copy_expires_and_the_user_stays_as_it_is()
    {
        Run("$before = (Get-NatsUser U).Jwt; $u | Export-NatsCredential ./U.creds -Expires 15m; $c = Import-NatsCredential U.creds");

        Holds(
            "$c.Matches",
            "$c.Subject -eq $u.Subject",
            "$c.Issuer -eq $u.Issuer");
        Holds("$c.Expires -gt [datetimeoffset]::Now.AddMinutes(14)", "$c.Expires -le [datetimeoffset]::Now.AddMinutes(15)");
        Holds("(Get-NatsUser U).Jwt -ceq $before", "$null -eq (Get-NatsUser U).Expires");
        Holds("Test-NatsJwt $c -Parent (Get-NatsAccount A), (Get-NatsOperator O2)");
    }

    [Theory]
    [InlineData("$text = $u | Export-NatsCredential -Expires 15m -AsPlainText")]
    [InlineData("$secret = $u | Export-NatsCredential -Expires 15m -AsSecureString; $text = [System.Net.NetworkCredential]::new('', "
        + "$secret).Password")]
    [InlineData("$u | Export-NatsCredential -Expires 15m -Directory d; $text = [System.IO.File]::ReadAllText(\"$pwd/d/U.creds\")")]
    public void A_copy_goes_wherever_credentials_go(string script)
    {
        Run(script);
        Holds("(ConvertFrom-NatsJwt $text.Split(\"`n\")[1]).Expires -lt [datetimeoffset]::Now.AddMinutes(16)");
    }

    [Fact]
    public void A_copy_does_not_take_the_place_of_the_credentials_of_the_store()
    {
        Run("$own = $u | Export-NatsCredential -PassThru");
        string before = File.ReadAllText((string)Value("$own.FullName")!);

        Reports("FileExists", "$u | Export-NatsCredential -Expires 15m");

        Assert.Equal(before, File.ReadAllText((string)Value("$own.FullName")!));
    }

    [Theory]
    [InlineData("Never")]
    [InlineData("2001-01-01")]
    [InlineData("soon")]
    [InlineData("30d")]
    public void A_copy_that_does_not_expire_sooner_is_refused(string expires)
    {
        Run("Set-NatsUser U -Expires 10d");
        Reports("InvalidTime", $"Export-NatsCredential ./U.creds -User U -Expires {expires}");
        Assert.False(File.Exists(PathOf("U.creds")));
    }

    [Fact]
    public void A_copy_of_a_user_with_a_role_keeps_the_role()
    {
        Run("$r = $a | Add-NatsSigningKey -Role reader -AllowSubscribe 'data.>'; $w = $a | New-NatsUser W -SigningKey reader; $w | "
            + "Export-NatsCredential W.creds -Expires 15m");
        Holds("(Import-NatsCredential W.creds).Issuer -eq $r.PublicKey");
        Holds("Test-NatsJwt (Import-NatsCredential W.creds) -Parent (Get-NatsAccount A), (Get-NatsOperator O2)");
    }

    [Fact]
    public void A_copy_gets_no_other_permissions_than_the_user_has()
    {
        Run("$a | Add-NatsSigningKey -Role reader -AllowSubscribe 'data.>' | Out-Null; $a | New-NatsUser W -SigningKey reader | Out-Null");
        Assert.Equal("SigningKeyNotAllowed", Ends("Export-NatsCredential W.creds -User W -Expires 15m -SigningKey $a.Subject").ErrorId);
        Assert.Equal("SigningKeyNotAllowed", Ends("Export-NatsCredential U.creds -User U -Expires 15m -SigningKey reader").ErrorId);
        Assert.Empty(Directory.GetFiles(Session.Folder, "*.creds"));
    }

    [Fact]
    public void A_copy_is_signed_by_the_key_that_was_asked_for()
    {
        Run("$k = $a | Add-NatsSigningKey; $u | Export-NatsCredential U.creds -Expires 15m -SigningKey $k; $c = Import-NatsCredential U.creds");
        Holds("$c.Issuer -eq $k.PublicKey", "$c.IssuerAccount -eq $a.Subject");
    }

    [Fact]
    public void A_copy_has_what_was_signed_and_not_what_was_edited_since()
    {
        string file = PathOf("store/O2/accounts/A/users/U.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("jwt:", "claims: {subs: 5}\njwt:", StringComparison.Ordinal));
        Holds("(Get-NatsUser U).State -eq 'Modified'");
        Run("Export-NatsCredential U.creds -User U -Expires 15m");
        Holds("(Import-NatsCredential U.creds).Token.Claims.Permissions.Subs -eq -1");
    }

    [Fact]
    public void Nothing_is_signed_under_WhatIf()
    {
        Run("$called = @(0); $signer = { param($data) $called[0]++; [byte[]]::new(64) }");
        LeavesFilesAlone("$u | Export-NatsCredential U.creds -Expires 15m -SigningKey $signer -WhatIf");
        Holds("$called[0] -eq 0");
    }

    [Fact]
    public void A_key_that_nothing_is_signed_with_is_warned_of() =>
        Assert.Contains("-Expires", Assert.Single(Run("$u | Export-NatsCredential U.creds -SigningKey $a.Subject").Warnings),
            StringComparison.Ordinal);

    [Fact]
    public void A_user_never_takes_the_place_of_another_one_of_the_pipeline()
    {
        Run("$b = New-NatsAccount B; $b | New-NatsUser U | Out-Null");
        Assert.Contains("-Directory", Reports("FileExists", "Get-NatsUser U | Export-NatsCredential -Directory ./all -Force"),
            StringComparison.Ordinal);
        Holds("(Import-NatsCredential all/U.creds).Subject -eq $u.Subject");
    }

    [Fact]
    public void Credentials_that_servers_refuse_are_written_with_a_warning()
    {
        Assert.Empty(Run("$u | Export-NatsCredential a.creds").Warnings);
        Run("$u | Add-NatsRevocation");
        Assert.Contains("(trust.revoked)", Assert.Single(Run("Get-NatsUser U | Export-NatsCredential b.creds").Warnings), StringComparison.Ordinal);
    }
}
