using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class RenameNatsUserTests : ModuleTest
{
    public RenameNatsUserTests() =>
        Run("$a = New-NatsOperator O2 | New-NatsAccount A; $k = $a | Add-NatsSigningKey -Role r -AllowPublish 'x.{{name()}}'; $u = $a | "
            + "New-NatsUser U -AllowPublish x; $s = New-NatsUser s -Account A -SigningKey r; $u | Export-NatsCredential");

    [Theory]
    [InlineData("$n = $u | Rename-NatsUser -NewName W -PassThru")]
    [InlineData("$n = Rename-NatsUser A/U W -PassThru")]
    public void Its_credentials_follow_and_have_the_new_token(string script)
    {
        Run(script);
        Holds(
            "$n.Name -eq 'W'",
            "$n.Claims.Name -eq 'W'",
            "$n.Subject -eq $u.Subject",
            "$n.Permissions.Pub.Allow -eq 'x'",
            "$n.State -eq 'Signed'",
            "@(Get-NatsUser).Count -eq 2");
        Assert.False(File.Exists(Path.Combine(Session.KeyRoot, "creds/O2/A/U.creds")));
        Assert.Contains((string)Value("$n.Jwt")!, File.ReadAllText(Path.Combine(Session.KeyRoot, "creds/O2/A/W.creds")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_of_a_role_stays_one()
    {
        Run("$n = $s | Rename-NatsUser -NewName t -PassThru");
        Holds(
            "$n.Role -eq 'r'",
            "($n | Test-NatsJwt)",
            "(Test-NatsPermission -User $n -Publish x.t)",
            "-not (Test-NatsPermission -User $n -Publish x.s)");
    }

    [Fact]
    public void A_name_that_is_taken_changes_nothing()
    {
        string[] before = Snapshot();
        Reports("EntityExists", "$u | Rename-NatsUser -NewName S");
        Run("$u | Rename-NatsUser -NewName W -WhatIf");
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("Get-NatsUser -Account A | Rename-NatsUser -NewName W")]
    [InlineData("([pscustomobject] @{ Name = 'U'; NewName = 'W' }), ([pscustomobject] @{ Name = 's'; NewName = 'w' }) | Rename-NatsUser")]
    public void Several_that_would_have_one_name_are_refused_before_one_has_it(string script)
    {
        string[] before = Snapshot();
        string message = Reports("EntityExists", $"{script} -WhatIf");
        Assert.Contains("user O2/A/U", message, StringComparison.Ordinal);
        Assert.Contains("user O2/A/s", message, StringComparison.Ordinal);
        Assert.Equal(message, Reports("EntityExists", script));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Users_of_several_accounts_can_have_one_name()
    {
        Run("$b = New-NatsAccount B -Operator O2; $b | New-NatsUser X | Out-Null; 'A/U', 'B/X' | Rename-NatsUser -NewName W");
        Holds("\"$((Get-NatsUser W).Account)\" -eq 'A B'");
    }

    [Fact]
    public void A_user_that_a_plain_key_signs_leaves_its_role_with_a_warning()
    {
        RunResult result = Run("$n = $s | Rename-NatsUser -NewName t -SigningKey $a.Subject -PassThru");
        Assert.Contains("user O2/A/t", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Holds(
            "-not $n.Role",
            "$n.Permissions.Subs -eq -1",
            "($n | Test-NatsJwt)");
    }

    [Fact]
    public void Credentials_of_somebody_who_is_gone_are_not_taken_over()
    {
        Run("$s | Export-NatsCredential; $s | Remove-NatsUser -Confirm:$false -WarningAction Ignore");
        string[] before = Snapshot();
        Assert.Contains("s.creds", Reports("FileExists", "$u | Rename-NatsUser -NewName s"), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void The_new_name_alone_is_typed_where_the_user_comes_down_the_pipeline()
    {
        Run("$u | Rename-NatsUser W; Rename-NatsUser W X");
        Holds("@(Get-NatsUser).Name -contains 'X'", "@(Get-NatsUser).Name -notcontains 'U'");
    }
}
