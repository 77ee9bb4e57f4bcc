using System.Text.Json.Nodes;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>Which key signs: the one that was asked for, in every form, or the one that comes by default.</summary>
public class WhoSignsTests : SigningTest
{
    [Theory]
    [InlineData("$ak.KeyPair")]
    [InlineData("$ak")]
    [InlineData("(Get-NatsSigningKey $ak.PublicKey -Account A)")]
    [InlineData("$ak.PublicKey")]
    [InlineData("$ak.KeyPair.ToSeed()")]
    [InlineData("($ak.KeyPair | Export-NatsKeyPair -AsPlainText)")]
    [InlineData("./ak.nk")]
    [InlineData("\"$pwd/ak.nk\"")]
    public void SigningKey_takes_every_form_of_a_key(string form)
    {
        Run($"$ak.KeyPair | Export-NatsKeyPair ak.nk; $u = $a | New-NatsUser U -SigningKey {form}");
        Holds(
            "$u.Issuer -eq $ak.PublicKey",
            "$u.IssuerAccount -eq $a.Subject",
            "$u.State -eq 'Signed'",
            "(Test-NatsJwt $u)");
    }

    [Theory]
    [InlineData("$ok.KeyPair")]
    [InlineData("$ok")]
    [InlineData("$ok.PublicKey")]
    [InlineData("$ok.KeyPair.ToSeed()")]
    [InlineData("./ok.nk")]
    public void SigningKey_of_an_operator_takes_every_form_of_a_key(string form)
    {
        Run($"$ok.KeyPair | Export-NatsKeyPair ok.nk; $b = $o | New-NatsAccount B -SigningKey {form}");
        Holds("$b.Issuer -eq $ok.PublicKey", "$b.State -eq 'Signed'");
    }

    [Fact]
    public void A_key_that_is_kept_by_its_user_alone_signs()
    {
        Forget("$ak.PublicKey");
        Holds("($a | New-NatsUser U -SigningKey $ak.KeyPair).Issuer -eq $ak.PublicKey");
        Holds("@(Get-NatsKeyPair -Type Account).PublicKey -notcontains $ak.PublicKey");
    }

    [Fact]
    public void SigningKey_takes_a_role_and_its_user_has_no_permissions_of_its_own()
    {
        Run("$u = $a | New-NatsUser U -SigningKey reader");

        Holds(
            "$u.Issuer -eq $reader.PublicKey",
            "$u.Role -eq 'reader'",
            "$u.State -eq 'Signed'",
            "(Test-NatsJwt $u)");
        JsonNode nats = EntityFiles.Payload((string)Value("$u.Jwt")!)["nats"]!;
        string account = (string)Value("$a.Subject")!;
        JsonNode expected = JsonNode.Parse($$"""{"pub":{},"sub":{},"issuer_account":"{{account}}","type":"user","version":2}""")!;
        Assert.True(JsonNode.DeepEquals(expected, nats), nats.ToJsonString());
    }

    [Theory]
    [InlineData("$reader")]
    [InlineData("$reader.PublicKey")]
    public void A_scoped_key_issues_plain_users_in_whatever_form_it_comes(string form)
    {
        Run($"$u = $a | New-NatsUser U -SigningKey {form}");
        Holds(
            "$u.Role -eq 'reader'",
            "$u.Permissions.Subs -eq 0",
            "$u.Permissions.Pub.Allow.Count -eq 0");
    }

    [Fact]
    public void Users_of_a_plain_key_are_not_touched_by_one_of_a_role_in_the_same_pipeline()
    {
        Run("$u = $reader.PublicKey, $ak.PublicKey | ForEach-Object { New-NatsUser \"u$($_.Substring(0, 6))\" -Account $a -SigningKey $_ }");
        Holds("$u[0].Permissions.Subs -eq 0", "$u[1].Permissions.Subs -eq -1");
    }

    [Theory]
    [InlineData("{ $sign.Invoke($_) }")]
    [InlineData("{ param($data) $sign.Invoke($data) }")]
    [InlineData("{ , $sign.Invoke($_) }")]
    [InlineData("{ [Convert]::ToBase64String($sign.Invoke($_)) }")]
    [InlineData("{ [Convert]::ToBase64String($sign.Invoke($_)).TrimEnd('=').Replace('+', '-').Replace('/', '_') }")]
    public void SigningKey_takes_a_script_block_that_signs(string block)
    {
        Forget("$ak.PublicKey");
        Run($"$u = $a | New-NatsUser U -SigningKey {block}", ("sign", SignerOf("$ak.KeyPair")));
        Holds("$u.Issuer -eq $ak.PublicKey", "(Test-NatsJwt $u)");
    }

    [Fact]
    public void A_script_block_of_a_role_issues_plain_users()
    {
        Run("$u = $a | New-NatsUser U -SigningKey { $sign.Invoke($_) }", ("sign", SignerOf("$reader")));
        Holds("$u.Role -eq 'reader'", "$u.Permissions.Subs -eq 0");
    }

    [Fact]
    public void By_default_the_current_issuer_signs_again()
    {
        Run("$a | Add-NatsSigningKey | Out-Null");
        Holds("(Get-NatsAccount A).Issuer -eq $ok.PublicKey");
    }

    [Fact]
    public void By_default_another_signing_key_signs_where_the_current_issuer_is_not_available()
    {
        Run("$more = $o | Add-NatsSigningKey");
        Forget("$ok.PublicKey");
        Run("$a | Add-NatsSigningKey | Out-Null");
        Holds("(Get-NatsAccount A).Issuer -eq $more.PublicKey");
    }

    [Fact]
    public void By_default_the_identity_signs_where_no_signing_key_is_available()
    {
        Forget("$ok.PublicKey");
        Run("$a | Add-NatsSigningKey | Out-Null");
        Holds("(Get-NatsAccount A).Issuer -eq $o.Subject");
    }

    [Fact]
    public void By_default_the_signing_key_signs_what_is_new_whether_or_not_the_identity_is_locked_away()
    {
        Holds("($a | New-NatsUser U).Issuer -eq $ak.PublicKey");
        Forget("$a.Subject");
        Holds("($a | New-NatsUser V).Issuer -eq $ak.PublicKey");
    }

    [Fact]
    public void By_default_the_identity_signs_what_is_new_where_no_signing_key_is_available()
    {
        Forget("$ak.PublicKey");
        Holds("($a | New-NatsUser U).Issuer -eq $a.Subject");
    }

    [Theory]
    [InlineData("$a | New-NatsUser U", "*, so $($ak.PublicKey) signs the user O2/A/U: it is the first usable signing key of the account O2/A.")]
    [InlineData("$a | New-NatsUser U -WhatIf",
        "*, so $($ak.PublicKey) signs the user O2/A/U: it is the first usable signing key of the account O2/A.")]
    [InlineData("$a | Set-NatsAccount -AddTag x", "*, so $($ok.PublicKey) signs the account O2/A: it is the current issuer.")]
    [InlineData("$a | Add-NatsSigningKey", "*, so $($ok.PublicKey) signs the account O2/A: it is the current issuer.")]
    public void Verbose_says_which_key_signs_by_default_and_why(string script, string expected)
    {
        Run($"$said = {script} -Verbose 4>&1 | Where-Object {{ $_ -is [Management.Automation.VerboseRecord] }} | ForEach-Object Message");
        Holds($"@($said -like \"{expected}\").Count -eq 1");
    }

    [Theory]
    [InlineData("$s | Set-NatsUser -AddTag x", "the role r (*…)")]
    [InlineData("Set-NatsSigningKey r -Description x -WhatIf", "the role r (*…)")]
    [InlineData("Remove-NatsSigningKey r -WhatIf", "the role r (*…)")]
    [InlineData("Update-NatsSigningKey r -WhatIf", "the role r (*…)")]
    public void A_key_of_a_role_is_named_by_it(string script, string expected)
    {
        Run("$r = $a | Add-NatsSigningKey -Role r -AllowPublish x; $s = $a | New-NatsUser s -Role r");
        string said = Session.RunText($"{script} -Verbose 4>&1");
        Assert.Matches(expected.Replace("(*…)", $@"\({Value("$r.PublicKey.Substring(0, 12)")}…\)", StringComparison.Ordinal), said);
        Assert.DoesNotContain((string)Value("$r.PublicKey")!, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_says_nothing_of_a_choice_where_a_key_was_named()
    {
        Run("$said = $a | New-NatsUser U -SigningKey $ak -Verbose 4>&1 | ForEach-Object { \"$_\" }");
        Holds("-not ($said -like '*No key was specified*')");
    }

    [Fact]
    public void By_default_a_key_whose_seed_is_elsewhere_does_not_count()
    {
        Run($"$more = $a | Add-NatsSigningKey; $a | Add-NatsSigningKey {AccountKey} | Out-Null");
        Forget("$ak.PublicKey");
        Holds("($a | New-NatsUser U).Issuer -eq $more.PublicKey");
        Forget("$more.PublicKey");
        Holds("($a | New-NatsUser V).Issuer -eq $a.Subject");
    }

    [Fact]
    public void Of_two_usable_keys_the_first_of_the_list_signs()
    {
        Run("$more = $a | Add-NatsSigningKey");
        Holds("($a | New-NatsUser U).Issuer -eq @((Get-NatsAccount A).SigningKeys.Where({ -not $_.IsScoped }))[0].PublicKey");
    }

    [Fact]
    public void A_scoped_key_never_signs_by_default()
    {
        Forget("$a.Subject");
        Forget("$ak.PublicKey");

        RunResult result = Fails("$a | New-NatsUser U");

        Assert.Equal(["SigningKeyNotFound"], result.ErrorIds);
        Assert.Contains(Session.KeyRoot, result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Under_a_strict_operator_an_account_without_signing_keys_needs_one()
    {
        MakeStrict();
        Run("$o | New-NatsAccount Bare | Out-Null");
        Assert.Contains(
            "Add-NatsSigningKey", Reports("SigningKeyNotFound", "New-NatsUser U -Account Bare -ErrorAction Continue"), StringComparison.Ordinal);
    }

    [Fact]
    public void Under_a_strict_operator_the_signing_keys_sign_by_default()
    {
        MakeStrict();
        Holds("($o | New-NatsAccount B).Issuer -eq $ok.PublicKey");
        Holds("($a | New-NatsUser U).Issuer -eq $ak.PublicKey");
        Holds("($o | Add-NatsSigningKey).Owner.Issuer -eq $o.Subject");
    }
}
