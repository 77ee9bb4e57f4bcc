namespace NatsKeys.Tests.Commands;

public class UpdateNatsStoreTests : ModuleTest
{
    private const string Operator = "store/O2/operator.yaml";
    private const string Account = "store/O2/accounts/A/account.yaml";
    private const string User = "store/O2/accounts/A/users/U.yaml";

    public UpdateNatsStoreTests() =>
        Run("$o = New-NatsOperator O2; $ok = $o | Add-NatsSigningKey; $a = $ok | New-NatsAccount A; $ak = $a | Add-NatsSigningKey; $role = $a | "
            + "Add-NatsSigningKey -Role r -AllowPublish x; $u = $ak | New-NatsUser U");

    [Theory]
    [InlineData("$signed = Update-NatsStore -PassThru")]
    [InlineData("$signed = Get-NatsStore | Update-NatsStore -PassThru")]
    [InlineData("$signed = Update-NatsStore $storeRoot -Operator O2 -PassThru")]
    public void What_was_edited_is_signed_parents_first_and_nothing_else(string script)
    {
        Append(User, "tags: [x]\n");
        Append(Account, "tags: [y]\n");
        Append(Operator, "tags: [z]\n");
        Run("$other = $a | New-NatsUser other; $before = $other.Jwt");

        Run(script);

        Holds(
            "\"$($signed.Path)\" -eq 'operator O2 account O2/A user O2/A/U'",
            "(Get-NatsUser other).Jwt -eq $before",
            "(Test-NatsStore)");
        Holds(
            "(Get-NatsUser U).Tags -eq 'x'",
            "(Get-NatsUser U).Issuer -eq $ak.PublicKey",
            "(Get-NatsAccount A).Issuer -eq $ok.PublicKey");
        LeavesFilesAlone("Update-NatsStore");
    }

    [Fact]
    public void Comments_and_order_stay()
    {
        WriteFile(User, "# Ann's own\n" + File.ReadAllText(PathOf(User))
            .Replace("kind: user\n", "kind: user   # as ever\nexpires: 2099-01-31 # until she leaves\n", StringComparison.Ordinal));
        Run("Update-NatsStore; Set-NatsUser U -AddTag later");
        string text = File.ReadAllText(PathOf(User));
        Assert.StartsWith("# Ann's own\nkind: user   # as ever\nexpires: 2099-01-31 # until she leaves\n", text, StringComparison.Ordinal);
        Assert.Contains("later", text, StringComparison.Ordinal);
        Holds("(Get-NatsUser U).State -eq 'Signed'", "(Get-NatsUser U).Expires.Year -eq 2099");
    }

    [Theory]
    [InlineData(User, "claims:\n  pub:\n    alow: [t.x]\n", "'pub.alow'", "'allow'")]
    [InlineData(User, "claims:\n  subss: 5\n", "'subss'", "'subs'")]
    [InlineData(Account, "claims:\n  limits:\n    disk_sotrage: 5\n", "'limits.disk_sotrage'", "'disk_storage'")]
    public void A_claim_that_is_nearly_one_is_not_signed(string file, string claim, params string[] named)
    {
        WriteFile(file, File.ReadAllText(PathOf(file)).Replace("claims:\n", claim, StringComparison.Ordinal));
        foreach (string script in new[] { "Update-NatsStore -WhatIf", "Update-NatsStore" })
        {
            string message = Reports("InvalidClaims", script);
            Assert.All(named, name => Assert.Contains(name, message, StringComparison.Ordinal));
        }

        Holds("-not (Test-NatsStore)");
        Holds($"(Test-NatsStore -Detailed).Where({{ $_.Rule -eq 'audit.unknown-claim' -and \"'$($_.Claim)'\" -eq \"{named[0]}\" }}).Count -eq 1");
    }

    [Fact]
    public void A_claim_of_a_newer_server_is_signed_and_told()
    {
        WriteFile(User, File.ReadAllText(PathOf(User)).Replace("claims:\n", "claims:\n  quantum: {spin: up}\n", StringComparison.Ordinal));
        Run("Update-NatsStore");
        Holds("(Test-NatsStore)", "(Test-NatsStore -Detailed).Where({ $_.Rule -eq 'audit.unknown-claim' }).Claim -eq 'quantum'");
        Holds("[System.IO.File]::ReadAllText((Test-NatsStore -Detailed).Where({ $_.Claim -eq 'quantum' }).File).Contains('spin: up')");
    }

    [Fact]
    public void The_template_of_a_role_is_held_to_the_rules_of_the_users_that_get_it()
    {
        WriteFile(Account, File.ReadAllText(PathOf(Account)).Replace("- x\n", "- t..x\n", StringComparison.Ordinal));
        Assert.Contains("subject.double-dot", Reports("RuleBroken", "Update-NatsStore"), StringComparison.Ordinal);
    }

    [Fact]
    public void New_files_get_keys_and_tokens_from_the_operator_down()
    {
        Directory.CreateDirectory(PathOf("store/N/accounts/B/users"));
        WriteFile("store/N/operator.yaml", "kind: operator\n");
        WriteFile("store/N/accounts/B/account.yaml", "kind: account\nname: B\nclaims:\n  limits: { conn: 5 }\n");
        WriteFile("store/N/accounts/B/users/V.yaml", "kind: user\nname: V # new\n");

        Run("Update-NatsStore -Operator N");

        Holds("Test-NatsStore -Operator N");
        Holds(
            "$v = Get-NatsUser V; $v.State -eq 'Signed'",
            "(Get-NatsKeyPair $v.Subject).HasSeed",
            "(Get-NatsAccount B).Limits.Conn -eq 5",
            "(Get-NatsOperator N).Issuer -eq (Get-NatsOperator N).Subject");
        Assert.Contains("name: V # new", File.ReadAllText(PathOf("store/N/accounts/B/users/V.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_issuer_that_is_written_is_the_one_that_signs_or_none_does()
    {
        WriteFile("store/O2/accounts/A/users/W.yaml", $"kind: user\nname: W\nissuer: {Value("$role.PublicKey")}\n");
        Run("Update-NatsStore");
        Holds("(Get-NatsUser W).Role -eq 'r'", "(Get-NatsUser W | Test-NatsJwt)");

        WriteFile("store/O2/accounts/A/users/X.yaml", $"kind: user\nname: X\nissuer: {AccountKey}\n");
        WriteFile("store/O2/accounts/A/users/Y.yaml", "kind: user\nname: Y\n");
        Assert.Contains(AccountKey, Reports("SigningKeyNotFound", "Update-NatsStore"), StringComparison.Ordinal);
        Holds("(Get-NatsUser X).State -eq 'Unsigned'", "(Get-NatsUser Y).State -eq 'Signed'");
    }

    [Theory]
    [InlineData("claims:\n  pub:\n    allow: [a..b]\n", "RuleBroken")]
    [InlineData("expires: 2020-01-01\n", "InvalidTime")]
    [InlineData("claims: [\n", "InvalidYaml")]
    public void What_cannot_be_signed_is_named_and_the_rest_goes_on(string lines, string errorId)
    {
        Run("$a | New-NatsUser Z -SigningKey $a.Subject | Out-Null");
        Append("store/O2/accounts/A/users/Z.yaml", lines);
        WriteFile("store/O2/accounts/A/users/Y.yaml", "kind: user\nname: Y\n");
        Reports(errorId, "Update-NatsStore");
        Holds("(Get-NatsUser Y).State -eq 'Signed'");
    }

    [Fact]
    public void WhatIf_shows_the_key_and_the_differences_and_changes_nothing()
    {
        Append(Account, "tags: [x]\n");
        string before = string.Join('\n', Snapshot());
        string text = Session.RunText("Update-NatsStore -WhatIf");
        Assert.Contains("account O2/A", text, StringComparison.Ordinal);
        Assert.Contains(((string)Value("$ok.PublicKey")!)[..12], text, StringComparison.Ordinal);
        Assert.Contains("+ tags", text, StringComparison.Ordinal);
        Assert.Equal(before, string.Join('\n', Snapshot()));
    }

    private void Append(string file, string lines) => WriteFile(file, File.ReadAllText(PathOf(file)) + lines);
}
