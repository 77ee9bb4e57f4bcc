namespace NatsKeys.Tests.Commands;

/// <summary>What exists is an error by default, and can be taken as it is or with what was given.</summary>
public class IfExistsTests : ModuleTest
{
    public IfExistsTests() => Run(
        "$o = New-NatsOperator O2 -GenerateSigningKey -SystemAccount SYS; $a = $o | New-NatsAccount A -MaxConnections 5; $u = $a | New-NatsUser U "
            + "-Tag x -AllowPublish a");

    [Theory]
    [InlineData("New-NatsOperator O2")]
    [InlineData("New-NatsAccount A")]
    [InlineData("New-NatsUser U -Account A")]
    [InlineData("New-NatsUser u -Account A -IfExists Error")]
    public void It_is_an_error_unless_something_else_is_said(string script) => Reports("EntityExists", script);

    [Theory]
    [InlineData("New-NatsOperator O2 -IfExists Skip -Tag y", "$o")]
    [InlineData("New-NatsAccount A -IfExists Skip -MaxConnections 9", "$a")]
    [InlineData("New-NatsUser U -Account A -IfExists Skip -Expires 1d", "$u")]
    public void It_stays_as_it_is_and_goes_down_the_pipeline(string script, string entity)
    {
        string[] before = Snapshot();
        Run($"$found = {script}");
        Holds($"$found.Jwt -eq {entity}.Jwt");
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("Get-NatsUser U | New-NatsUser")]
    [InlineData("Get-NatsUser U | New-NatsUser -IfExists Skip")]
    [InlineData("Get-NatsUser U | New-NatsUser -Account A -IfExists Update")]
    public void A_user_is_no_row_and_the_error_says_what_to_pipe(string script)
    {
        string[] before = Snapshot();
        Assert.Contains(
            "user O2/A/U exists",
            Assert.Single(RunToEnd($"$ErrorActionPreference = 'Continue'; {script}").Errors).ToString(),
            StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
        Run("$same = Get-NatsUser U | Select-Object Name, Account | New-NatsUser -IfExists Skip");
        Holds("$same.Jwt -eq $u.Jwt");
    }

    [Fact]
    public void It_gets_what_was_given_and_keeps_the_rest()
    {
        Run("$n = New-NatsUser U -Account A -IfExists Update -Expires 30d -Tag y; $b = New-NatsAccount A -IfExists Update -MaxPayload 1KiB; $p = "
            + "New-NatsOperator O2 -IfExists Update -Tag prod -GenerateSigningKey -SystemAccount SYS");
        Holds(
            "$n.Subject -eq $u.Subject",
            "$n.Expires -gt [DateTimeOffset]::UtcNow.AddDays(29)",
            "\"$($n.Tags)\" -eq 'y'",
            "\"$($n.Permissions.Pub.Allow)\" -eq 'a'",
            "$n.State -eq 'Signed'");
        Holds("$b.MaxConnections -eq 5", "$b.MaxPayload -eq 1KB", "\"$($p.Tags)\" -eq 'prod'", "$p.SigningKeys.Count -eq 1");
    }

    [Fact]
    public void What_is_as_asked_for_already_is_not_signed_again()
    {
        string[] before = Snapshot();
        Run("$n = New-NatsUser U -Account A -IfExists Update -Tag x");
        Holds("$n.Jwt -eq $u.Jwt");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Rows_can_be_given_again_and_new_ones_are_made()
    {
        Run("$rows = 'U,x', 'V,z' | ConvertFrom-Csv -Header Name, Tag; $made = $rows | New-NatsUser -Account A -IfExists Skip; $again = $rows | "
            + "New-NatsUser -Account A -IfExists Update");
        Holds("\"$($made.Name)\" -eq 'U V'", "\"$($again.Jwt)\" -eq \"$($made.Jwt)\"");
    }

    [Theory]
    [InlineData("New-NatsUser U -Account A -IfExists Update -Key (New-NatsKeyPair User)", "EntityExists")]
    [InlineData("New-NatsUser U -Account A -IfExists Skip -Key (New-NatsKeyPair User)", "EntityExists")]
    [InlineData("New-NatsOperator O2 -IfExists Update -SystemAccount A", "InvalidClaims")]
    public void Another_entity_does_not_take_its_place(string script, string errorId)
    {
        string[] before = Snapshot();
        Reports(errorId, script);
        Assert.Equal(before, Snapshot());
    }
}
