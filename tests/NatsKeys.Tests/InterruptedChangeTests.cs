using System.Security.Cryptography;
using System.Text;

namespace NatsKeys.Tests;

/// <summary>The next command finishes a change of several files that was interrupted, and says so.</summary>
public sealed class InterruptedChangeTests : ModuleTest
{
    public InterruptedChangeTests()
    {
        Run("New-NatsStore ./shared | Out-Null; $a = New-NatsOperator O -Store ./shared | New-NatsAccount A; $a | New-NatsUser U | Out-Null; $a | New-NatsUser V | Out-Null");

        // What stands in the key root after a process was killed between two steps: the first is done.
        File.Delete(PathOf("shared/O/accounts/A/users/U.yaml"));
        string folder = OperatingSystem.IsLinux() ? PathOf("shared") : PathOf("shared").ToUpperInvariant();
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder))[..6]);
        byte[] note = Encoding.UTF8.GetBytes("""[{"do":"Delete","path":["store","O/accounts/A/users/U.yaml"]},{"do":"Delete","path":["store","O/accounts/A/users/V.yaml"]}]""");
        File.WriteAllBytes(Path.Combine(Session.KeyRoot, $".natskeys.{name}.journal"), [.. note, .. SHA256.HashData(note)]);
    }

    [Theory]
    [InlineData("Get-NatsUser -Store ./shared -Account A")]
    [InlineData("$s = Get-NatsStore ./shared; Get-NatsUser -Store $s -Account A")]
    [InlineData("Set-NatsAccount A -Store ./shared -AddTag x; Get-NatsUser -Store ./shared -Account A")]
    public void By_whatever_command_comes_next(string command)
    {
        var result = Run(command);
        Assert.Contains("interrupted", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(Run("Get-NatsUser -Store ./shared -Account A").Warnings);
        Assert.Empty(Directory.GetFiles(Session.KeyRoot, "*.journal"));
    }

    [Theory]
    [InlineData("Test-NatsStore ./shared")]
    [InlineData("Update-NatsStore ./shared")]
    [InlineData("ConvertTo-NatsDiagram ./shared")]
    [InlineData("New-NatsSigningRequest r.yaml -Store ./shared -WarningAction Continue")]
    [InlineData("Import-NatsKeyPair -Seed (New-NatsKeyPair User).ToSeed() -Store ./shared")]
    [InlineData("Unlock-NatsKeyStore ./shared")]
    public void By_whatever_takes_the_whole_store(string command)
    {
        Assert.Single(Run(command).Warnings, warning => warning.Contains("interrupted", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(Session.KeyRoot, "*.journal"));
    }

    [Fact]
    public void By_one_that_opened_the_store_before()
    {
        var result = Run("$a | New-NatsUser W | Out-Null; (Get-NatsUser -Store ./shared -Account A).Name");
        Assert.Contains("interrupted", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal("W", result.Single.BaseObject);
    }
}
