namespace NatsKeys.Tests.Commands;

public class ImportNatsStoreTests : ModuleTest
{
    private const int Entities = 34;

    public ImportNatsStoreTests()
    {
        // A copy: a test may damage it.
        foreach (string file in Directory.EnumerateFiles(Nsc, "*", SearchOption.AllDirectories))
        {
            string copy = PathOf(Path.Combine("nsc", Path.GetRelativePath(Nsc, file)));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string Nsc => Path.Combine(AppContext.BaseDirectory, "vectors", "nsc-store");

    [Fact]
    public void A_reader_that_takes_the_first_and_stops_leaves_no_part_of_it()
    {
        Run("$first = Import-NatsStore nsc -PassThru | Select-Object -First 1");
        Assert.Equal(Entities, Value("@(Get-NatsOperator).Count + @(Get-NatsAccount).Count + @(Get-NatsUser).Count"));
        Holds("$first -is [NatsKeys.Store.NatsOperator]");
    }

    [Fact]
    public void All_that_nsc_has_comes_into_the_default_store()
    {
        Assert.Empty(Run("Import-NatsStore nsc").Output);
        Holds(
            "@(Get-NatsOperator).Count -eq 2",
            "@(Get-NatsAccount).Count -eq 7",
            "@(Get-NatsUser).Count -eq 25");
        Holds("@(Get-NatsKeyPair).Count -eq 43");
        Assert.Equal(File.ReadAllText(PathOf("nsc/keys/creds/RICH/SYS/sys.creds")), File.ReadAllText(PathOf("keys/creds/RICH/SYS/sys.creds")));
    }

    [Fact]
    public void An_operator_comes_first_and_with_the_name_of_its_system_account()
    {
        Run("$shown = Import-NatsStore nsc -PassThru | ForEach-Object { \"$($_.Kind) $($_.SystemAccount)\" }");
        Holds("$shown[0] -like 'Operator *'", $"$shown.Count -eq {Entities}", "@($shown -ceq 'Operator SYS').Count -gt 0");
        Assert.DoesNotContain(Run("$shown").Output, line => line.ToString().Length > 40);
    }

    [Fact]
    public void Texts_of_tokens_credentials_and_entities_come_down_the_pipeline()
    {
        Run(
            """
            $s = New-NatsStore ./from -KeyPath ./fromkeys
            $o = New-NatsOperator T -Store $s
            $a = $o | New-NatsAccount A
            $u = $a | New-NatsUser U
            $yaml = [IO.File]::ReadAllText("$($s.Location)/T/accounts/A/users/U.yaml")
            $creds = $u | Export-NatsCredential -AsPlainText
            $v = $a | New-NatsUser V
            """);
        Assert.Empty(Run("$v.Jwt, $o.Jwt, \"-----BEGIN NATS ACCOUNT JWT-----`n$($a.Jwt)`n------END NATS ACCOUNT JWT------\", $yaml | "
            + "Import-NatsStore").Output);
        Holds(
            "(Get-NatsUser V).Jwt -eq $v.Jwt",
            "(Get-NatsUser U).Jwt -eq $u.Jwt",
            "(Get-NatsAccount A -Operator T).State -eq 'Signed'",
            "-not (Get-NatsKeyPair -ErrorAction Ignore)");
        Run("$creds | Import-NatsStore; Get-NatsKeyPair $o.Subject -Store $s | Export-NatsKeyPair -AsPlainText | Import-NatsStore");
        Holds("(Get-NatsKeyPair $u.Subject).HasSeed", "(Get-NatsKeyPair $o.Subject).HasSeed");
        Assert.Equal((string)Value("$creds")!, File.ReadAllText(PathOf("keys/creds/T/A/U.creds")));
    }

    [Theory]
    [InlineData("\"a`nb\"", "TokenMalformed")]
    [InlineData("\"kind: user`nname: x`n\"", "TokenMalformed")]
    [InlineData("'eyJ0eXAi.x.y'", "TokenMalformed")]
    [InlineData("'-----BEGIN NATS USER JWT-----'", "TokenMalformed")]
    [InlineData("'*************************************************************'", "TokenMalformed")]
    [InlineData("(New-NatsStore -InMemory | ForEach-Object { (New-NatsOperator Q -Store $_ | New-NatsAccount B).Jwt })", "EntityNotFound")]
    public void A_text_that_is_not_good_is_an_error_and_shows_no_seed(string text, string errorId)
    {
        string[] before = Snapshot();
        Assert.DoesNotContain("The file", Reports(errorId, $"{text} | Import-NatsStore"), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Tokens_stand_in_the_files_as_nsc_wrote_them()
    {
        Run("Import-NatsStore nsc/stores");
        string token = File.ReadAllText(PathOf("nsc/stores/RICH/accounts/BILLING/BILLING.jwt"));
        Assert.Contains($"jwt: {token}\n",
            File.ReadAllText(PathOf("store/RICH/accounts/BILLING/account.yaml")).Replace("\"", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Holds("(Get-NatsAccount BILLING).State -eq 'Signed'");
    }

    [Fact]
    public void PassThru_gives_each_entity_after_the_one_above()
    {
        Run("$all = Import-NatsStore nsc -PassThru");
        Holds($"$all.Count -eq {Entities}");
        Holds(
            "$all[0] -is [NatsKeys.Store.NatsOperator]",
            "$all[1] -is [NatsKeys.Store.NatsAccount]",
            "$all[2] -is [NatsKeys.Store.NatsUser]");
    }

    [Fact]
    public void WhatIf_lists_what_would_be_imported_and_writes_nothing()
    {
        RunResult("Import-NatsStore nsc -WhatIf -PassThru", out string text);
        Assert.Contains("account RICH/BILLING from", text, StringComparison.Ordinal);
        Assert.Contains("key OBSXFXLGMZUZO7EIODC4HW6HHTO7AXI7ISELSVOILJ2ZMBTWHFSOP7MY from", text, StringComparison.Ordinal);
        Assert.Contains("credentials of user RICH/BILLING/b1 from", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_again_is_no_error_and_writes_nothing()
    {
        Run("Import-NatsStore nsc");
        LeavesFilesAlone("Import-NatsStore nsc");
        Holds($"@(Import-NatsStore nsc -PassThru).Count -eq {Entities}");
    }

    [Fact]
    public void One_damaged_token_is_one_error_that_names_the_file()
    {
        string file = PathOf("nsc/stores/RICH/accounts/BILLING/users/b1.jwt");
        File.WriteAllText(file, File.ReadAllText(PathOf("nsc/stores/RICH/accounts/BILLING/users/b2.jwt"))[..^4] + "AAAA");
        string message = Reports("TokenSignature", "Import-NatsStore nsc/stores");
        Assert.Contains("b1.jwt", message, StringComparison.Ordinal);
        Holds("@(Get-NatsUser).Count -eq 24");
    }

    [Fact]
    public void An_entity_that_is_there_is_replaced_with_Force_alone()
    {
        Run("New-NatsOperator RICH | Out-Null; $before = (Get-NatsOperator RICH).Subject");
        string message = Reports("EntityExists", "Import-NatsStore nsc/stores/RICH");
        Assert.Contains("operator RICH", message, StringComparison.Ordinal);
        Assert.Contains(" 28 ", message, StringComparison.Ordinal);
        Holds("(Get-NatsOperator RICH).Subject -eq $before");
        Run("Import-NatsStore nsc/stores/RICH -Force");
        Holds("(Get-NatsOperator RICH).Subject -like 'OBSXF*'", "@(Get-NatsUser).Count -eq 23");
    }

    [Fact]
    public void Loose_files_find_their_places_whatever_their_order()
    {
        Run(
            """
            $s = New-NatsStore -InMemory
            $files = 'nsc/keys/creds/RICH/BILLING/b1.creds', 'nsc/stores/RICH/accounts/BILLING/users/b2.jwt',
                'nsc/stores/RICH/accounts/BILLING/BILLING.jwt', 'nsc/stores/RICH/RICH.jwt'
            $all = $files | Import-NatsStore -Store $s -PassThru
            """);
        Holds("\"$($all.Name)\" -eq 'RICH BILLING b2 b1'");
        Holds(
            "@(Get-NatsKeyPair -Store $s).Count -eq 1",
            "(Get-NatsUser b1 -Store $s | Export-NatsCredential -AsPlainText).Length -gt 500");
    }

    [Fact]
    public void LiteralPath_takes_brackets()
    {
        Directory.Move(PathOf("nsc/stores/O2"), PathOf("nsc/[O2]"));
        Run("Import-NatsStore -LiteralPath 'nsc/[O2]'");
        Holds("(Get-NatsOperator).Name -eq 'O2'");
    }

    [Fact]
    public void A_path_without_anything_is_one_error_and_the_next_goes_on()
    {
        Directory.CreateDirectory(PathOf("empty"));
        Assert.Contains(PathOf("empty"), Reports("FileNotFound", "Import-NatsStore empty, nsc/stores/O2"), StringComparison.Ordinal);
        Holds("(Get-NatsOperator).Name -eq 'O2'");
    }

    [Fact]
    public void No_seed_is_shown()
    {
        string text = Session.RunText("Import-NatsStore nsc -PassThru -Verbose -Force *>&1 | Format-List *; Import-NatsStore nsc -WhatIf *>&1")
            .ToString()!;
        Assert.DoesNotMatch(SeedText.Pattern(), text);
    }

    private void RunResult(string script, out string text)
    {
        string[] before = Snapshot();
        text = Session.RunText(script).ToString()!;
        Assert.Equal(before, Snapshot());
    }
}
