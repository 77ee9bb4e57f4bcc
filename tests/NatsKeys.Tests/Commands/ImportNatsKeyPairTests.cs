namespace NatsKeys.Tests.Commands;

public class ImportNatsKeyPairTests : ModuleTest
{
    public ImportNatsKeyPairTests()
    {
        WriteFile("a.nk", AccountSeed);
        WriteFile("o.nk", $"{OperatorSeed}\r\n{OperatorKey}\r\n");
        WriteFile("[x].nk", AccountSeed);
        WriteFile("bad.nk", "SAthis is no seed");
    }

    [Theory]
    [InlineData("Import-NatsKeyPair a.nk")]
    [InlineData("Import-NatsKeyPair -Path ./a*.nk")]
    [InlineData("'a.nk' | Import-NatsKeyPair")]
    [InlineData("Import-NatsKeyPair -LiteralPath '[x].nk'")]
    [InlineData("[pscustomobject] @{ PSPath = \"$pwd/a.nk\" } | Import-NatsKeyPair")]
    [InlineData("Import-NatsKeyPair -Seed " + AccountSeed)]
    [InlineData("Import-NatsKeyPair -Seed (Import-NatsKeyPair a.nk).ToSeed()")]
    public void A_key_is_read_and_kept_nowhere(string script)
    {
        Run($"$k = @({script})");
        Holds(
            "$k.Count -eq 1",
            $"$k[0].PublicKey -eq '{AccountKey}'",
            "$k[0].HasSeed",
            "$k[0].Type -eq 'Account'");
        Holds("@(Get-NatsKeyPair).Count -eq 0");
    }

    [Fact]
    public void WhatIf_says_what_is_done_without_a_store_and_still_gives_the_key_to_the_next_cmdlet() => Assert.Contains(
        $"target \"{AccountKey}\"", Session.RunText("$null = Import-NatsKeyPair a.nk -WhatIf -OutVariable k; if (-not $k.HasSeed) { throw }"),
        StringComparison.Ordinal);

    [Fact]
    public void Store_keeps_the_key()
    {
        Run("$s = New-NatsStore -InMemory; Import-NatsKeyPair a.nk, o.nk -Store $s | Out-Null");
        Holds($"(Get-NatsKeyPair {AccountKey} -Store $s).HasSeed", $"(Get-NatsKeyPair {OperatorKey} -Store $s).HasSeed");
        Run("New-NatsStore disk | Out-Null; Import-NatsKeyPair o.nk -Store disk | Out-Null");
        Holds($"(Get-NatsKeyPair -Store disk).PublicKey -eq '{OperatorKey}'");
    }

    [Fact]
    public void A_key_that_the_store_has_is_left_as_it_is()
    {
        Run("New-NatsStore disk | Out-Null; Import-NatsKeyPair o.nk -Store disk | Out-Null");
        string[] before = Snapshot();
        Run("Import-NatsKeyPair o.nk -Store disk | Out-Null");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void One_bad_file_is_an_error_that_names_it_and_the_rest_goes_on()
    {
        string message = Reports("NoSeedFound", "$k = 'a.nk', 'bad.nk', 'o.nk' | Import-NatsKeyPair");

        Assert.Contains(PathOf("bad.nk"), message, StringComparison.Ordinal);
        Assert.DoesNotContain(File.ReadAllText(PathOf("bad.nk")), message, StringComparison.Ordinal);
        Holds("\"$($k.Type)\" -eq 'Account Operator'");
        Reports("NoSeedFound", "$k = Import-NatsKeyPair a.nk, bad.nk, o.nk");
        Holds("$k.Count -eq 2");
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_that_names_it_and_the_rest_goes_on()
    {
        Assert.Contains(PathOf("none.nk"), Reports("FileNotFound", "$k = Import-NatsKeyPair none.nk, a.nk"), StringComparison.Ordinal);
        Holds("$k.Type -eq 'Account'");
        Assert.Contains(PathOf("none.nk"), Reports("FileNotFound", "Import-NatsKeyPair -LiteralPath none.nk"), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_different_seeds_in_one_file_are_an_error()
    {
        WriteFile("two.nk", $"{OperatorSeed}\n{AccountSeed}\n");
        Assert.Contains(AccountKey, Reports("AmbiguousSeed", "Import-NatsKeyPair two.nk"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SAAK3EL5BW4ZOR7JVTXZ4TJ7RQBSOIXK27AFPPSYVP4KDHJKSRQFVRAHIA", "InvalidChecksum")]
    [InlineData("SAAK3EL5BW4ZOR7JVTXZ4TJ6RQBSOIXK27AFPPSYVP4KDHJKSRQFVRAH1A", "Base32Corrupt")]
    [InlineData("SAAK3EL5BW4ZOR7JVTXZ4TJ6RQBSOIXK27AFPPSYVP4KDHJKSRQFVRAHIB", "InvalidEncoding")]
    [InlineData("SAAK3EL5BW4", "InvalidChecksum")]
    [InlineData(AccountKey, "InvalidSeed")]
    public void A_bad_seed_is_an_error_that_does_not_repeat_it(string seed, string id)
    {
        string message = Reports(id, $"Import-NatsKeyPair -Seed {seed}");
        Assert.DoesNotContain(seed, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_of_another_provider_is_an_error() => Reports("InvalidPath", "Import-NatsKeyPair -LiteralPath env:PATH");

    [Theory]
    [InlineData("Import-NatsKeyPair a.nk, o.nk")]
    [InlineData("Import-NatsKeyPair a.nk, o.nk -Store (New-NatsStore -InMemory)")]
    public void A_key_that_came_out_of_a_pipeline_that_is_ended_early_can_be_used(string script)
    {
        Run($"do {{ {script} | ForEach-Object {{ $key = $_; break }} }} while ($false)");
        Holds("(New-NatsSignature a.nk -SigningKey $key)", "$key.HasSeed");
    }

    [Theory]
    [InlineData("env:a.n*")]
    [InlineData("variable:a.[n]k")]
    [InlineData("env:nothing-has-this-name*")]
    public void Wildcards_of_another_provider_are_no_files(string path)
    {
        // Of the variable the provider gives its name, which is that of a file here.
        Assert.Contains(path,
            Reports("InvalidPath",
                $"${{env:a.nk}} = 'x'; ${{a.nk}} = 'x'; try {{ Import-NatsKeyPair '{path}' }} finally {{ ${{env:a.nk}} = $null }}"),
                    StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_keeps_nothing()
    {
        Run("New-NatsStore disk | Out-Null");
        LeavesFilesAlone("Import-NatsKeyPair a.nk -Store disk -WhatIf");
        Holds("@(Get-NatsKeyPair -Store disk).Count -eq 0");
    }
}
