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
            $cmdlets = [NatsKeys.Commands.NatsCmdlet].Assembly.GetTypes().Where({ -not $_.IsAbstract -and $_.IsSubclassOf([NatsKeys.Commands.NatsCmdlet]) })
            foreach ($type in $cmdlets) {
                $field = $null
                for ($base = $type; $base -and -not $field; $base = $base.BaseType) {
                    $field = $base.GetFields([System.Reflection.BindingFlags] 'NonPublic, Instance, DeclaredOnly').Where({ $_.FieldType.Name -eq 'SessionKeyRings' })[0]
                }
                if (-not $field) { continue }
                $cmdlet = [Activator]::CreateInstance($type)
                $rings = [Activator]::CreateInstance($field.FieldType, [object[]] @([System.Threading.CancellationToken]::None))
                $field.SetValue($cmdlet, $rings)
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
