using System.Text.RegularExpressions;

namespace NatsKeys.Tests.Commands;

public class TestNatsStoreTests : ModuleTest
{
    private const string User = "store/O2/accounts/A/users/U.yaml";

    public TestNatsStoreTests() =>
        Run("$ok = New-NatsOperator O2 | Add-NatsSigningKey; $a = $ok | New-NatsAccount A; $u = $a | New-NatsUser U; 1..20 | ForEach-Object { $a "
            + "| New-NatsUser \"x$_\" | Out-Null }");

    [Theory]
    [InlineData("Test-NatsStore")]
    [InlineData("Get-NatsStore | Test-NatsStore")]
    [InlineData("$storeRoot | Test-NatsStore")]
    [InlineData("Test-NatsStore $storeRoot -Operator O2")]
    [InlineData("Test-NatsStore -Operator (Get-NatsOperator)")]
    [InlineData("@(Test-NatsStore -Detailed -MinimumSeverity Time).Count -eq 0")]
    [InlineData("@(Test-NatsStore -MinimumSeverity Time).Count -eq 0")]
    public void A_store_in_which_all_is_signed_is_good(string script) => Holds(script);

    [Fact]
    public void Advice_is_shown_once_and_every_finding_has_it()
    {
        Run("'V', 'W', 'X' | New-NatsUser -Account A | Out-Null; $f = Test-NatsStore -Detailed | Where-Object Rule -eq audit.never-expires");
        string shown = Session.RunText("$f");
        string advice = (string)Value("$f[-1].Advice")!;
        Assert.Single(Regex.Matches(shown, Regex.Escape(advice)));
        Assert.Contains("user O2/A/X", shown, StringComparison.Ordinal);
        Holds("@($f | Where-Object { -not $_.Advice }).Count -eq 0");
    }

    [Fact]
    public void What_belongs_to_no_entity_is_in_the_key_root()
    {
        Run("New-NatsKeyPair Account | Export-NatsKeyPair ./k.nk; Import-NatsKeyPair ./k.nk -Store (Get-NatsStore) | Out-Null");
        Assert.Matches(@"(?m)^\s*Entity: the key root\s*$", Session.RunText("Test-NatsStore -Detailed"));
    }

    [Fact]
    public void An_edited_file_is_told_with_what_is_different()
    {
        Edit(User, "kind: user\n", "kind: user\ntags: [x]\n");
        Holds("-not (Test-NatsStore)");
        Holds(
            "$f = Test-NatsStore -Detailed -MinimumSeverity Error; \"$($f.Path)\" -eq 'user O2/A/U'",
            "$f.Rule -eq 'entity.modified'",
            "$f.Message -match '[+] tags .x.'");
        Assert.Contains("entity.modified", Session.RunText("Test-NatsStore -Detailed"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named_with_its_line_and_the_rest_is_looked_at()
    {
        WriteFile(User, "kind: user\nname: [\n");
        WriteFile("store/O2/accounts/A/users/x1.yaml", "kind: user\nname: x1\n");
        Holds(
            "$f = Test-NatsStore -Detailed -MinimumSeverity Error; \"$($f.Rule)\" -eq 'store.unreadable entity.unsigned'",
            "$f[0].File -like '*U.yaml'",
            "$f[0].Message -match 'Line 3, column 1'",
            "$f[0].Line -eq 3");
    }

    [Fact]
    public void What_is_not_trusted_or_expired_or_expires_soon_is_found()
    {
        Run("$k = $a | Add-NatsSigningKey; $k | New-NatsUser gone | Out-Null; $k | Remove-NatsSigningKey -Confirm:$false -WarningAction Ignore; "
            + "$a | New-NatsUser soon -Expires 10d | Out-Null");
        Holds("(Test-NatsStore -Detailed -MinimumSeverity Time).Rule -eq 'trust.issuer'");
        Holds(
            "$f = Test-NatsStore -Detailed -MinimumSeverity Time -ExpiresWithin 30d; \"$($f.Path)\" -eq 'user O2/A/gone user O2/A/soon'",
            "$f[1].Rule -eq 'time.expires-soon'");
        Holds("@(Test-NatsStore -Detailed -MinimumSeverity Time -ExpiresWithin 5d).Count -eq 1");
        Reports("InvalidTime", "Test-NatsStore -ExpiresWithin soon");
    }

    [Fact]
    public void A_revoked_user_and_another_name_are_warnings_and_a_copied_file_is_none()
    {
        Run("$u | Add-NatsRevocation");
        Holds("(Test-NatsStore)", "'trust.revoked' -in (Test-NatsStore -Detailed -MinimumSeverity Warning).Rule");
        File.Copy(PathOf("store/O2/accounts/A/users/x1.yaml"), PathOf("store/O2/accounts/A/users/copy.yaml"));
        Holds(
            "-not (Test-NatsStore)",
            "(Test-NatsStore -Detailed).Rule -contains 'store.subject'",
            "(Test-NatsStore -Detailed).Rule -contains 'entity.name'");
    }

    [Fact]
    public void An_operator_that_is_not_there_is_an_error()
    {
        Reports("EntityNotFound", "Test-NatsStore -Operator nobody");
        Reports("StoreNotFound", "Test-NatsStore ./none");
        LeavesFilesAlone("Test-NatsStore -Detailed");
    }

    [Fact]
    public void What_works_and_could_be_safer_is_told_with_advice_and_the_store_is_good_all_the_same()
    {
        Run("$u | Set-NatsUser -BearerToken -AllowPublish '>'; $u | Export-NatsCredential; $u | Set-NatsUser -AddTag x");
        Run("$found = Test-NatsStore -Detailed");
        Holds("Test-NatsStore");
        Holds("'audit.bearer', 'audit.full-wildcard', 'audit.never-expires' | ForEach-Object { if ($_ -notin $found.Rule) { throw $_ } }; $true");
        Holds(
            "($found | Where-Object Rule -eq audit.bearer).Severity -eq 'Warning'",
            "($found | Where-Object Rule -eq audit.bearer).Advice -match 'Set-NatsUser -BearerToken'");
        Holds("-not ($found | Where-Object { -not $_.Advice })");
        Holds("-not (Test-NatsStore -Detailed -MinimumSeverity Warning | Where-Object Severity -eq Advice)");
        Assert.Contains("Set an expiry with Set-NatsUser -Expires.", Session.RunText("Test-NatsStore -Detailed"), StringComparison.Ordinal);
    }

    private void Edit(string file, string from, string to) =>
        WriteFile(file, File.ReadAllText(PathOf(file)).Replace(from, to, StringComparison.Ordinal));

    [Theory]
    [InlineData("Test-NatsStore")]
    [InlineData("Test-NatsStore -Detailed")]
    [InlineData("Update-NatsStore")]
    public void A_store_that_is_not_there_is_no_good_one(string script) =>
        Assert.Contains("typo", Reports("StoreNotFound", $"$lent.NATSKEYS_STORE = \"$pwd/typo\"; {script}"), StringComparison.Ordinal);
}
