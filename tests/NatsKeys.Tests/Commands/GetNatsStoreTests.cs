namespace NatsKeys.Tests.Commands;

public class GetNatsStoreTests : ModuleTest
{
    [Fact]
    public void Without_a_path_the_store_of_the_environment_is_given_and_nothing_made()
    {
        Run("New-NatsStore $storeRoot | Out-Null");
        string[] before = Snapshot();
        Holds("(Get-NatsStore).Location -eq $storeRoot", "(Get-NatsStore).Keys.Location -eq $keyRoot");
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("Get-NatsStore mine")]
    [InlineData("Get-NatsStore -Path ./mine")]
    [InlineData("'mine' | Get-NatsStore")]
    public void A_store_is_opened_by_its_path(string script)
    {
        Run("New-NatsStore mine | Out-Null; New-NatsOperator O2 -Store mine | Out-Null");
        Run($"$s = {script}");
        Holds("$s.Location -eq [IO.Path]::GetFullPath(\"$pwd/mine\")", "(Get-NatsOperator -Store $s).Name -eq 'O2'");
    }

    [Fact]
    public void Keys_are_at_the_parameter_then_the_environment_then_where_the_store_says()
    {
        Run("New-NatsStore mine -KeyPath named | Out-Null");
        Holds("(Get-NatsStore mine -KeyPath given).Keys.Location -eq [IO.Path]::GetFullPath(\"$pwd/given\")");
        Holds("(Get-NatsStore mine).Keys.Location -eq $keyRoot");
        Holds("$keep = $lent.NATSKEYS_KEYS; $lent.NATSKEYS_KEYS = ''; $at = (Get-NatsStore mine).Keys.Location; $lent.NATSKEYS_KEYS = $keep; $at "
            + "-eq [IO.Path]::GetFullPath(\"$pwd/named\")");
        Holds("(Get-NatsStore mine -KeyPath given).CredentialRoot -eq [IO.Path]::GetFullPath(\"$pwd/given/creds\")");
    }

    [Fact]
    public void KeyPath_alone_goes_with_the_store_of_the_environment()
    {
        Run("New-NatsOperator O2 | Out-Null");
        Holds(
            "(Get-NatsStore -KeyPath given).Keys.Location -eq [IO.Path]::GetFullPath(\"$pwd/given\")",
            "(Get-NatsStore -KeyPath given).Location -eq $storeRoot");
    }

    [Fact]
    public void A_folder_that_is_no_store_is_an_error_and_the_rest_goes_on()
    {
        Run("New-NatsStore mine | Out-Null; New-NatsStore other | Out-Null");
        Assert.Contains(PathOf("none"), Reports("StoreNotFound", "$s = 'mine', 'none', 'other' | Get-NatsStore"), StringComparison.Ordinal);
        Holds("$s.Count -eq 2");
    }

    [Theory]
    [InlineData("format: 2\n", "StoreFormat")]
    [InlineData("keys: x\n", "StoreFormat")]
    [InlineData("format: [\n", "InvalidYaml")]
    public void A_marker_that_cannot_be_read_is_an_error_that_names_the_store(string marker, string id)
    {
        Directory.CreateDirectory(PathOf("mine"));
        WriteFile("mine/natskeys.yaml", marker);
        Assert.Contains(PathOf("mine"), Reports(id, "Get-NatsStore mine"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_root_that_others_can_read_is_warned_of_by_whatever_opens_the_store()
    {
        Run("New-NatsOperator O2 | Out-Null");
        Assert.Empty(Run("Get-NatsOperator").Warnings);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode open =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        File.SetUnixFileMode(Path.Combine(Session.KeyRoot, "keys"), open);
        Assert.Empty(Run("Get-NatsOperator").Warnings);
        File.SetUnixFileMode(Session.KeyRoot, open);
        Assert.Contains("chmod 700", Assert.Single(Run("Get-NatsOperator").Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-NatsStore open")]
    [InlineData("Get-NatsOperator -Store open")]
    [InlineData("Test-NatsStore open")]
    [InlineData("'open', 'open', (Get-NatsStore open -WarningAction Ignore) | Test-NatsStore")]
    [InlineData("Test-NatsStore -Store open -Operator O -Detailed")]
    [InlineData("Update-NatsStore open")]
    [InlineData("Protect-NatsKeyStore open -Passphrase (New-NatsKeyPair User).ToSeed()")]
    [InlineData("Unprotect-NatsKeyStore open -Confirm:$false")]
    [InlineData("Import-NatsKeyPair -Seed (New-NatsKeyPair User).ToSeed() -Store open")]
    [InlineData("Import-NatsStore out -Store open")]
    [InlineData("ConvertTo-NatsDiagram open")]
    [InlineData("New-NatsSigningRequest r.yaml -Store open -WhatIf")]
    public void Whatever_takes_a_store_warns_of_its_key_root_once(string script)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Run("New-NatsStore open; New-NatsOperator O -Store open; Export-NatsStore out -AsNsc -Store open");
        const UnixFileMode open =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        File.SetUnixFileMode(Session.KeyRoot, open);
        File.SetUnixFileMode(Path.Combine(Session.KeyRoot, "keys"), open);

        Assert.Single(Run(script).Warnings, warning => warning.Contains("chmod 700", StringComparison.Ordinal));
    }

    [Fact]
    public void A_relative_path_of_the_environment_is_one_from_where_the_session_is()
    {
        Run("$lent.NATSKEYS_STORE = 'sub/store'; $lent.NATSKEYS_KEYS = './sub/keys'; $null = New-NatsOperator O; $s = Get-NatsStore; $o = "
            + "Get-NatsOperator");
        Holds(
            "$s.Location -eq [IO.Path]::GetFullPath(\"$pwd/sub/store\")",
            "$s.Keys.Location -eq [IO.Path]::GetFullPath(\"$pwd/sub/keys\")",
            "$o.Name -eq 'O'");
        Assert.True(File.Exists(PathOf("sub/store/O/operator.yaml")));
    }
}
