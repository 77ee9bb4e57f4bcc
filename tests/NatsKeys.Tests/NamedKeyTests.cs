namespace NatsKeys.Tests;

/// <summary>What names keys, users and accounts: several at once, without their owner, nearly right, or with a wildcard.</summary>
public sealed class NamedKeyTests : ModuleTest
{
    // What is sent to servers is refused where none is known, or nobody may manage accounts there.
    private const string WithServers = "$sys = $o | New-NatsAccount SYS; $null = $sys | New-NatsUser sys; "
        + "Set-NatsOperator O -SystemAccount SYS -ServiceUrl nats://127.0.0.1:9";

    public NamedKeyTests() => Run(
        """
        $ConfirmPreference = 'None'
        $o = New-NatsOperator O
        $devices = $o | New-NatsAccount devices
        $billing = $o | New-NatsAccount billing
        $sensor = $devices | Add-NatsSigningKey -Role sensor -AllowPublish 't.>'
        $reader = $billing | Add-NatsSigningKey -Role reader -AllowPublish 'r.>'
        $null = $sensor | New-NatsUser sensor-1
        $null = $billing | New-NatsUser bill-1
        """);

    [Theory]
    [InlineData("Get-NatsUser -Account d*, b*", "bill-1 sensor-1")]
    [InlineData("Get-NatsUser -Account devices, dev*, billing", "bill-1 sensor-1")]
    [InlineData("Get-NatsUser bill-1, sensor-1 -Account billing, devices", "bill-1 sensor-1")]
    [InlineData("Get-NatsUser -Account $devices, $billing", "bill-1 sensor-1")]
    public void Users_of_several_accounts_are_given_once(string call, string names) =>
        Assert.Equal(names, Value($"({call}).Name | Sort-Object | Join-String -Separator ' '"));

    [Theory]
    [InlineData("Get-NatsSigningKey sensor, reader")]
    [InlineData("Get-NatsSigningKey -Role sensor, reader")]
    [InlineData("Get-NatsSigningKey -Account devices, billing")]
    [InlineData("Get-NatsSigningKey $sensor.PublicKey, reader -Account devices, billing")]
    public void Several_signing_keys_are_given(string call) =>
        Holds($"(({call}).Role | Sort-Object | Join-String -Separator ' ') -eq 'reader sensor'");

    [Fact]
    public void Of_several_keys_one_that_is_not_there_is_an_error_and_the_rest_is_given()
    {
        Assert.Contains("Did you mean 'sensor'?", Reports("KeyNotFound", "$found = Get-NatsSigningKey sensr, reader"), StringComparison.Ordinal);
        Holds("$found.Role -eq 'reader'");
    }

    [Theory]
    [InlineData("Get-NatsKeyUsage sensr", "KeyNotFound", "Did you mean 'sensor'?")]
    [InlineData("Get-NatsUser bill-1, sensor-1 -Account billing", "EntityNotFound", "account O/billing")]
    [InlineData("Remove-NatsUser sensor-*", "EntityNotFound", "Remove-NatsUser takes no wildcards. Use Get-NatsUser 'sensor-*' | Remove-NatsUser.")]
    [InlineData("Set-NatsUser devices/sensor-? -AddTag x", "EntityNotFound", "Get-NatsUser 'devices/sensor-?' | Set-NatsUser")]
    [InlineData("Set-NatsAccount dev* -AddTag x", "EntityNotFound", "Get-NatsAccount 'dev*' | Set-NatsAccount")]
    public void What_is_not_there_is_said_with_what_may_be_meant(string call, string errorId, string said) =>
        Assert.Contains(said, Reports(errorId, $"$null = {call}"), StringComparison.Ordinal);

    [Fact]
    public void A_role_needs_no_account_where_only_one_has_it()
    {
        Run("Set-NatsSigningKey sensor -AddAllowPublish more");
        Holds("(Get-NatsSigningKey sensor).Template.Pub.Allow -contains 'more'");
        Run("Remove-NatsSigningKey sensor -WarningAction Ignore; Remove-NatsSigningKey $reader.PublicKey");
        Holds("@(Get-NatsSigningKey).Count -eq 0");
        Reports("KeyNotFound", "Remove-NatsSigningKey sensor");
    }

    [Fact]
    public void A_role_that_two_accounts_have_needs_one()
    {
        Run("$null = $billing | Add-NatsSigningKey -Role sensor -AllowPublish x");
        string[] before = Snapshot();
        foreach (string call in (string[])["Set-NatsSigningKey sensor -AddAllowPublish y", "Remove-NatsSigningKey sensor"])
        {
            Assert.Contains("'sensor'", Reports("EntityAmbiguous", call), StringComparison.Ordinal);
        }

        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("New-NatsUser x -Account devices -Role ", "sensor")]
    [InlineData("New-NatsUser x -Account billing -Role ", "reader")]
    [InlineData("Get-NatsSigningKey -Account billing -Role ", "reader")]
    public void Roles_of_the_account_complete_and_no_others(string line, string role) => Assert.Equal([role], Session.Complete(line));

    [Theory]
    [InlineData("Update-NatsSigningKey sensor")]
    [InlineData("Update-NatsSigningKey sensor -Account devices")]
    public void Update_finishes_the_rotation_of_a_role(string call)
    {
        Run($"$first = Update-NatsSigningKey sensor -KeepOldKey; $second = {call}");
        Holds("$second.IsFinished", "$second.NewKey -eq $first.NewKey", "(Get-NatsSigningKey sensor).PublicKey -eq $first.NewKey",
            "-not (Get-NatsRotation)");
    }

    [Fact]
    public void While_a_role_is_rotated_its_new_key_is_meant_and_others_name_both()
    {
        Run("$first = Update-NatsSigningKey sensor -KeepOldKey; Set-NatsSigningKey sensor -AddAllowPublish more; $null = New-NatsUser s2 -Account "
            + "devices -Role sensor");
        Holds(
            "(Get-NatsSigningKey $first.NewKey).Template.Pub.Allow -contains 'more'",
            "(Get-NatsSigningKey $first.OldKey).Template.Pub.Allow -notcontains 'more'",
            "(Get-NatsUser s2).Issuer -eq $first.NewKey");
        foreach (string call in (string[])["$null = Get-NatsKeyUsage sensor", "Remove-NatsSigningKey sensor"])
        {
            string message = Reports("EntityAmbiguous", call);
            Assert.Contains($"{Value("$first.OldKey")} of account O/devices", message, StringComparison.Ordinal);
            Assert.Contains($"{Value("$first.NewKey")} of account O/devices", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_of_signing_keys_are_removed()
    {
        Run("Get-NatsSigningKey | Select-Object PublicKey, OwnerName | Remove-NatsSigningKey -WarningAction Ignore");
        Holds("@(Get-NatsSigningKey).Count -eq 0");
    }

    [Fact]
    public void Rows_of_users_are_revoked_in_their_accounts()
    {
        Run("Get-NatsUser | Select-Object Name, Account | Add-NatsRevocation -WarningAction Ignore");
        Holds("@(Get-NatsRevocation -Account devices).Count -eq 1", "@(Get-NatsRevocation -Account billing).Count -eq 1");
        Run("Get-NatsUser | Select-Object Name, Account | Remove-NatsRevocation -WarningAction Ignore");
        Holds("@(Get-NatsRevocation).Count -eq 0");
    }

    [Theory]
    [InlineData("[pscustomobject] @{ Name = 'bill-1'; Acount = 'billing' } | Add-NatsRevocation", "InvalidClaims")]
    [InlineData("[pscustomobject] @{ Name = 'bill-1'; Account = 'devices' } | Add-NatsRevocation", "EntityNotFound")]
    [InlineData("[pscustomobject] @{ Account = 'billing' } | Add-NatsRevocation", "ParameterArgumentTransformationError")]
    public void A_row_that_does_not_say_who_is_meant_revokes_nobody(string call, string errorId)
    {
        string[] before = Snapshot();
        Assert.Equal([errorId], RunToEnd(call).ErrorIds);
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("Publish-NatsAccount devices, billing -WhatIf")]
    [InlineData("Get-NatsAccount | Select-Object Name | Publish-NatsAccount -WhatIf")]
    [InlineData("Get-NatsAccount | Publish-NatsAccount -WhatIf")]
    [InlineData("Unpublish-NatsAccount devices, billing -WhatIf")]
    public void Several_accounts_are_told_to_servers(string call)
    {
        Run(WithServers);
        string text = Session.RunText(call);
        Assert.Contains("O/devices", text, StringComparison.Ordinal);
        Assert.Contains("O/billing", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_to_be_published_still_comes_from_a_rotation()
    {
        Run(WithServers);
        Assert.Contains(
            "Performing the operation \"Publish\" on target \"account O/devices",
            Session.RunText("$sensor | Update-NatsSigningKey -WarningAction Ignore | Publish-NatsAccount -WhatIf"),
            StringComparison.Ordinal);
    }
}
