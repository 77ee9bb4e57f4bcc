using System.Management.Automation;
using System.Management.Automation.Runspaces;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Sources;

/// <summary>What is wrong in a source is told, and never used.</summary>
public sealed class SourceFaultTests : SourceTest
{
    [Theory]
    [InlineData("-Vault v -SecretName 'nats-{0}'")]
    [InlineData("-Vault v -SecretName @{ $op.PublicKey = \"nats-$($op.PublicKey)\" }")]
    public void The_seed_of_another_key_in_a_vault_is_refused(string parameters)
    {
        Run($"Set-Secret \"nats-$($op.PublicKey)\" $other.ToSeed() -Vault v; Register-NatsKeySource {parameters}");
        AssertConflict();
    }

    [Fact]
    public void The_seed_of_another_key_in_a_variable_is_refused()
    {
        Run($"Register-NatsKeySource {VariableOf("$other")} -PublicKey $op.PublicKey");
        AssertConflict();
    }

    [Theory]
    [InlineData("")]
    [InlineData("base64")]
    public void The_signature_of_another_key_is_refused(string form)
    {
        Run(
            form.Length == 0
                ? "Register-NatsKeySource -Signer { New-NatsSignature -Data $_ -SigningKey $other } -PublicKey $op.PublicKey"
                : $"Register-NatsKeySource -Command $program -ArgumentList {form}, {CodedVariableOf("$other")} -PublicKey $op.PublicKey",
            ("program", KeyPlaces.SignerProgram));
        string message = Refuses("ExternalSigner", "$o | New-NatsAccount B -SigningKey $op.PublicKey");
        Assert.Contains((string)Value("$op.PublicKey")!, message, StringComparison.Ordinal);
        Reports("ExternalSigner", "$o | New-NatsAccount B");
        Holds("@(Get-NatsAccount).Count -eq 1");
    }

    [Theory]
    [InlineData("'not a seed'", "'v'")]
    [InlineData("'" + "SAAK3EL5BW4ZOR7JVTXZ4TJ7RQBSOIXK27AFPPSYVP4KDHJKSRQFVRAHIB" + "'", "'v'")]
    [InlineData("@{ seed = $op.ToSeed() }", "Hashtable")]
    [InlineData("5", "Int32")]
    public void A_secret_that_is_no_seed_is_refused_and_not_shown(string secret, string named)
    {
        Run($"Set-Secret \"$($op.PublicKey)\" {secret} -Vault v; Register-NatsKeySource -Vault v");
        string message = Reports("KeySourceFailed", "$o | New-NatsAccount B");
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.DoesNotContain("SAAK3EL", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_is_no_seed_is_refused_and_not_shown()
    {
        Run($"Register-NatsKeySource {Variables.Add("SAAK3EL5BW4ZOR7JVTXZ4TJ7RQBSOIXK27AFPPSYVP4KDHJKSRQFVRAHIB")}");
        Assert.DoesNotContain("SAAK3EL", Reports("KeySourceFailed", "$o | New-NatsAccount B"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fails", " 3: the service is closed")]
    [InlineData("short", " 64 ")]
    public void A_program_that_gives_no_signature_is_named(string form, string said)
    {
        Run($"Register-NatsKeySource -Command $program -ArgumentList {form}, {CodedVariableOf("$op")} -PublicKey $op.PublicKey -Name kms",
            ("program", KeyPlaces.SignerProgram));
        string message = Reports("ExternalSigner", "$o | New-NatsAccount B");
        Assert.Contains("'kms'", message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ }")]
    [InlineData("{ 'text' }")]
    [InlineData("{ [byte[]]::new(63) }")]
    [InlineData("{ throw 'closed' }")]
    public void A_script_block_that_gives_no_signature_is_named(string script)
    {
        Run($"Register-NatsKeySource -Signer {script} -PublicKey $op.PublicKey -Name kms");
        Assert.Contains("'kms'", Reports("ExternalSigner", "$o | New-NatsAccount B"), StringComparison.Ordinal);
        Refuses("ExternalSigner", "$o | New-NatsAccount B -SigningKey $op.PublicKey");
    }

    [Theory]
    [InlineData("New-NatsAccount B -Store $s")]
    [InlineData("'data' | New-NatsSignature -SigningKey $op.PublicKey -Store $s")]
    [InlineData("$o | Add-NatsSigningKey")]
    [InlineData("New-NatsAccount B -Store $s -SigningKey { [System.IO.File]::WriteAllText($started, ''); Start-Sleep 600 }")]
    [InlineData("'data' | New-NatsSignature -SigningKey { [System.IO.File]::WriteAllText($started, ''); Start-Sleep 600 } -Store $s")]
    public async Task A_signer_that_hangs_ends_with_its_pipeline(string script)
    {
        // In a runspace of its own, with the module, as a user's Ctrl+C finds it.
        string started = PathOf("started");
        using var shell = PowerShell.Create(InitialSessionState.CreateDefault2());
        shell.AddScript(
            $"""
            param($manifest, $program, $variable, $started)
            Import-Module $manifest
            $op = New-NatsKeyPair Operator; $s = New-NatsStore -InMemory; $o = New-NatsOperator O -Key $op.PublicKey -SigningKey $op -Store $s
            Register-NatsKeySource -Command $program -ArgumentList hangs, $variable, $started -PublicKey $op.PublicKey
            {script}
            """);
        shell.AddArgument(PowerShellSession.ManifestPath).AddArgument(KeyPlaces.SignerProgram).AddArgument(Variables.Add(null)).AddArgument(started);
        using PSDataCollection<PSObject> output = [];
        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        while (!File.Exists(started))
        {
            Assert.False(running.IsCompleted);
            await Task.Delay(10);
        }

        await Task.Run(shell.Stop);

        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Empty(output);
        Assert.Empty(shell.Streams.Error);
    }

    private void AssertConflict()
    {
        string message = Refuses("KeyConflict", "$o | New-NatsAccount B -SigningKey $op.PublicKey");
        Assert.Contains((string)Value("$op.PublicKey")!, message, StringComparison.Ordinal);
        Assert.Contains((string)Value("$other.PublicKey")!, message, StringComparison.Ordinal);
        string[] before = Snapshot();
        Reports("KeyConflict", "$o | New-NatsAccount B");
        Reports("KeyConflict", "$o | Set-NatsOperator -AddTag t");
        Assert.Equal(before, Snapshot());
    }
}
