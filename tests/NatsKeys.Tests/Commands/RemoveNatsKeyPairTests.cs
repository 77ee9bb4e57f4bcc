namespace NatsKeys.Tests.Commands;

/// <summary>Private keys go from the key root where nothing uses them, or where that is asked for by name and with force.</summary>
public class RemoveNatsKeyPairTests : ModuleTest
{
    public RemoveNatsKeyPairTests() => Run(
        "$o = New-NatsOperator O2; $a = $o | New-NatsAccount A; $u = $a | New-NatsUser U; "
            + "$k = $a | Add-NatsSigningKey; $k | Remove-NatsSigningKey -Confirm:$false");

    [Theory]
    [InlineData("Remove-NatsKeyPair -Unreferenced -Force -Confirm:$false")]
    [InlineData("Remove-NatsKeyPair -Unreferenced -Type Account -Force -Confirm:$false")]
    [InlineData("Remove-NatsKeyPair $k.PublicKey -Confirm:$false")]
    [InlineData("Get-NatsKeyPair -Unreferenced | Remove-NatsKeyPair -Confirm:$false")]
    [InlineData("$k | Remove-NatsKeyPair -Confirm:$false -Store $storeRoot")]
    public void A_key_that_nothing_uses_goes_and_all_others_stay(string script)
    {
        Holds("Test-Path (Get-NatsKeyPair $k.PublicKey).Path");
        Assert.Empty(Run(script).Output);
        Holds(
            "@(Get-NatsKeyPair).Count -eq 3",
            "@(Get-NatsKeyPair).PublicKey -notcontains $k.PublicKey",
            "($u | Test-NatsJwt)");
        Assert.Empty(Run("Remove-NatsKeyPair -Unreferenced -Force -Confirm:$false").Output);
    }

    [Fact]
    public void The_public_keys_of_what_was_removed_are_given_where_that_is_wanted()
    {
        Holds("(Remove-NatsKeyPair -Unreferenced -Force -PassThru -Confirm:$false) -eq $k.PublicKey");
        Holds("-not (Remove-NatsKeyPair -Unreferenced -Force -PassThru -Confirm:$false)");
    }

    [Theory]
    [InlineData("$o.Subject", "operator O2")]
    [InlineData("$a.Subject", "account O2/A")]
    [InlineData("$u.Subject", "user O2/A/U")]
    public void A_key_that_an_entity_uses_goes_only_with_force(string key, string entity)
    {
        string[] before = Snapshot();
        Assert.Contains(entity, Reports("KeyInUse", $"Remove-NatsKeyPair {key} -Confirm:$false"), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());

        Run($"Remove-NatsKeyPair {key} -Force -Confirm:$false");
        Holds($"-not (Get-NatsKeyPair {key} -ErrorAction Ignore)");
    }

    [Fact]
    public void A_key_that_signed_something_is_in_use_even_where_nobody_lists_it()
    {
        Run("$l = $a | Add-NatsSigningKey; $l | New-NatsUser V | Out-Null; $l | Remove-NatsSigningKey -Confirm:$false -WarningAction Ignore");
        Reports("KeyInUse", "Remove-NatsKeyPair $l.PublicKey -Confirm:$false");
        Run("Remove-NatsKeyPair -Unreferenced -Force -Confirm:$false");
        Holds("(Get-NatsKeyPair $l.PublicKey).HasSeed");
    }

    /// <summary>A store that has no keys there, or is this one, says nothing about those that have.</summary>
    [Theory]
    [InlineData("$storeRoot")]
    [InlineData("(New-NatsStore ./elsewhere -KeyPath ./elsewhere-keys)")]
    public void Only_another_store_with_the_same_key_root_counts_as_named(string other)
    {
        string[] before = Snapshot();
        Assert.Contains("-OtherStore", Reports("KeyInUse", $"Remove-NatsKeyPair -Unreferenced -OtherStore {other} -Confirm:$false"),
            StringComparison.Ordinal);
        Holds("(Get-NatsKeyPair $k.PublicKey).HasSeed");
        Assert.Empty(before.Except(Snapshot()));
    }

    [Fact]
    public void What_another_store_with_the_same_key_root_uses_stays()
    {
        Run("$other = New-NatsStore ./other -KeyPath $keyRoot; $p = New-NatsOperator P -Store $other", ("keyRoot", PathOf("keys")));
        Run("Remove-NatsKeyPair -Unreferenced -OtherStore ./other -Confirm:$false");
        Holds("(Get-NatsKeyPair $p.Subject).HasSeed", "-not (Get-NatsKeyPair $k.PublicKey -ErrorAction Ignore)");
        Assert.Contains(PathOf("other"), Reports("KeyInUse", "Remove-NatsKeyPair $p.Subject -OtherStore $other -Confirm:$false"),
            StringComparison.Ordinal);
    }

    /// <summary>The store cannot know which other stores have their keys in its key root. So somebody has to say it.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("-WhatIf")]
    [InlineData("-Store ./other")]
    public void Keys_that_another_store_may_use_stay_until_it_is_named_or_said_not_to_be_there(string how)
    {
        Run("$other = New-NatsStore ./other -KeyPath $keyRoot; $p = New-NatsOperator P -Store $other", ("keyRoot", PathOf("keys")));
        string[] before = Snapshot();

        string said = Reports("KeyInUse", $"Remove-NatsKeyPair -Unreferenced -Confirm:$false {how}");

        Assert.Contains("-OtherStore", said, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Where_nothing_is_unreferenced_nobody_has_to_say_anything()
    {
        Run("$k | Remove-NatsKeyPair -Confirm:$false; Remove-NatsKeyPair -Unreferenced -Confirm:$false");
        Run("$m = New-NatsStore -InMemory; $null = New-NatsOperator M -Store $m; "
            + "Remove-NatsOperator M -Store $m -Confirm:$false -WarningAction Ignore; Remove-NatsKeyPair -Unreferenced -Store $m -Confirm:$false");
        Holds("@(Get-NatsKeyPair -Store $m).Count -eq 0", "@(Get-NatsKeyPair).Count -eq 3");
    }

    [Fact]
    public void Force_removes_no_key_that_is_used_where_none_is_named()
    {
        Run("Remove-NatsKeyPair -Unreferenced -Force -Confirm:$false");
        Holds("@(Get-NatsKeyPair).Count -eq 3");
    }

    [Fact]
    public void The_keys_of_a_rotation_that_is_not_finished_stay()
    {
        Run("$s = New-NatsOperator S -SystemAccount SSYS; $old = (Get-NatsAccount S/SSYS).SigningKeys[0].PublicKey; Update-NatsSigningKey $old | "
            + "Out-Null");
        Reports("KeyInUse", "Remove-NatsKeyPair $old -Confirm:$false");
        Run("Remove-NatsKeyPair -Unreferenced -Force -Confirm:$false");
        Holds("(Get-NatsKeyPair $old).HasSeed");
    }

    [Fact]
    public void Where_a_file_cannot_be_read_nothing_is_taken_for_unused()
    {
        WriteFile("store/O2/accounts/A/users/U.yaml", "kind: user\nname: [\n");
        string[] before = Snapshot();
        Reports("InvalidYaml", "Remove-NatsKeyPair -Unreferenced -Force -Confirm:$false");
        Reports("InvalidYaml", "Remove-NatsKeyPair $k.PublicKey -Confirm:$false");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void What_is_no_key_or_is_not_here_is_an_error_and_the_rest_goes_on()
    {
        Reports("KeyNotFound", $"'{AccountKey}', $k.PublicKey | Remove-NatsKeyPair -Confirm:$false");
        Holds("@(Get-NatsKeyPair).Count -eq 3");
        Reports("InvalidPublicKey", "Remove-NatsKeyPair 'A*' -Confirm:$false");
    }
}
