using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>The seeds that a cmdlet opened are cleared when its pipeline ends: the engine disposes the cmdlet then.</summary>
public sealed class ForgottenKeysTests : ModuleTest
{
    [Fact]
    public void Every_cmdlet_that_uses_private_keys_forgets_them()
    {
        RunResult result = Run(
            """
            $public = (New-NatsOperator O).Subject
            function Find-Rings($owner) {
                for ($base = $owner.GetType(); $base; $base = $base.BaseType) {
                    foreach ($field in $base.GetFields([System.Reflection.BindingFlags] 'NonPublic, Instance, DeclaredOnly')) {
                        if ($field.FieldType.Name -eq 'SessionKeyRings') { return $field.GetValue($owner) }
                        if ($field.FieldType.Name -eq 'StoreChanges') { return Find-Rings $field.GetValue($owner) }
                    }
                }
            }
            $cmdlets = [NatsKeys.Commands.NatsCmdlet].Assembly.GetTypes().Where({
                -not $_.IsAbstract -and $_.IsSubclassOf([NatsKeys.Commands.NatsCmdlet]) })
            foreach ($type in $cmdlets) {
                $cmdlet = [Activator]::CreateInstance($type)
                $rings = Find-Rings $cmdlet
                if (-not $rings) { continue }
                $key = $rings.Of((Get-NatsStore)).Find($public)
                $key.ToSeed().Dispose()
                $cmdlet.Dispose()
                $left = try { $key.ToSeed(); 'the seed' } catch { $_.Exception.InnerException.GetType().Name }
                "$($type.Name) $left"
            }
            """);
        Assert.True(result.Output.Count > 30, $"{result.Output.Count} cmdlets use private keys.");
        Assert.All(result.Output, line => Assert.EndsWith(" ObjectDisposedException", line.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void So_are_those_that_came_from_registered_sources()
    {
        RunResult result = Run(
            """
            $elsewhere = New-NatsKeyPair -Type Account
            $env:NATSKEYS_TEST_SEED = [System.Net.NetworkCredential]::new('', $elsewhere.ToSeed()).Password
            try {
                Register-NatsKeySource NATSKEYS_TEST_SEED
                $type = [NatsKeys.Commands.NatsCmdlet].Assembly.GetType('NatsKeys.KeySources.SessionKeyRings')
                $rings = [Activator]::CreateInstance($type, [object[]] @([System.Threading.CancellationToken]::None))
                $null = $rings.Of((New-NatsStore -InMemory)).FindSeed($elsewhere.PublicKey)
            }
            finally { $env:NATSKEYS_TEST_SEED = $null }
            $private = [System.Reflection.BindingFlags] 'NonPublic, Instance'
            $sources = $type.GetField('sources', $private).GetValue($rings)
            $kept = @($sources | ForEach-Object { $_.GetType().GetField('found', $private).GetValue($_).Values })
            $kept.Count
            $kept[0].ToSeed().Dispose()
            $rings.Dispose()
            try { $kept[0].ToSeed(); 'the seed' } catch { $_.Exception.InnerException.GetType().Name }
            """);
        Assert.Equal(["1", "ObjectDisposedException"], result.Output.Select(line => line.ToString()));
    }

    [Theory]
    [InlineData("User", "Export-NatsKeyPair -KeyPair $given -AsPlainText")]
    [InlineData("User", "Export-NatsKeyPair -KeyPair $given -AsSecureString -PrivateForm")]
    [InlineData("User", "Export-NatsKeyPair -KeyPair $given ./exported.nk")]
    [InlineData("User", "Export-NatsKeyPair -KeyPair $given ./exported.nk -WhatIf")]
    [InlineData("User", "New-NatsUser U -Account A -Key $given")]
    [InlineData("Account", "Update-NatsSigningKey $listed -NewKey $given -Confirm:$false")]
    [InlineData("Account", "Add-NatsSigningKey -Account A -Key $given -WhatIf")]
    public void A_key_that_was_given_to_a_cmdlet_is_cleared_when_it_is_done(string type, string command)
    {
        RunResult result = Run(
            $$"""
            $listed = New-NatsOperator O | New-NatsAccount A | Add-NatsSigningKey
            $key = New-NatsKeyPair -Type {{type}}
            $opened = [System.Collections.Generic.List[object]]::new()
            $given = [NatsKeys.Binding.KeyArgument]::new($key)
            $open = [NatsKeys.Binding.KeyArgument].GetField('open', [System.Reflection.BindingFlags] 'NonPublic, Instance')
            $open.SetValue($given, [Func[Func[string, string], NatsKeys.Keys.NatsKeyPair]] { $opened.Add($key.Copy()); $opened[-1] })
            $null = {{command}}
            foreach ($one in $opened) { try { $one.ToSeed(); 'the seed' } catch { $_.Exception.InnerException.GetType().Name } }
            """);
        Assert.NotEmpty(result.Output);
        Assert.All(result.Output, line => Assert.Equal("ObjectDisposedException", line.ToString()));
    }
}
