using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Bases;

/// <summary>A test of who signs: operator O2 with one signing key, its account A with one plain signing key and the role 'reader'.</summary>
public abstract class SigningTest : ModuleTest
{
    private protected SigningTest()
    {
        Run(
            """
            $o = New-NatsOperator O2
            $ok = $o | Add-NatsSigningKey
            $a = $ok | New-NatsAccount A
            $ak = $a | Add-NatsSigningKey
            $a = Get-NatsAccount A
            $reader = New-NatsKeyPair Account
            $role = [NatsKeys.Claims.AccountSigningKey]::new()
            $role.Key = $reader.PublicKey
            $role.IsScoped = $true
            $role.Role = 'reader'
            $role.Template.Pub.Allow.Add('data.>')
            $claims = $a.Claims.Copy()
            $claims.SigningKeys.Add($role)
            $jwt = [NatsKeys.Jwt.JwtWriter]::Write($claims, $ok.KeyPair)
            Import-NatsKeyPair -Seed $reader.ToSeed() -Store (Get-NatsStore) | Out-Null
            """);
        WriteFile("store/O2/accounts/A/account.yaml", EntityFiles.Yaml((string)Value("$jwt")!, "A"));
        Holds(
            "$a = Get-NatsAccount A; $a.State -eq 'Signed'",
            "$a.SigningKeys.Count -eq 2",
            "$a.SigningKeys.Role -contains 'reader'");
    }

    /// <summary>Makes the operator one of which only the signing keys sign.</summary>
    private protected void MakeStrict()
    {
        Run("$claims = (Get-NatsOperator O2).Claims.Copy(); $claims.StrictSigningKeyUsage = $true; $jwt = "
            + "[NatsKeys.Jwt.JwtWriter]::Write($claims, (Get-NatsKeyPair $o.Subject))");
        WriteFile("store/O2/operator.yaml", EntityFiles.Yaml((string)Value("$jwt")!, "O2"));
        Holds("(Get-NatsOperator O2).RequireSigningKeys");
    }

    /// <summary>A signer outside of the module that has the seed of a pair.</summary>
    private protected Func<byte[], byte[]> SignerOf(string pair)
    {
        string seed = (string)Value($"{pair} | Export-NatsKeyPair -AsPlainText")!;
        return data => ExternalKey.Sign(seed, data);
    }

    /// <summary>Runs a script that fails, whether that ends it or not, and must leave everything as it was; gives what came out of it.</summary>
    private protected RunResult Fails(string script)
    {
        string[] before = Snapshot();
        RunResult result = RunToEnd(script);
        Assert.Equal(before, Snapshot());
        Assert.NotEmpty(result.Errors);
        Assert.Empty(result.Output);
        return result;
    }
}
