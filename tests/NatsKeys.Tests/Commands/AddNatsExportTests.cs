namespace NatsKeys.Tests.Commands;

public class AddNatsExportTests : ExchangeTest
{
    [Theory]
    [InlineData("$a | Add-NatsExport 'time.*' Service -Private")]
    [InlineData("Add-NatsExport -Account A -Subject 'time.*' -Type service -Private -Store $storeRoot")]
    [InlineData("'O2/A' | Add-NatsExport 'time.*' -Type Service -Private")]
    public void The_account_exports_and_is_signed_by_its_issuer(string script)
    {
        Assert.Empty(Run(script).Output);
        Holds(
            "$e = Get-NatsExport -Account A; $e.Subject -eq 'time.*'",
            "$e.Type -eq 'service'",
            "$e.IsPrivate",
            "$e.Account -eq 'A'",
            "(Get-NatsAccount A).State -eq 'Signed'",
            "(Get-NatsAccount A).Issuer -eq $ok.PublicKey");
    }

    [Fact]
    public void PassThru_gives_the_account_for_the_next_one()
    {
        Run("$a | Add-NatsExport x Stream -PassThru | Add-NatsExport x Service -PassThru | Add-NatsExport y Stream");
        Holds("@(Get-NatsExport -Account A).Count -eq 3");
    }

    [Fact]
    public void What_is_exported_already_is_an_error()
    {
        Run("$a | Add-NatsExport x Stream");
        Reports("ClaimExists", "$a | Add-NatsExport x Stream");
    }

    [Theory]
    [InlineData("'a..b' Stream", "subject.double-dot")]
    [InlineData("x Stream -ResponseType Chunked", "export.response-type-stream")]
    [InlineData("x Stream -AllowTrace", "export.allow-trace")]
    [InlineData("x Stream -LatencySubject l", "export.latency-not-service")]
    [InlineData("x Service -AccountTokenPosition 1", "export.token-position-no-wildcard")]
    [InlineData("'a.*' Service -AccountTokenPosition 1", "export.token-position-token")]
    [InlineData("'taken.x' Service", "exports.overlap")]
    public void A_broken_rule_is_named_and_nothing_is_written(string parameters, string rule)
    {
        Run("$a | Add-NatsExport 'taken.>' Service");
        string[] before = Snapshot();
        Assert.Contains(rule, Reports("RuleBroken", $"$a | Add-NatsExport {parameters}"), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("-LatencySampling 5", "InvalidClaims")]
    [InlineData("-LatencySubject l -LatencySampling 101", "InvalidLimit")]
    [InlineData("-LatencySubject l -LatencySampling some", "InvalidLimit")]
    public void A_share_of_latencies_needs_a_subject_and_is_a_percentage(string parameters, string errorId) =>
        Reports(errorId, $"$a | Add-NatsExport x Service {parameters}");
}
