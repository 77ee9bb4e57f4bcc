using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class ExportNatsKeyPairTests : ModuleTest
{
    public ExportNatsKeyPairTests() => Run($"$k = Import-NatsKeyPair -Seed {AccountSeed}");

    [Theory]
    [InlineData("$k | Export-NatsKeyPair a.nk")]
    [InlineData("Export-NatsKeyPair -KeyPair $k -Path ./a.nk")]
    [InlineData("Export-NatsKeyPair -KeyPair " + AccountSeed + " a.nk")]
    public void A_key_file_is_written(string script)
    {
        Assert.Empty(Run(script).Output);
        Assert.Equal(AccountSeed, File.ReadAllText(PathOf("a.nk")).Trim());
        Holds($"(Import-NatsKeyPair a.nk).PublicKey -eq '{AccountKey}'");
    }

    [Fact]
    public void A_public_key_gets_the_seed_from_the_key_root()
    {
        Run("$s = New-NatsStore -InMemory; Import-NatsKeyPair -Seed $k.ToSeed() -Store $s | Out-Null");
        Holds($"(Export-NatsKeyPair -KeyPair {AccountKey} -Store $s -AsPlainText) -ceq '{AccountSeed}'");
        Holds($"(Get-NatsKeyPair -Store $s | Export-NatsKeyPair -AsPlainText) -ceq '{AccountSeed}'");
    }

    [Fact]
    public void A_public_key_without_a_seed_is_an_error() =>
        Assert.Contains(AccountKey, Reports("KeyNotFound", $"Export-NatsKeyPair -KeyPair {AccountKey} -AsPlainText"), StringComparison.Ordinal);

    [Fact]
    public void A_folder_gets_a_file_that_is_named_after_the_key_and_PassThru_gives_it()
    {
        Directory.CreateDirectory(PathOf("out"));
        Run("$file = $k | Export-NatsKeyPair out -PassThru");
        Holds(
            "$file -is [System.IO.FileInfo]",
            $"$file.Name -eq '{AccountKey}.nk'",
            "$file.Exists",
            "$file.Directory.Name -eq 'out'");
    }

    [Fact]
    public void An_existing_file_is_replaced_only_with_Force()
    {
        WriteFile("a.nk", "mine");

        Assert.Contains(PathOf("a.nk"), Reports("FileExists", "$k | Export-NatsKeyPair a.nk"), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(PathOf("a.nk")));
        Run("$k | Export-NatsKeyPair a.nk -Force");

        Assert.StartsWith(AccountSeed, File.ReadAllText(PathOf("a.nk")), StringComparison.Ordinal);
    }

    [Fact]
    public void AsSecureString_gives_the_seed_and_can_be_imported()
    {
        Run("$secret = $k | Export-NatsKeyPair -AsSecureString");
        Holds("$secret -is [SecureString]", "$secret.IsReadOnly()");
        Holds($"(Import-NatsKeyPair -Seed $secret).PublicKey -eq '{AccountKey}'");
    }

    [Fact]
    public void PrivateForm_is_another_text()
    {
        Run("$text = $k | Export-NatsKeyPair -AsPlainText -PrivateForm");
        Holds(
            "$text -cmatch '^P[A-Z2-7]+$'",
            "$text.Length -gt 58",
            $"$text -ne '{AccountSeed}'");
        Run("$k | Export-NatsKeyPair p.txt -PrivateForm");
        Holds("[System.IO.File]::ReadAllText(\"$pwd/p.txt\").Trim() -ceq $text");
    }

    [Fact]
    public void Every_type_of_key_is_exported()
    {
        Run(
            """
            $bad = foreach ($type in 'Operator', 'Account', 'User', 'Server', 'Cluster', 'Curve') {
                $key = New-NatsKeyPair $type
                if ((Import-NatsKeyPair -Seed ($key | Export-NatsKeyPair -AsSecureString)).PublicKey -ne $key.PublicKey) { $type }
            }
            """);
        Holds("$null -eq $bad");
    }

    [Fact]
    public void One_bad_item_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Reports("KeyNotFound", $"$texts = @($k, '{OperatorKey}', $k | Export-NatsKeyPair -AsPlainText)");
        Holds("$texts.Count -eq 2");
    }

    [Fact]
    public void The_key_of_the_caller_can_still_be_used()
    {
        Run("$k | Export-NatsKeyPair a.nk");
        Holds($"($k | Export-NatsKeyPair -AsPlainText) -eq '{AccountSeed}'");
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(LeavesFilesAlone("$k | Export-NatsKeyPair a.nk -PassThru -WhatIf").Output);
        WriteFile("a.nk", "mine");
        LeavesFilesAlone("$k | Export-NatsKeyPair a.nk -Force -WhatIf");
    }

    [Fact]
    public void A_signing_key_gets_the_seed_from_the_key_root_of_its_own_store()
    {
        Run("$s = New-NatsStore -InMemory; $a = New-NatsOperator O -Store $s | New-NatsAccount A; $listed = $a | Add-NatsSigningKey");
        Holds("(Get-NatsSigningKey -Account $a | Export-NatsKeyPair -AsPlainText) -ceq ($listed.KeyPair | Export-NatsKeyPair -AsPlainText)");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Force")]
    [InlineData("-WhatIf")]
    public void A_key_never_takes_the_place_of_another_one_of_the_pipeline(string how)
    {
        Run("$keys = 1..3 | ForEach-Object { New-NatsKeyPair User }");
        RunResult result = Session.Run($"$keys | Export-NatsKeyPair ./all.nk {how}");
        Assert.Equal(["FileExists", "FileExists"], result.ErrorIds);
        Assert.Contains(PathOf("all.nk"), result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Run("$keys | Export-NatsKeyPair ./all/");
        Assert.Equal(3, Directory.GetFiles(PathOf("all")).Length);
    }
}
