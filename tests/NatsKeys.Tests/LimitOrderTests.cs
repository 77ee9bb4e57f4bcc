namespace NatsKeys.Tests;

/// <summary>Limits sort and compare by what they mean: no limit is more than any limit.</summary>
public sealed class LimitOrderTests : ModuleTest
{
    public LimitOrderTests() => Run(
        """
        $o = New-NatsOperator O
        $none = $o | New-NatsAccount none
        $few = $o | New-NatsAccount few -MaxConnections 30 -MaxPayload 1kb
        $many = $o | New-NatsAccount many -MaxConnections 1000
        $off = $o | New-NatsAccount off -MaxConnections 0
        """);

    [Fact]
    public void Lists_of_limits_sort_and_filter()
    {
        Holds(
            "\"$((Get-NatsAccount | Sort-Object MaxConnections).Name)\" -eq 'off few many none'",
            "\"$((Get-NatsAccount | Sort-Object MaxConnections -Descending).Name)\" -eq 'none many few off'",
            "\"$((Get-NatsAccount | Where-Object MaxConnections -gt 500).Name)\" -eq 'many none'",
            "\"$((Get-NatsAccount | Where-Object MaxConnections -lt 500).Name)\" -eq 'few off'",
            "(Get-NatsAccount | Where-Object MaxConnections -eq Unlimited).Name -eq 'none'",
            "(Get-NatsAccount | Measure-Object MaxConnections -Minimum).Minimum -eq 0");
    }

    [Fact]
    public void A_limit_is_a_number_and_none_is_a_word_wherever_they_are_written()
    {
        Holds(
            "($few | ConvertTo-Json | ConvertFrom-Json).MaxConnections -eq 30",
            "($none | ConvertTo-Json | ConvertFrom-Json).MaxConnections -ceq 'Unlimited'",
            "($none | ConvertTo-Csv | ConvertFrom-Csv).MaxConnections -ceq 'Unlimited'",
            "\"$($none.MaxConnections)\" -ceq 'Unlimited'",
            "$few.MaxPayload -eq 1kb");
        string copy = Session.RunText(
            "[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($none)) | Format-List MaxConnections");
        Assert.Contains("Unlimited", copy, StringComparison.Ordinal);
        string view = Session.RunText(
            "[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize(@($none, $few)))");
        Assert.Matches(@"none +Signed +Never +Unlimited", view);
    }

    [Fact]
    public void The_limit_of_one_entity_is_the_limit_of_another()
    {
        Run("Set-NatsAccount few -MaxConnections $none.MaxConnections -MaxPayload $many.MaxPayload; Set-NatsAccount many -MaxConnections "
            + "$off.MaxConnections");
        Holds(
            "(Get-NatsAccount few).Limits.Conn -eq -1",
            "(Get-NatsAccount few).Limits.Payload -eq -1",
            "(Get-NatsAccount many).Limits.Conn -eq 0");
        Run("$few | Add-NatsSigningKey -Role r -MaxSubscriptions 5 | Out-Null; $none | Set-NatsJetStreamLimit -MaxDisk 1gb -MaxStreams 3");
        Holds(
            "(Get-NatsSigningKey r).MaxSubscriptions -eq 5",
            "(Get-NatsSigningKey r).MaxPayload -eq 'Unlimited'",
            "(Get-NatsJetStreamLimit).MaxConsumers -eq 'Unlimited'",
            "(Get-NatsJetStreamLimit).MaxAckPending -eq 'Unlimited'",
            "(Get-NatsJetStreamLimit).MaxStreams -eq 3");
    }
}
