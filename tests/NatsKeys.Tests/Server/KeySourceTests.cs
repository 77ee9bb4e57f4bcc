namespace NatsKeys.Tests.Server;

/// <summary>What is signed to speak with servers is signed with the keys of every kind of source.</summary>
public sealed class KeySourceTests : ResolverTest
{
    [NatsServerTheory]
    [InlineData("Register-NatsKeySource -Signer { param($bytes) New-NatsSignature -Data $bytes -SigningKey $sys } -PublicKey $sys.PublicKey; "
        + "Register-NatsKeySource -Signer { param($bytes) New-NatsSignature -Data $bytes -SigningKey $op } -PublicKey $op.PublicKey")]
    [InlineData("$env:KEY_TEST_SYS = $sys | Export-NatsKeyPair -AsPlainText; $env:KEY_TEST_OP = $op | Export-NatsKeyPair -AsPlainText; "
        + "Register-NatsKeySource KEY_TEST_SYS, KEY_TEST_OP")]
    public async Task Accounts_are_published_compared_received_and_deleted(string register)
    {
        await StartAsync(Deleting);
        Run("$sys = Get-NatsKeyPair (Get-NatsAccount SYS).Subject; $op = Get-NatsKeyPair $o.Subject");
        Directory.Delete(Path.Combine(Session.KeyRoot, "keys"), recursive: true);

        // The environment is that of all tests, and this one runs with several servers at once.
        Run($"$x = New-NatsKeyPair User; {register.Replace("TEST", Guid.NewGuid().ToString("N"), StringComparison.Ordinal)}");

        Run("$answers = Publish-NatsAccount A");
        Holds("\"$($answers.Outcome)\" -eq 'Done'", "(Compare-NatsAccount A).State -eq 'Same'");
        Run("Receive-NatsAccount A | Out-Null");
        Holds("(Unpublish-NatsAccount A -Confirm:$false).Outcome -eq 'Done'");
        Assert.Empty(Directory.EnumerateFiles(Session.KeyRoot, "*.nk", SearchOption.AllDirectories));
    }
}
