namespace NatsKeys.Tests;

/// <summary>Scoped signing keys: made with a role and a template, asked for by the role, and never left by their users.</summary>
public sealed class ScopedKeyTests : ModuleTest
{
    public ScopedKeyTests() => Run(
        """
        $a = New-NatsOperator O2 | New-NatsAccount A
        $k = $a | Add-NatsSigningKey -Role sensor -AllowPublish 'tele.{{name()}}.>' -AllowSubscribe 'cmd.{{name()}}.*',
            '_INBOX.>' -MaxPayload 64kb -Description 'what sensors may'
        """);

    [Fact]
    public void A_role_and_its_template_stand_in_the_token()
    {
        Holds(
            "$k.IsScoped",
            "$k.Role -eq 'sensor'",
            "$k.Description -eq 'what sensors may'",
            "$k.Template.Payload -eq 64kb",
            "$k.Template.Subs -eq -1");
        Holds(
            "$read = Get-NatsSigningKey sensor -Account A; $read.PublicKey -eq $k.PublicKey",
            "$read.Template.Pub.Allow[0] -eq 'tele.{{name()}}.>'");
        Holds("(Get-NatsAccount A).State -eq 'Signed'");
    }

    [Fact]
    public void Users_are_issued_by_the_role_and_bring_nothing()
    {
        Run("$u = New-NatsUser s1 -Account A -SigningKey sensor");
        Holds(
            "$u.Issuer -eq $k.PublicKey",
            "$u.IssuerAccount -eq $a.Subject",
            "$u.Role -eq 'sensor'",
            "($u | Test-NatsJwt)");
        Holds(
            "$u.Permissions.Subs -eq 0",
            "$u.Permissions.Pub.Allow.Count -eq 0",
            "$u.Template.Payload -eq 64kb");
        Holds("(Test-NatsPermission -User $u -Publish tele.s1.temp)", "-not (Test-NatsPermission -User $u -Publish tele.s2.temp)");
        Holds("(Test-NatsPermission -User $u -Subscribe 'cmd.s1.*')", "-not (Test-NatsPermission -User $u -Subscribe 'cmd.>')");
    }

    [Theory]
    [InlineData("-AllowPublish x")]
    [InlineData("-MaxPayload Unlimited")]
    [InlineData("-BearerToken")]
    [InlineData("-SourceNetwork 10.0.0.0/8")]
    public void Users_of_a_role_cannot_have_permissions_of_their_own(string own) =>
        Reports("SigningKeyNotAllowed", $"New-NatsUser s2 -Account A -SigningKey sensor {own}");

    [Theory]
    [InlineData("-Role sensor", "SigningKeyExists")]
    [InlineData("-Role other -AllowPublish 'a..b'", "RuleBroken")]
    [InlineData("-Role other -AllowPublish 'x.{{nome()}}'", "RuleBroken")]
    [InlineData("-Role other -AllowPublish 'x.{{TAG(a)}}'", "RuleBroken")]
    [InlineData("-Role other -AllowPublish 'x q'", "RuleBroken")]
    [InlineData("-Role other -SourceNetwork 10.0.0.0/99", "RuleBroken")]
    [InlineData("-Role other -AllowedTime 8-9", "RuleBroken")]
    [InlineData("-AllowPublish x", "InvalidClaims")]
    [InlineData("-Description x", "InvalidClaims")]
    public void A_role_that_no_server_would_take_is_refused_and_changes_nothing(string parameters, string errorId)
    {
        string[] before = Snapshot();
        Reports(errorId, $"$a | Add-NatsSigningKey {parameters}");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Operators_have_no_roles() => Reports("InvalidClaims", "Get-NatsOperator | Add-NatsSigningKey -Role sensor");

    [Fact]
    public void A_scoped_key_never_signs_for_want_of_another()
    {
        Run("[System.IO.Directory]::Delete((Get-NatsStore).Keys.Location + '/keys/A/' + $a.Subject.Substring(1, 2), $true)");
        Reports("SigningKeyNotFound", "New-NatsUser plain -Account A");
    }

    [Fact]
    public void Every_permission_of_a_user_is_read_back_from_its_token()
    {
        Run(
            """
            $u = New-NatsUser full -Account A -AllowPublish a,
                b -DenyPublish c -AllowSubscribe 'd q' -DenySubscribe e -AllowPublishSubscribe f -AllowResponse 3 -ResponseTtl 00:00:05 `
                -SourceNetwork 192.0.2.0/24 -BearerToken -ProxyRequired -ConnectionType WEBSOCKET,
                    MQTT -MaxSubscriptions 7 -MaxData 1GiB -MaxPayload '64kb' `
                -AllowedTime 08:00:00-18:00:00 -Locale Europe/Berlin
            $p = (ConvertFrom-NatsJwt $u.Jwt).Claims.Permissions
            """);
        Holds("\"$($p.Pub.Allow)|$($p.Pub.Deny)|$($p.Sub.Allow)|$($p.Sub.Deny)\" -eq 'a b f|c|d q f|e'");
        Holds("$p.Resp.Max -eq 3", "$p.Resp.Ttl -eq 5000000000");
        Holds("\"$($p.Src)|$($p.AllowedConnectionTypes)|$($p.TimesLocation)|$($p.Times[0].Start)-$($p.Times[0].End)\" -eq '192.0.2.0/24|WEBSOCKET "
            + "MQTT|Europe/Berlin|08:00:00-18:00:00'");
        Holds(
            "$p.BearerToken",
            "$p.ProxyRequired",
            "$p.Subs -eq 7",
            "$p.Data -eq 1GB",
            "$p.Payload -eq 64kb");
    }

    [Fact]
    public void What_breaks_a_rule_is_not_signed()
    {
        string[] before = Snapshot();
        string message = Reports("RuleBroken", "New-NatsUser bad -Account A -AllowPublish 'foo..bar' -SourceNetwork 10.0.0.0/99");
        Assert.Contains("subject.double-dot", message, StringComparison.Ordinal);
        Assert.Contains("10.0.0.0/99", message, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void The_view_of_a_user_shows_what_its_role_lets_it_do()
    {
        string text = Session.RunText("New-NatsUser s1 -Account A -SigningKey sensor | Format-List");
        Assert.Contains("tele.{{name()}}.>", text, StringComparison.Ordinal);
        Assert.Contains("role sensor of A", text, StringComparison.Ordinal);
    }
}
