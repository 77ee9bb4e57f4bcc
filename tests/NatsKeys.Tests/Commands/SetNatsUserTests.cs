using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class SetNatsUserTests : ModuleTest
{
    public SetNatsUserTests() => Run(
        """
        $a = New-NatsOperator O2 | New-NatsAccount A
        $ak = $a | Add-NatsSigningKey
        $role = $a | Add-NatsSigningKey -Role sensor -AllowPublish 'tele.{{name()}}.>'
        $u = $ak | New-NatsUser U -AllowPublish x
        $s1 = New-NatsUser s1 -Account A -SigningKey sensor
        """);

    [Theory]
    [InlineData("$u | Set-NatsUser -DenyPublish y")]
    [InlineData("Set-NatsUser U -DenyPublish y")]
    [InlineData("Set-NatsUser -Name A/U -DenyPublish y -Store $storeRoot")]
    [InlineData("'O2/A/U' | Set-NatsUser -DenyPublish y")]
    [InlineData("Set-NatsUser U -Account A -Operator O2 -DenyPublish y")]
    [InlineData("$u | Select-Object Name, Account | Set-NatsUser -DenyPublish y")]
    [InlineData("[pscustomobject] @{ Login = 'U'; Team = 'A' } | Set-NatsUser -Name { $_.Login } -Account { $_.Team } -DenyPublish y")]
    [InlineData("@($u) | Set-NatsUser -Account A -DenyPublish y")]
    public void The_user_is_changed_and_signed_by_the_key_that_signed_it_before(string script)
    {
        Assert.Empty(Run(script).Output);
        Holds(
            "$n = Get-NatsUser U; $n.Permissions.Pub.Deny -eq 'y'",
            "$n.Permissions.Pub.Allow -eq 'x'",
            "$n.State -eq 'Signed'",
            "$n.Issuer -eq $ak.PublicKey",
            "$n.IssuerAccount -eq $a.Subject");
    }

    [Theory]
    [InlineData("Set-NatsUser U -Role sensor -RemoveAllowPublish x")]
    [InlineData("[pscustomobject] @{ Name = 'U'; Role = 'sensor' } | Set-NatsUser -RemoveAllowPublish x")]
    [InlineData("Set-NatsUser U -SigningKey sensor -RemoveAllowPublish x")]
    public void A_user_moves_to_a_role_and_WhatIf_says_so(string script)
    {
        Assert.Contains("Role none → sensor", Session.RunText($"{script} -WhatIf -WarningAction Ignore"), StringComparison.Ordinal);
        Run($"{script} -WarningAction Ignore");
        Holds("(Get-NatsUser U).Role -eq 'sensor'", "(Get-NatsUser U).State -eq 'Signed'", "(Get-NatsUser U).Publish -eq 'allow tele.{{name()}}.>'");
    }

    [Theory]
    [InlineData("Set-NatsUser U -Role sensr", "KeyNotFound", "'sensor'")]
    [InlineData("[pscustomobject] @{ Name = 'U'; Role = 'sensr' } | Set-NatsUser", "KeyNotFound", "'sensor'")]
    [InlineData("Set-NatsUser U -Role sensor -SigningKey sensor", "InvalidClaims", "-SigningKey")]
    [InlineData("Set-NatsUser s1 -Role sensor -SigningKey $ak", "InvalidClaims", "-SigningKey")]
    [InlineData("Set-NatsUser U -Role sensor", "SigningKeyNotAllowed", "sensor")]
    public void A_role_that_does_not_fit_is_refused(string script, string errorId, string text)
    {
        string[] before = Snapshot();
        Assert.Contains(text, Reports(errorId, script), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void The_same_role_changes_nothing()
    {
        string[] before = Snapshot();
        Run("Set-NatsUser s1 -Role sensor; [pscustomobject] @{ Name = 's1'; Role = 'sensor' } | Set-NatsUser");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Several_are_changed_and_given_back()
    {
        RunResult result = Run("Get-NatsUser | Set-NatsUser -AddTag x -PassThru");
        Assert.Equal(2, result.Output.Count);
        Holds(
            "(Get-NatsUser s1).Issuer -eq $role.PublicKey",
            "(Get-NatsUser s1).State -eq 'Signed'",
            "(Get-NatsUser s1 | Test-NatsJwt)");
    }

    [Theory]
    [InlineData("-AllowPublish y")]
    [InlineData("-MaxPayload 5")]
    [InlineData("-BearerToken")]
    [InlineData("-MaxSubscriptions Unlimited")]
    public void A_user_of_a_role_gets_no_permissions_of_its_own(string own)
    {
        string[] before = Snapshot();
        Reports("SigningKeyNotAllowed", $"$s1 | Set-NatsUser {own}");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void A_user_moves_into_a_role_once_it_has_nothing_of_its_own()
    {
        Reports("SigningKeyNotAllowed", "$u | Set-NatsUser -SigningKey sensor");
        Run("$u | Set-NatsUser -RemoveAllowPublish x -SigningKey sensor -WarningAction Ignore");
        Holds(
            "$n = Get-NatsUser U; $n.Role -eq 'sensor'",
            "($n | Test-NatsJwt)",
            "(Test-NatsPermission -User $n -Publish tele.U.x)",
            "-not (Test-NatsPermission -User $n -Publish x)");
    }

    [Fact]
    public void A_user_leaves_its_role_only_for_a_key_that_is_named_and_with_a_warning()
    {
        RunResult result = Run("$s1 | Set-NatsUser -SigningKey $ak");
        Assert.Contains("user O2/A/s1", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Holds(
            "$n = Get-NatsUser s1; $n.Issuer -eq $ak.PublicKey",
            "-not $n.Role",
            "$n.Permissions.Subs -eq -1",
            "$n.State -eq 'Signed'",
            "($n | Test-NatsJwt)");
    }

    [Fact]
    public void Limits_of_a_user_that_leaves_its_role_are_those_that_were_asked_for()
    {
        Run("$s1 | Set-NatsUser -SigningKey $ak -AllowPublish z -MaxPayload 5 -WarningAction Ignore");
        Holds(
            "$p = (Get-NatsUser s1).Permissions; $p.Payload -eq 5",
            "$p.Subs -eq -1",
            "$p.Pub.Allow -eq 'z'");
    }

    [Fact]
    public void A_user_whose_key_was_removed_is_signed_by_another_one()
    {
        Run("$ak | Remove-NatsSigningKey -Confirm:$false -WarningAction Ignore");
        Holds("(Get-NatsUser U).State -eq 'Untrusted'");
        Run("$u | Set-NatsUser -SigningKey $a.Subject");
        Holds(
            "$n = Get-NatsUser U; $n.State -eq 'Signed'",
            "$n.Issuer -eq $a.Subject",
            "$n.Permissions.Pub.Allow -eq 'x'");
    }

    [Fact]
    public void The_credentials_that_the_store_keeps_follow_and_copies_do_not()
    {
        Run("$u | Export-NatsCredential; $u | Export-NatsCredential ./copy.creds; $u | Set-NatsUser -AddTag x");
        string kept = File.ReadAllText(Path.Combine(Session.KeyRoot, "creds", "O2", "A", "U.creds"));
        Assert.Contains((string)Value("(Get-NatsUser U).Jwt")!, kept, StringComparison.Ordinal);
        Assert.Contains((string)Value("$u.Jwt")!, File.ReadAllText(PathOf("copy.creds")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-AllowPublish y, z", "y z")]
    [InlineData("-AddAllowPublish y, x", "x y")]
    [InlineData("-AddAllowPublish y -RemoveAllowPublish x", "y")]
    [InlineData("-AllowPublish y, z -AddAllowPublish w -RemoveAllowPublish y", "z w")]
    [InlineData("-AllowPublishSubscribe y", "y")]
    [InlineData("-AllowPublish y -AllowPublishSubscribe z", "y z")]
    public void A_list_that_is_named_is_replaced_and_Add_and_Remove_change_it(string change, string allowed)
    {
        Assert.Empty(Run($"$u | Set-NatsUser {change}").Warnings);
        Assert.Equal(allowed, Value("(Get-NatsUser U).AllowPublish -join ' '"));
    }

    [Theory]
    [InlineData("-RemoveAllowPublish orders.ne", "orders.ne", "orders.new")]
    [InlineData("-RemoveDenyPublish other", "other", null)]
    [InlineData("-RemoveAllowPublishSubscribe other", "other", null)]
    [InlineData("-RemoveTag dya", "dya", null)]
    [InlineData("-RemoveSourceNetwork 192.0.2.0/24", "192.0.2.0/24", null)]
    [InlineData("-RemoveConnectionType MQTT", "MQTT", null)]
    [InlineData("-RemoveAllowedTime 08:00-18:00", "08:00-18:00", null)]
    public void What_was_not_there_to_be_removed_is_a_warning_since_the_right_one_may_still_be_there(string remove, string named, string? meant)
    {
        Run("$u | Set-NatsUser -AddAllowPublish orders.new -AddTag day");
        string warning = Assert.Single(LeavesFilesAlone($"$u | Set-NatsUser {remove}").Warnings);
        Assert.Contains($"'{named}'", warning, StringComparison.Ordinal);
        Assert.Equal(meant is not null, warning.Contains($"Did you mean '{meant}'?", StringComparison.Ordinal));
    }

    [Fact]
    public void Tags_are_replaced_and_may_all_go()
    {
        Run("$u | Set-NatsUser -Tag One, two; $u | Set-NatsUser -AddTag three -RemoveTag ONE");
        Holds("((Get-NatsUser U).Tags -join ' ') -ceq 'two three'");
        Run("$u | Set-NatsUser -Tag four");
        Holds("((Get-NatsUser U).Tags -join ' ') -ceq 'four'");
        Run("$u | Set-NatsUser -Tag @()");
        Holds("(Get-NatsUser U).Tags.Count -eq 0");
    }

    [Fact]
    public void What_is_open_to_all_since_is_said()
    {
        Run("$u | Set-NatsUser -SourceNetwork 192.0.2.0/24 -ConnectionType MQTT");
        RunResult result = Run("$u | Set-NatsUser -RemoveAllowPublish x -RemoveSourceNetwork 192.0.2.0/24 -RemoveConnectionType MQTT");
        Assert.Equal(3, result.Warnings.Count);
    }

    [Fact]
    public void One_bad_item_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Reports("EntityNotFound", "'A/U', 'A/nobody', 'A/s1' | Set-NatsUser -AddTag x");
        Holds("@(Get-NatsUser | Where-Object { $_.Tags -contains 'x' }).Count -eq 2");
    }

    [Theory]
    [InlineData("$u | Set-NatsUser -Expires yesterday -WhatIf", "InvalidTime")]
    [InlineData("$u | Set-NatsUser -Expires 2020-01-01 -WhatIf", "InvalidTime")]
    [InlineData("$u | Rename-NatsUser -NewName 'a/b' -WhatIf", "InvalidName")]
    public void What_makes_no_sense_is_told_under_WhatIf_too(string script, string errorId) => Reports(errorId, script);

    [Fact]
    public void Connection_types_are_told_apart_by_no_case()
    {
        Run("$u | Set-NatsUser -ConnectionType mqtt, MQTT, Standard");
        Holds("((Get-NatsUser U).Permissions.AllowedConnectionTypes -join ' ') -ceq 'MQTT STANDARD'");
        Run("$u | Set-NatsUser -RemoveConnectionType mqtt");
        Holds("((Get-NatsUser U).Permissions.AllowedConnectionTypes -join ' ') -ceq 'STANDARD'");
        Assert.Contains("IN_PROCESS", Ends("$u | Set-NatsUser -ConnectionType pigeon -ErrorAction Stop").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_type_that_somebody_else_wrote_in_lower_case_is_removed()
    {
        Run("$u | Set-NatsUser -ConnectionType MQTT");
        string file = Directory.GetFiles(Session.StoreRoot, "U.yaml", SearchOption.AllDirectories).Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace("MQTT", "mqtt", StringComparison.Ordinal));
        Run("$warnings = $u | Set-NatsUser -RemoveConnectionType MQTT 3>&1");
        Holds("(Get-NatsUser U).Permissions.AllowedConnectionTypes.Count -eq 0");
    }
}
