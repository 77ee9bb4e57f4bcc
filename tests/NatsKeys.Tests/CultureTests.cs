namespace NatsKeys.Tests;

/// <summary>In Turkish 'i' and 'I' are other letters, dates and numbers are written otherwise, and nothing of it may matter.</summary>
public class CultureTests : ModuleTest
{
    private const string Turkish =
        "[cultureinfo]::CurrentCulture = 'tr-TR'; [cultureinfo]::CurrentUICulture = 'tr-TR'\nif ('i'.ToUpper() -ceq 'I') { throw 'The culture has "
            + "not changed.' }\n";

    [Theory]
    [InlineData("$s = New-NatsStore $storeRoot")]
    [InlineData("$s = New-NatsStore -InMemory")]
    public void The_main_pipeline_is_the_same_in_Turkish(string store)
    {
        Run(
            Turkish + store +
            """

            New-NatsOperator Identity -Store $s -Expires 1d12h -Tag INFO | Add-NatsSigningKey | New-NatsAccount Billing -Expires 2099-01-31 |
                Add-NatsSigningKey | New-NatsUser Iris -Expires 30d -NotBefore 2020-01-31 | Export-NatsCredential ./i.creds
            $op = Get-NatsOperator IDENTITY -Store $s
            $a = Get-NatsAccount bill* -Operator identity -Store $s
            $u = Get-NatsUser IRIS -Store $s
            $tags = "$($op.Tags)"
            $states = "$($op.State) $($a.State) $($u.State)"
            $hours = ($op.Expires - $op.IssuedAt).TotalHours
            $good = $u, $a, $op | Test-NatsJwt
            $c = Import-NatsCredential ./i.creds
            $conf = New-NatsServerConfig -Operator identity -Resolver Memory -Store $s
            $keys = @(Get-NatsKeyPair -Store $s)
            $filtered = @(Get-NatsKeyPair u* -Store $s)
            """);

        Assert.Equal("info", Value("$tags"));
        Assert.Equal("Signed Signed Signed", Value("$states"));
        Holds(
            "[Math]::Abs($hours - 36) -lt 0.1",
            "$a.Expires.Year -eq 2099",
            "$u.NotBefore.Month -eq 1");
        Holds("$good.Count -eq 3", "$good -notcontains $false");
        Holds(
            "$c.Matches",
            "$c.Subject -eq $u.Subject",
            "$conf.Contains($a.Jwt)",
            "$keys.Count -eq 5",
            "$filtered.Count -eq 1");
    }

    [Fact]
    public void Errors_of_names_are_the_same_in_Turkish()
    {
        Run(Turkish + "New-NatsOperator INTERN | Out-Null");
        Reports("EntityExists", Turkish + "New-NatsOperator intern");
        Reports("InvalidName", Turkish + "New-NatsOperator lpt1");
        Reports("InvalidName", Turkish + "New-NatsOperator conin$");
    }
}
