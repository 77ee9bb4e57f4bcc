namespace NatsKeys.Tests.Commands;

/// <summary>What narrows down what Get- cmdlets give.</summary>
public sealed class GetFilterTests : ModuleTest
{
    public GetFilterTests() => Run(
        """
        $a = New-NatsOperator O | New-NatsAccount A
        $b = New-NatsAccount B
        foreach ($account in $a, $b) { $null = $account | Add-NatsSigningKey; $null = $account | Add-NatsSigningKey -Role "r$($account.Name)" }
        $a | Set-NatsJetStreamLimit R1 -MaxDisk 1gb; $a | Set-NatsJetStreamLimit R3 -MaxDisk 2gb
        'U', 'V' | New-NatsUser -Account A | Add-NatsRevocation -WarningAction Ignore
        $a | Add-NatsExport e.> Stream
        $b | Add-NatsImport e.x -From A -LocalSubject mine; $b | Add-NatsImport e.y -From A -LocalSubject other
        """);

    [Theory]
    [InlineData("(Get-NatsSigningKey -Role rA).Role", "rA")]
    [InlineData("(Get-NatsSigningKey -Role r*).Role", "rA rB")]
    [InlineData("(Get-NatsSigningKey -Account b* -Role *).Role", "rB")]
    [InlineData("@(Get-NatsSigningKey -Account *).Count", "4")]
    [InlineData("(Get-NatsJetStreamLimit -Tier R3).Tier", "R3")]
    [InlineData("(Get-NatsJetStreamLimit -Tier 3).Tier", "R3")]
    [InlineData("(Get-NatsJetStreamLimit * R*).Tier", "R1 R3")]
    [InlineData("(Get-NatsAccount A | Get-NatsJetStreamLimit R1).Tier", "R1")]
    [InlineData("(Get-NatsRevocation -User V).PublicKey -eq (Get-NatsUser V).Subject", "True")]
    [InlineData("@(Get-NatsUser U | ForEach-Object { Get-NatsRevocation -User $_ }).Count", "1")]
    [InlineData("(Get-NatsImport -LocalSubject mine).LocalSubject", "mine")]
    [InlineData("(Get-NatsImport -Account [ab] -LocalSubject *).LocalSubject", "mine other")]
    [InlineData("(Get-NatsExport -Account a*).Subject", "e.>")]
    public void Only_what_is_asked_for_is_given(string script, string expected) => Assert.Equal(expected, Value($"\"$({script})\""));

    [Theory]
    [InlineData("Get-NatsSigningKey -Role rX", "KeyNotFound", "rX")]
    [InlineData("Get-NatsJetStreamLimit -Tier R5", "ClaimNotFound", "R5")]
    [InlineData("Get-NatsRevocation -User nobody", "ClaimNotFound", "nobody")]
    [InlineData("Set-NatsSigningKey rC -Account A -AddAllowPublish x", "KeyNotFound", "Did you mean 'rA'?")]
    [InlineData("Update-NatsSigningKey rC", "KeyNotFound", "Did you mean 'r")]
    [InlineData("New-NatsUser x -Account A -Role rC", "KeyNotFound", "Did you mean 'rA'?")]
    public void What_is_named_and_not_there_is_an_error(string script, string errorId, string said) =>
        Assert.Contains(said, Reports(errorId, script), StringComparison.Ordinal);

    [Fact]
    public void One_of_two_imports_of_a_subject_is_removed_by_its_local_subject()
    {
        Run("$a | Add-NatsExport s Service; $b | Add-NatsImport s -From A -LocalSubject one; $b | Add-NatsImport s -From A -LocalSubject two");
        Run("Remove-NatsImport s -Account B -LocalSubject one");
        Holds("(Get-NatsImport s).LocalSubject -eq 'two'");
    }

    [Fact]
    public void Every_cmdlet_that_reads_files_takes_literal_paths_as_the_engine_s_own_do()
    {
        foreach (string cmdlet in (string[])["Import-NatsCredential", "Import-NatsKeyPair", "Import-NatsStore", "Complete-NatsSigningRequest",
            "ConvertFrom-NatsJwt", "New-NatsSignature", "Test-NatsSignature", "Protect-NatsMessage", "Unprotect-NatsMessage"])
        {
            Holds(
                $"$names = (Get-Command {cmdlet}).Parameters.Values.ForEach({{ $_.Name; $_.Aliases }}); 'Path' -in $names",
                "'LiteralPath' -in $names",
                "'PSPath' -in $names",
                "'LP' -in $names");
        }
    }

    [Theory]
    [InlineData("Protect-NatsMessage", "Recipient")]
    [InlineData("Export-NatsStore", "Recipient")]
    [InlineData("Unprotect-NatsMessage", "Sender")]
    public void Who_can_open_is_the_recipient_everywhere(string cmdlet, string parameter) =>
        Holds($"(Get-Command {cmdlet}).Parameters.ContainsKey('{parameter}')");
}
