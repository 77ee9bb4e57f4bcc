using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class RemoveNatsAccountTests : ModuleTest
{
    public RemoveNatsAccountTests() =>
        Run("$o = New-NatsOperator O2 -SystemAccount SYS; $a = $o | New-NatsAccount A; $ak = $a | Add-NatsSigningKey; $b = $o | New-NatsAccount B");

    [Fact]
    public void The_account_is_gone_and_the_servers_part_is_said()
    {
        RunResult result = Run("$a | Remove-NatsAccount -Confirm:$false");
        Assert.Empty(result.Output);
        Assert.Contains("account O2/A", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Holds("(Get-NatsAccount).Name -notcontains 'A'", "(Get-NatsKeyPair $ak.PublicKey).HasSeed");
        Assert.False(Directory.Exists(PathOf("store/O2/accounts/A")));
    }

    [Fact]
    public void One_with_users_goes_only_with_them()
    {
        Run("$u = $a | New-NatsUser U; $u | Export-NatsCredential");
        string[] before = Snapshot();
        Assert.Contains("O2/A/U", Reports("EntityInUse", "$a | Remove-NatsAccount -Confirm:$false"), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());

        Run("$r = $a | Remove-NatsAccount -Recurse -IncludeKeys -Confirm:$false -PassThru -WarningAction Ignore");
        Holds(
            "\"$($r.Below)\" -eq 'user O2/A/U'",
            "$r.RemovedKeys.Count -eq 3",
            "$r.RemovedKeys -contains $ak.PublicKey",
            "@(Get-NatsUser -Operator O2).Name -eq 'sys'");
        Assert.False(Directory.Exists(Path.Combine(Session.KeyRoot, "creds/O2/A")));
    }

    [Fact]
    public void Who_imports_from_it_is_named()
    {
        Run("$a | Add-NatsExport x Stream; $b | Add-NatsImport x -From $a");
        RunResult result = Run("$r = Remove-NatsAccount A -Confirm:$false -PassThru");
        Assert.Contains(result.Warnings, text => text.Contains("account O2/B", StringComparison.Ordinal));
        Holds("\"$($r.Importers)\" -eq 'account O2/B'");
    }

    [Fact]
    public void The_system_account_stays() =>
        Assert.Contains("account O2/SYS", Reports("EntityInUse", "Remove-NatsAccount SYS -Recurse -Confirm:$false"), StringComparison.Ordinal);

    [Fact]
    public void What_else_lies_in_the_folder_stays()
    {
        WriteFile("store/O2/accounts/A/README.md", "by hand");
        Run("$a | Remove-NatsAccount -Confirm:$false -WarningAction Ignore");
        Assert.Equal(["README.md"], Directory.GetFiles(PathOf("store/O2/accounts/A")).Select(Path.GetFileName));
        Holds("(Get-NatsAccount).Name -notcontains 'A'");
    }

    [Fact]
    public void One_that_is_not_there_is_an_error_and_WhatIf_changes_nothing()
    {
        Reports("EntityNotFound", "Remove-NatsAccount nobody -Confirm:$false");
        Reports("EntityNotFound", "Remove-NatsAccount nobody -Operator O2 -WhatIf");
        LeavesFilesAlone("$a | Remove-NatsAccount -WhatIf");
    }

    [Fact]
    public void A_signing_key_of_it_does_not_stand_for_it()
    {
        string[] before = Snapshot();
        Assert.Contains("Remove-NatsSigningKey", Reports("InvalidClaims", "$ak | Remove-NatsAccount -Recurse -Confirm:$false"),
            StringComparison.Ordinal);
        Reports("InvalidClaims",
            "$o | Add-NatsSigningKey -WhatIf; Get-NatsSigningKey -Account A | ForEach-Object { $_ | Remove-NatsAccount -Confirm:$false }");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void One_whose_file_cannot_be_read_is_removed_all_the_same()
    {
        WriteFile("store/O2/accounts/A/account.yaml", "garbage");
        Run("Remove-NatsAccount A -Operator O2 -Confirm:$false -WarningAction Ignore");
        Assert.False(Directory.Exists(PathOf("store/O2/accounts/A")));
    }
}
