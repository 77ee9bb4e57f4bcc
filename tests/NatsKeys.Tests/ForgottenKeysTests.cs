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
}
