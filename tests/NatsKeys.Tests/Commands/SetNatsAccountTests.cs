namespace NatsKeys.Tests.Commands;

public class SetNatsAccountTests : ModuleTest
{
    public SetNatsAccountTests() => Run("$ok = New-NatsOperator O2 | Add-NatsSigningKey; $a = $ok | New-NatsAccount A");

    [Theory]
    [InlineData("$a | Set-NatsAccount -MaxConnections 5")]
    [InlineData("Set-NatsAccount A -MaxConnections 5")]
    [InlineData("Set-NatsAccount -Name O2/A -MaxConnections 5 -Store $storeRoot")]
    [InlineData("'a' | Set-NatsAccount -Operator O2 -MaxConnections 5")]
    [InlineData("Set-NatsAccount -MaxConnections 5")]
    public void The_account_is_changed_and_signed_by_the_key_that_signed_it_before(string script)
    {
        Assert.Empty(Run(script).Output);
        Holds(
            "$n = Get-NatsAccount A; $n.Limits.Conn -eq 5",
            "$n.State -eq 'Signed'",
            "$n.Issuer -eq $ok.PublicKey");
    }

    [Fact]
    public void An_edit_through_an_old_object_loses_nothing()
    {
        Run("$old = Get-NatsAccount A; Set-NatsAccount A -MaxConnections 5 -AddTag x; $old | Set-NatsAccount -Description d -AddTag y");
        Holds(
            "$n = Get-NatsAccount A; $n.Limits.Conn -eq 5",
            "$n.Claims.Description -eq 'd'",
            "\"$($n.Tags)\" -eq 'x y'");
    }

    [Fact]
    public void A_limit_is_taken_away_by_Unlimited_and_tracing_by_no_subject()
    {
        Run("Set-NatsAccount A -MaxConnections 5 -TraceSubject t -TraceSampling 5 -ClusterTraffic system -Description d");
        Run("Set-NatsAccount A -MaxConnections Unlimited -TraceSubject '' -ClusterTraffic '' -Description ''");
        Holds(
            "$c = (Get-NatsAccount A).Claims; $c.Limits.Conn -eq -1",
            "-not $c.Trace",
            "-not $c.ClusterTraffic",
            "-not $c.Description",
            "(Get-NatsAccount A).State -eq 'Signed'");
        Reports("InvalidClaims", "Set-NatsAccount A -TraceSampling 5");
    }

    [Fact]
    public void A_permission_that_is_the_last_of_its_kind_goes_with_a_warning()
    {
        Run("Set-NatsAccount A -AllowPublish x, y");
        Assert.Empty(Run("Set-NatsAccount A -RemoveAllowPublish x").Warnings);
        Assert.Contains("account O2/A", Assert.Single(Run("Set-NatsAccount A -RemoveAllowPublish y").Warnings), StringComparison.Ordinal);
        Assert.Empty(Run("Set-NatsAccount A -AllowPublish y; Set-NatsAccount A -AddAllowPublish z -RemoveAllowPublish y").Warnings);
    }

    [Fact]
    public void One_bad_item_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Run("$ok | New-NatsAccount B | Out-Null");
        Reports("EntityNotFound", "'A', 'nobody', 'B' | Set-NatsAccount -AddTag x");
        Holds("@(Get-NatsAccount | Where-Object { $_.Tags -contains 'x' }).Count -eq 2");
    }

    [Fact]
    public void An_expired_account_is_given_a_new_life()
    {
        Run("$s = New-NatsStore -InMemory; $m = New-NatsOperator M -Store $s | New-NatsAccount A -Expires 5s");
        Run("while ((Get-NatsAccount A -Store $s).State -eq 'Signed') { [System.Threading.Thread]::Sleep(50) }");
        Holds("(Get-NatsAccount A -Store $s).State -eq 'Expired'");
        Run("$m | Set-NatsAccount -AddTag x");
        Holds("(Get-NatsAccount A -Store $s).State -eq 'Expired'");
        Run("$m | Set-NatsAccount -Expires 30d");
        Holds("(Get-NatsAccount A -Store $s).State -eq 'Signed'");
    }

    [Fact]
    public void Another_key_that_is_asked_for_signs_even_where_nothing_else_changes()
    {
        Run("$other = $ok.Owner | Add-NatsSigningKey; Set-NatsAccount A -SigningKey $other");
        Holds("(Get-NatsAccount A).Issuer -eq $other.PublicKey");
        LeavesFilesAlone("Set-NatsAccount A -SigningKey $other");
    }

    [Theory]
    [InlineData("-InfoUrl nourl", "info.url")]
    [InlineData("-TraceSubject 't.*'", "trace.wildcard")]
    [InlineData("-AllowPublish 'a b'", "permission.queue")]
    public void A_broken_rule_is_named_and_nothing_is_written(string parameters, string rule)
    {
        string[] before = Snapshot();
        Assert.Contains(rule, Reports("RuleBroken", $"Set-NatsAccount A {parameters}"), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("$storeRoot")]
    [InlineData("(New-NatsStore -InMemory)")]
    public void Half_a_character_is_no_text(string store)
    {
        Run($"if (-not $storeRoot) {{ throw }}; $s = {store}; if ($s -is [string]) {{ $t = $a }} else {{ $t = New-NatsOperator M -Store $s | "
            + $"New-NatsAccount A }}");
        foreach (string half in new[] { "[char] 0xd800", "[char] 0xdc00" })
        {
            Reports("InvalidClaims", $"$t | Set-NatsAccount -Description ('a' + {half})");
            Reports("InvalidClaims", $"$t | New-NatsUser h -Tag ('a' + {half})");
        }

        Holds("@($t.Store.Names($t.Path)).Count -eq 0");
        Run("$t | Set-NatsAccount -Description 'a\ufffd' -AddTag ([char] 0xfffd)");
    }

    [Fact]
    public void Cluster_traffic_is_lower_case()
    {
        Run("$n = Set-NatsAccount A -Operator O2 -ClusterTraffic Owner -PassThru");
        Holds("$n.Claims.ClusterTraffic -ceq 'owner'");
    }
}
