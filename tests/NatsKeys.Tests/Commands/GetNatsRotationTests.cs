namespace NatsKeys.Tests.Commands;

/// <summary>Rotations that have begun and are not finished are told, with what is pending and what to do.</summary>
public class GetNatsRotationTests : ModuleTest
{
    public GetNatsRotationTests() => Run(
        "$o = New-NatsOperator O2 -SystemAccount SYS; $a = $o | New-NatsAccount A; $k = $a | Add-NatsSigningKey; $u = $k | New-NatsUser U");

    [Fact]
    public void Nothing_is_told_while_nothing_is_pending()
    {
        Holds("@(Get-NatsRotation).Count -eq 0");
        Run("Update-NatsSigningKey $k.PublicKey | Out-Null");
        Holds("@(Get-NatsRotation).Count -eq 0");
        Reports("StoreNotFound", "Get-NatsRotation ./none");
        Reports("EntityNotFound", "Get-NatsRotation -Operator none");
    }

    [Fact]
    public void What_could_not_be_signed_is_told_and_the_next_run_ends_it()
    {
        string file = "store/O2/accounts/A/users/U.yaml";
        string signed = File.ReadAllText(PathOf(file));
        File.AppendAllText(PathOf(file), "tags: [edited]\n");
        Run("$begun = Update-NatsSigningKey $k.PublicKey -WarningAction Ignore; $r = Get-NatsRotation");
        Holds(
            "\"$($r.Owner)\" -eq 'account O2/A'",
            "$r.OldKey -eq $k.PublicKey",
            "$r.NewKey -eq $begun.NewKey",
            "$r.State -eq 'Signing'",
            "$r.IsOldKeyListed");
        Holds("\"$($r.Pending.Path)\" -eq 'user O2/A/U'", "$r.Next -eq \"Update-NatsSigningKey $($k.PublicKey)\"");
        string text = Session.RunText("Get-NatsRotation");
        Assert.Matches(@"IsOldKeyListed *: True", text);
        Assert.Contains("user O2/A/U", text, StringComparison.Ordinal);

        File.WriteAllText(PathOf(file), signed);
        Run("$done = Get-NatsRotation | Update-NatsSigningKey");
        Holds("$done.IsFinished", "@(Get-NatsRotation).Count -eq 0");
    }

    [Fact]
    public void A_key_of_the_system_account_waits_for_servers()
    {
        Run("$old = (Get-NatsAccount SYS).SigningKeys[0].PublicKey; Update-NatsSigningKey $old | Out-Null; $r = Get-NatsRotation -Operator O2");
        Holds(
            "$r.State -eq 'Publishing'",
            "$r.Role -eq 'admin'",
            "-not $r.Pending.Count",
            "$r.Next -eq 'Publish-NatsAccount SYS'");
    }

    [Fact]
    public void A_key_that_stays_for_now_is_told_as_listed()
    {
        Run("Update-NatsSigningKey $k.PublicKey -KeepOldKey | Out-Null");
        Holds("(Get-NatsRotation).IsOldKeyListed", "-not (Get-NatsRotation).Pending.Count");
        LeavesFilesAlone("Get-NatsRotation");
    }
}
