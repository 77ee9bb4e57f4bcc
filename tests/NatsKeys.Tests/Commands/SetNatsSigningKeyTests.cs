using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class SetNatsSigningKeyTests : ModuleTest
{
    public SetNatsSigningKeyTests() => Run(
        """
        $a = New-NatsOperator O2 | New-NatsAccount A
        $k = $a | Add-NatsSigningKey -Role sensor -AllowPublish x, y -MaxPayload 5
        $plain = $a | Add-NatsSigningKey
        """);

    [Theory]
    [InlineData("$k | Set-NatsSigningKey -AddAllowPublish z")]
    [InlineData("$a | Set-NatsSigningKey sensor -AddAllowPublish z")]
    [InlineData("Set-NatsSigningKey $k.PublicKey -Account A -Operator O2 -AddAllowPublish z -Store $storeRoot")]
    public void The_template_gets_what_was_named_and_keeps_the_rest(string script)
    {
        Assert.Empty(Run(script).Output);
        Holds(
            "$n = Get-NatsSigningKey sensor -Account A; \"$($n.Template.Pub.Allow)\" -eq 'x y z'",
            "$n.Template.Payload -eq 5",
            "(Get-NatsAccount A).State -eq 'Signed'");
    }

    [Fact]
    public void Users_of_the_role_may_what_it_says_now_without_being_signed_again()
    {
        Run("$u = New-NatsUser U -Account A -SigningKey sensor; $k | Set-NatsSigningKey -AddAllowPublish z -RemoveAllowPublish x");
        Holds(
            "(Get-NatsUser U).Jwt -eq $u.Jwt",
            "(Test-NatsPermission -User A/U -Publish z)",
            "-not (Test-NatsPermission -User A/U -Publish x)");
    }

    [Fact]
    public void A_role_whose_key_is_being_replaced_changes_for_new_credentials_and_a_warning_names_the_key_of_old_ones()
    {
        Run("$rotation = $k | Update-NatsSigningKey -KeepOldKey");
        RunResult result = Run("Set-NatsSigningKey sensor -Account A -RemoveAllowPublish x");
        Assert.Contains((string)Value("$k.PublicKey")!, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(Run("Set-NatsSigningKey $k.PublicKey -RemoveAllowPublish x").Warnings);

        // The rotation ends with what the role says now.
        Run("Set-NatsSigningKey sensor -Account A -AddAllowPublish z -WarningAction Ignore; $k | Update-NatsSigningKey | Out-Null");
        Holds(
            "$n = Get-NatsSigningKey sensor -Account A; $n.PublicKey -eq $rotation.NewKey",
            "\"$($n.Template.Pub.Allow)\" -eq 'y z'",
            "-not (Get-NatsRotation)");
        Assert.Empty(Run("Set-NatsSigningKey sensor -Account A -RemoveAllowPublish z").Warnings);
    }

    [Fact]
    public void The_role_gets_another_name_that_no_other_key_has()
    {
        Holds(
            "$n = $k | Set-NatsSigningKey -Role probe -Description d -PassThru; $n.Role -eq 'probe'",
            "$n.Description -eq 'd'",
            "$n.PublicKey -eq $k.PublicKey");
        Run("$a | Add-NatsSigningKey -Role other | Out-Null");
        Reports("SigningKeyExists", "$k | Set-NatsSigningKey -Role other");
        Holds("-not ($k | Set-NatsSigningKey -Description '' -PassThru).Description");
    }

    [Fact]
    public void A_plain_key_gets_a_role_and_users_that_are_refused_since_are_named()
    {
        Run("$plain | New-NatsUser U | Out-Null");
        Reports("InvalidClaims", "$plain | Set-NatsSigningKey -AllowPublish x");
        RunResult result = Run("$plain | Set-NatsSigningKey -Role new -AllowPublish x");
        Assert.Contains("user O2/A/U", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Holds("-not (Get-NatsUser U | Test-NatsJwt)");
        Run("Get-NatsUser U | Set-NatsUser -SigningKey new");
        Holds("Get-NatsUser U | Test-NatsJwt");
    }

    [Theory]
    [InlineData("-AllowPublish 'x.{{nome()}}'")]
    [InlineData("-SourceNetwork 10.0.0.0/99")]
    public void A_template_that_no_server_would_take_is_refused(string parameters)
    {
        string[] before = Snapshot();
        Reports("RuleBroken", $"$k | Set-NatsSigningKey {parameters}");
        Assert.Equal(before, Snapshot());
    }

    /// <summary>Tokens leave out a 0, and servers read a missing limit of a role as no limit.</summary>
    [Theory]
    [InlineData("$k | Set-NatsSigningKey -MaxPayload 0")]
    [InlineData("$k | Set-NatsSigningKey -MaxData 0")]
    [InlineData("Set-NatsSigningKey sensor -MaxSubscriptions 0")]
    [InlineData("Add-NatsSigningKey A -Role none -MaxPayload 0")]
    public void A_limit_that_no_token_can_say_is_refused_and_removes_none(string script)
    {
        string[] before = Snapshot();
        Assert.Contains("role", Reports("InvalidLimit", script), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void What_is_open_to_all_since_is_said() =>
        Assert.Contains("role 'sensor'", Assert.Single(Run("$k | Set-NatsSigningKey -RemoveAllowPublish x, y").Warnings), StringComparison.Ordinal);

    [Fact]
    public void Keys_of_operators_have_no_roles()
    {
        Run("$ok = Get-NatsOperator | Add-NatsSigningKey");
        Reports("InvalidClaims", "$ok | Set-NatsSigningKey -Role x");
    }

    [Fact]
    public void What_changes_nothing_signs_nothing()
    {
        LeavesFilesAlone("$k | Set-NatsSigningKey -Role sensor -AddAllowPublish x -MaxPayload 5");
        LeavesFilesAlone("$k | Set-NatsSigningKey -AddAllowPublish z -WhatIf");
        Reports("KeyNotFound", $"Set-NatsSigningKey {AccountKey} -Account A -Role x");
    }
}
