namespace NatsKeys.Tests.Commands;

public class RemoveNatsUserTests : ModuleTest
{
    public RemoveNatsUserTests() =>
        Run("$ok = New-NatsOperator O2 | Add-NatsSigningKey; $a = $ok | New-NatsAccount A; $u = $a | New-NatsUser U; $v = $a | New-NatsUser V; $u "
            + "| Export-NatsCredential");

    [Theory]
    [InlineData("$u | Remove-NatsUser -Confirm:$false")]
    [InlineData("Remove-NatsUser A/U -Confirm:$false -Store $storeRoot")]
    [InlineData("'U' | Remove-NatsUser -Confirm:$false")]
    public void The_user_is_gone_and_revoked_and_the_account_signed_by_its_issuer(string script)
    {
        Assert.Empty(Run(script).Output);
        Holds(
            "@(Get-NatsUser).Name -eq 'V'",
            "(Get-NatsRevocation).PublicKey -eq $u.Subject",
            "(Get-NatsAccount A).State -eq 'Signed'",
            "(Get-NatsAccount A).Issuer -eq $ok.PublicKey");
        Holds("(Get-NatsKeyPair $u.Subject).HasSeed");
        Assert.True(File.Exists(Path.Combine(Session.KeyRoot, "creds/O2/A/U.creds")));
    }

    [Fact]
    public void The_object_says_what_was_done()
    {
        Run("$r = $u | Remove-NatsUser -Confirm:$false -PassThru -IncludeKeys -WarningAction Ignore");
        Holds(
            "\"$($r.Path)\" -eq 'user O2/A/U'",
            "$r.PublicKey -eq $u.Subject",
            "$r.Revoked.Name -eq 'A'",
            "$r.RemovedKeys -eq $u.Subject");
        Assert.Empty(Directory.GetFiles(Session.KeyRoot, $"{Value("$u.Subject")}.nk", SearchOption.AllDirectories));
        Assert.False(File.Exists(Path.Combine(Session.KeyRoot, "creds/O2/A/U.creds")));
    }

    [Fact]
    public void NoRevocation_leaves_the_account_alone_and_says_so()
    {
        Run("$before = (Get-NatsAccount A).Jwt");
        Assert.Contains("O2/A/U", Assert.Single(Run("$u | Remove-NatsUser -NoRevocation -Confirm:$false").Warnings), StringComparison.Ordinal);
        Holds("(Get-NatsAccount A).Jwt -eq $before", "@(Get-NatsRevocation).Count -eq 0");
    }

    [Fact]
    public void A_user_whose_account_cannot_be_signed_stays()
    {
        Run("[System.IO.Directory]::Delete((Get-NatsStore).Keys.Location + '/keys/O', $true)");
        string[] before = Snapshot();
        Reports("SigningKeyNotFound", "$u | Remove-NatsUser -Confirm:$false");
        Refuses("SigningKeyNotFound", "$u | Remove-NatsUser -Confirm:$false -SigningKey nobody");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Several_are_removed_and_one_that_is_not_there_is_an_error()
    {
        Reports("EntityNotFound", "'A/U', 'A/nobody', 'A/V' | Remove-NatsUser -Confirm:$false -WarningAction Ignore");
        Holds("@(Get-NatsUser).Count -eq 0", "@(Get-NatsRevocation).Count -eq 2");
    }

    [Fact]
    public void A_user_of_that_name_is_made_anew_with_another_key()
    {
        Run("$u | Remove-NatsUser -Confirm:$false -WarningAction Ignore; $n = New-NatsUser U -Account A");
        Holds("$n.Subject -ne $u.Subject", "($n | Test-NatsJwt)");
    }

    [Fact]
    public void Users_of_a_store_in_memory_are_removed()
    {
        Run("$m = New-NatsOperator M -Store (New-NatsStore -InMemory) | New-NatsAccount A | New-NatsUser U; $m | Remove-NatsUser -Confirm:$false "
            + "-WarningAction Ignore -IncludeKeys");
        Holds(
            "@(Get-NatsUser -Store $m.Store).Count -eq 0",
            "@(Get-NatsRevocation -Store $m.Store).Count -eq 1",
            "$m.Store.Keys.PublicKeys() -notcontains $m.Subject");
    }

    [Fact]
    public void It_asks_unless_told_not_to()
    {
        Session.Answer("N");
        LeavesFilesAlone("$u | Remove-NatsUser");
        Session.Answer("Y");
        Run("$u | Remove-NatsUser -WarningAction Ignore");
        Holds("@(Get-NatsUser).Count -eq 1");
    }
}
