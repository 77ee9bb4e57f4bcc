namespace NatsKeys.Tests.Commands;

public class UnprotectNatsKeyStoreTests : ProtectedKeysTest
{
    public UnprotectNatsKeyStoreTests() =>
        Run("New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U | Out-Null; Protect-NatsKeyStore -Passphrase $p");

    [Theory]
    [InlineData("Unprotect-NatsKeyStore -Confirm:$false")]
    [InlineData("Get-NatsStore | Unprotect-NatsKeyStore -Confirm:$false")]
    [InlineData(Lock + "; $lent.NATSKEYS_PASSPHRASE = '" + Passphrase + "'; Unprotect-NatsKeyStore -Confirm:$false")]
    public void Seeds_are_plain_again_and_the_header_is_gone(string script)
    {
        Assert.Empty(Run(script).Output);
        Assert.False(File.Exists(Header));
        Assert.Equal(3, SeedFiles.Length);
        Assert.All(SeedFiles, file => Assert.Matches("^" + SeedText.Pattern() + "$", File.ReadAllText(file)));
        StateIs("None");
        Run("New-NatsUser V -Account A | Out-Null");
    }

    [Fact]
    public void A_locked_root_is_one_error_and_stays()
    {
        Run(Lock);
        string[] before = Snapshot();
        Reports("KeyStoreLocked", "Unprotect-NatsKeyStore -Confirm:$false");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void A_seed_that_cannot_be_opened_is_one_error_and_the_root_stays_protected()
    {
        string file = SeedFiles[0];
        File.WriteAllText(file, "natskeys-sealed-1:AAAA");
        Assert.Contains(file, Reports("KeyDamaged", "$s = Unprotect-NatsKeyStore -Confirm:$false -PassThru"), StringComparison.Ordinal);
        Holds("$null -eq $s");
        Assert.True(File.Exists(Header));
        File.Delete(file);
        Run("Unprotect-NatsKeyStore -Confirm:$false");
        Assert.False(File.Exists(Header));
    }

    [Fact]
    public void It_asks_before_it_does_so()
    {
        string[] before = Snapshot();
        Session.Answer("n");
        Session.Run("Unprotect-NatsKeyStore");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void A_root_that_is_not_protected_stays_as_it_is()
    {
        Run("Unprotect-NatsKeyStore -Confirm:$false");
        Assert.Single(LeavesFilesAlone("Unprotect-NatsKeyStore -PassThru -Confirm:$false").Output);
    }
}
