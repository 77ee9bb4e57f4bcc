using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class RemoveNatsOperatorTests : ModuleTest
{
    public RemoveNatsOperatorTests() => Run("$o = New-NatsOperator O2 -GenerateSigningKey -SystemAccount SYS; $p = New-NatsOperator P");

    [Fact]
    public void An_empty_one_is_removed_and_its_keys_stay()
    {
        RunResult result = Run("$p | Remove-NatsOperator -Confirm:$false");
        Assert.Contains("operator P", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Holds("@(Get-NatsOperator).Name -eq 'O2'", "(Get-NatsKeyPair $p.Subject).HasSeed");
        Assert.False(Directory.Exists(PathOf("store/P")));
    }

    [Fact]
    public void One_with_accounts_goes_only_with_them_and_leaves_no_key_where_that_is_wanted()
    {
        Reports("EntityInUse", "Remove-NatsOperator O2 -Confirm:$false");
        Run("$r = 'O2' | Remove-NatsOperator -Recurse -IncludeKeys -Confirm:$false -PassThru -WarningAction Ignore");
        Holds(
            "$r.Below.Count -eq 2",
            "$r.RemovedKeys.Count -eq 5",
            "@(Get-NatsKeyPair).Count -eq 1");
        Assert.False(Directory.Exists(PathOf("store/O2")));
    }

    [Fact]
    public void WhatIf_and_a_wrong_name_change_nothing()
    {
        LeavesFilesAlone("$p | Remove-NatsOperator -WhatIf");
        Reports("EntityNotFound", "Remove-NatsOperator nobody -Confirm:$false");
        Holds("@(Get-NatsOperator).Count -eq 2");
    }
}
