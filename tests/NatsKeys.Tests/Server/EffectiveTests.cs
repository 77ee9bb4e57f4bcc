using NATS.Client.Core;
using NatsKeys.Rules;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Server;

/// <summary>What servers really use of accounts: what they dropped of a token, and why as far as the rules know.</summary>
public sealed class EffectiveTests : ResolverTest
{
    [NatsServerFact]
    public async Task What_a_server_dropped_is_named_with_the_reason()
    {
        await StartAsync(Full);
        Run(
            """
            $c = $o | New-NatsAccount C
            $idle = $o | New-NatsAccount IDLE
            $a | Add-NatsExport 'orders.>' Stream
            $a | Add-NatsExport 'private.>' Stream -Private
            $a | Add-NatsExport 'help.*' Service
            $c | Add-NatsExport 'late.>' Stream
            $b | Add-NatsImport -From $a -Subject orders.new -LocalSubject 'shop.new'
            $b | Add-NatsImport -From $a -Subject 'help.*' -LocalSubject 'please.$1'
            $b | Add-NatsImport -From $c -Subject late.x
            $b | Add-NatsSubjectMapping 'in.*' 'out.$1'
            $b | Add-NatsSubjectMapping 'half' 'other' -Weight 50
            $b | New-NatsUser U | Export-NatsCredential ./U.creds
            Get-NatsAccount A, B, IDLE -Operator O2 | Publish-NatsAccount | Out-Null
            """);
        await using NatsConnection user = await Server.ConnectAsync(PathOf("U.creds"));

        // The exporter C was never published; all else is used as it is stated.
        RunResult result = Run("$found = @(Compare-NatsAccount B, IDLE -Operator O2 -Effective); $found");
        Assert.Equal(
            [
                "Import help.* Used", "Import late.x Dropped", "Import orders.new Used", "Mapping half Used", "Mapping in.* Used",
            ],
            Rows(result).Where(row => !row.StartsWith("Account", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Holds("$late = $found | Where-Object State -eq Dropped; $late.From -eq 'O2/C'", "$late.Rule -eq 'import.exporter'",
            "$late.Reason -like '*does not have the exporting account O2/C*'", "$late.TokenState -eq 'Same'");
        Holds("$idle = $found | Where-Object Account -eq 'O2/IDLE'; $idle.State -eq 'NotLoaded'", "$idle.Kind -eq 'Account'");

        // The exporter takes an export back, and a token comes past every check with what no server can do.
        Run("Get-NatsAccount C -Operator O2 | Publish-NatsAccount | Out-Null; $a | Remove-NatsExport 'orders.>' -Confirm:$false -WarningAction "
            + "Ignore; Publish-NatsAccount A -Operator O2 | Out-Null");

        // The newest servers refuse an account with a mapping that others drop.
        bool isTaken = !Server.Version.Has(ServerFeature.SideMappings);
        Run($"$claims = (Get-NatsAccount B -Operator O2).Claims.Copy(); $isTaken = ${isTaken}");
        await PushAsync(
            """
            if ($isTaken) {
                $claims.Mappings['bad'] = [NatsKeys.Claims.ClaimList[NatsKeys.Claims.WeightedMapping]]::new()
                1..2 | ForEach-Object { $claims.Mappings['bad'].Add([NatsKeys.Claims.WeightedMapping] @{ Subject = 'out'; Weight = 50 }) }
            }
            $twice = @{ Account = $c.Subject; Subject = 'late.x'; LocalSubject = 'twice.x'; Type = 'stream' }
            $claims.Imports.Add([NatsKeys.Claims.AccountImport] $twice)
            ($claims | ConvertTo-NatsJwt -SigningKey $o.Subject -IssuedAt ([DateTimeOffset]::UtcNow.AddSeconds(5))).Token
            """);
        await user.PingAsync();

        Run("$found = @(Compare-NatsAccount B -Operator O2 -Effective)");
        Holds("$orders = $found | Where-Object Subject -eq 'orders.new'; $orders.State -eq 'Dropped'", "$orders.Rule -eq 'import.not-exported'",
            "$orders.LocalSubject -eq 'shop.new'");
        if (isTaken)
        {
            Holds("$bad = $found | Where-Object Subject -eq 'bad'; $bad.State -eq 'Dropped'", "$bad.Rule -eq 'mapping.twice'",
                "\"$($bad.Targets)\" -eq 'out out'");
        }

        Holds("($found | Where-Object LocalSubject -eq 'late.x').State -eq 'Used'",
            "$twice = $found | Where-Object LocalSubject -eq 'twice.x'; $twice.Rule -eq 'import.twice'", "$twice.TokenState -eq 'Newer'",
            "@($found | Where-Object State -eq 'NotStated').Count -eq 0");
        Assert.Contains("Dropped", Session.RunText("$found"), StringComparison.Ordinal);
        Holds("@(Compare-NatsAccount A -Operator O2 -Effective | Where-Object State -eq Used).Subject -join ' ' -eq 'help.* private.>'");

        // The system account offers much that stands in no token.
        Holds("@(Compare-NatsAccount SYS -Operator O2 -Effective | Where-Object State -ne Used).Count -eq 0");
    }

    private static string[] Rows(RunResult result) => [.. result.Output
        .Select(row => $"{row.Properties["Kind"].Value} {row.Properties["Subject"].Value} {row.Properties["State"].Value}")];
}
