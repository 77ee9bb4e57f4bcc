using System.Security.Cryptography;
using System.Text;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>The next command finishes a change of several files that was interrupted, and says so.</summary>
public sealed class InterruptedChangeTests : ModuleTest
{
    public InterruptedChangeTests()
    {
        Run("New-NatsStore ./shared | Out-Null; $a = New-NatsOperator O -Store ./shared | New-NatsAccount A; $a | New-NatsUser U | Out-Null; $a | "
            + "New-NatsUser V | Out-Null");

        // What stands in the key root after a process was killed between two steps: the first is done.
        File.Delete(PathOf("shared/O/accounts/A/users/U.yaml"));
        const string Id = "0123456789ab";
        byte[] text = Encoding.UTF8.GetBytes(
            """
            {"format":2,"store":null,"folders":[],"steps":[
            {"do":"Delete","path":["store","O/accounts/A/users/U.yaml"],"source":null,"content":null,"before":null},
            {"do":"Delete","path":["store","O/accounts/A/users/V.yaml"],"source":null,"content":null,"before":null}]}
            """);
        File.WriteAllBytes(Path.Combine(Session.KeyRoot, $".natskeys.{Id}.journal"),
            [.. BitConverter.GetBytes(text.Length), .. text, .. SHA256.HashData(text)]);
        string keys = System.Text.Json.JsonSerializer.Serialize(Session.KeyRoot);
        File.WriteAllText(
            PathOf("shared/.natskeys.lock"),
            $"process 1 on elsewhere since 2026-01-01T00:00:00Z\nlock {new string('0', 32)} 0\njournal {Id} in {keys}\n");
    }

    [Theory]
    [InlineData("Get-NatsUser -Store ./shared -Account A")]
    [InlineData("$s = Get-NatsStore ./shared; Get-NatsUser -Store $s -Account A")]
    [InlineData("Set-NatsAccount A -Store ./shared -AddTag x; Get-NatsUser -Store ./shared -Account A")]
    public void By_whatever_command_comes_next(string command)
    {
        var result = Run(command);
        Assert.Contains(PathOf("shared"), Assert.Single(result.Warnings), StringComparison.Ordinal);
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
        Assert.Single(Run(command).Warnings, warning => warning.Contains(PathOf("shared"), StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(Session.KeyRoot, "*.journal"));
    }

    [Fact]
    public void By_one_that_opened_the_store_before()
    {
        var result = Run("$a | New-NatsUser W | Out-Null; (Get-NatsUser -Store ./shared -Account A).Name");
        Assert.Contains(PathOf("shared"), Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal("W", result.Single.BaseObject);
    }

    [Fact]
    public void And_without_its_key_root_nothing_changes()
    {
        string other = PathOf("other-keys").Replace("'", "''", StringComparison.Ordinal);
        RunResult result = Session.Run(
            $"$before = $lent.NATSKEYS_KEYS; $lent.NATSKEYS_KEYS = '{other}'; try {{ New-NatsUser W -Account A -Store ./shared }} finally {{ "
                + $"$lent.NATSKEYS_KEYS = $before }}");
        Assert.Equal(["StoreBusy"], result.ErrorIds);
        Assert.Contains(Session.KeyRoot, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.True(File.Exists(PathOf("shared/O/accounts/A/users/V.yaml")));
    }

    [Fact]
    public void A_script_block_that_signs_can_read_the_store_and_not_change_it()
    {
        RunResult result = Session.Run(
            """
            $key = New-NatsKeyPair Account
            Add-NatsSigningKey -Account A -Store ./shared -Key $key.PublicKey
            New-NatsUser X -Account A -Store ./shared -SigningKey {
                $script:read = (Get-NatsAccount A -Store ./shared).Name
                New-NatsUser Y -Account A -Store ./shared -ErrorVariable script:refused -ErrorAction SilentlyContinue
                New-NatsSignature -Bytes $_ -SigningKey $key
            } | Out-Null
            $read
            $refused.FullyQualifiedErrorId
            (Get-NatsUser -Account A -Store ./shared).Name
            """);
        Assert.Equal(["A", "StoreBusy,NatsKeys.Commands.NewNatsUserCommand"], result.Output.Skip(1).Take(2).Select(item => item.ToString()));
    }
}
