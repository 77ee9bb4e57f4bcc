using System.Text.Json.Nodes;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>What goes wrong in the tool that people use today, line by line, and does not go wrong here.</summary>
public sealed class SeenToGoWrongTests : ModuleTest
{
    public SeenToGoWrongTests() => Run(
        """
        $o = New-NatsOperator O
        $a = $o | New-NatsAccount A
        """);

    [Theory]
    [InlineData("no-such-role")]
    [InlineData("./missing.nk")]
    public void Line_1_a_wrong_signing_key_is_an_error_and_the_identity_key_signs_nothing(string key)
    {
        Refuses("SigningKeyNotFound", $"New-NatsUser U -Account A -SigningKey {key}");
        Refuses("SigningKeyNotFound", $"Set-NatsAccount A -MaxConnections 1 -SigningKey {key}");

        Run("$o | Add-NatsSigningKey | Out-Null; $o | Set-NatsOperator -RequireSigningKeys -WarningAction Ignore; $a | Set-NatsAccount "
            + "-SigningKey (Get-NatsSigningKey -Operator O)");
        Refuses("SigningKeyNotFound", $"New-NatsUser U -Account A -SigningKey {key}");
        Reports("SigningKeyNotFound", "New-NatsUser U -Account A");
    }

    [Fact]
    public void Line_2_without_the_identity_seed_no_scoped_key_takes_its_place()
    {
        Run("$a | Add-NatsSigningKey -Role sensor -AllowPublish x | Out-Null; New-NatsUser plain -Account A | Out-Null; New-NatsUser s1 -Account "
            + "A -SigningKey sensor | Out-Null");
        Forget("$a.Subject");

        Assert.Contains(Session.KeyRoot, Reports("SigningKeyNotFound", "New-NatsUser other -Account A"), StringComparison.Ordinal);
        Reports("SigningKeyNotFound", "Set-NatsUser plain -AddTag x");
    }

    [Fact]
    public void Line_2_a_user_of_a_role_does_not_lose_the_role_because_its_key_is_elsewhere()
    {
        Run("$k = $a | Add-NatsSigningKey -Role sensor -AllowPublish x; New-NatsUser s1 -Account A -SigningKey sensor | Out-Null");
        Forget("$k.PublicKey");
        Assert.Contains((string)Value("$k.PublicKey")!, Reports("SigningKeyNotFound", "Set-NatsUser s1 -AddTag x"), StringComparison.Ordinal);

        Run("$k | Remove-NatsSigningKey -Confirm:$false -WarningAction Ignore");
        Reports("SigningKeyNotFound", "Set-NatsUser s1 -AddTag x");
        Holds("@((Get-NatsUser s1).Tags).Count -eq 0");
    }

    [Theory]
    [InlineData("$a | Set-NatsAccount -AddTag x")]
    [InlineData("$a | Set-NatsAccount -MaxConnections 5 -Description d")]
    [InlineData("$a | Add-NatsSigningKey | Out-Null")]
    [InlineData("$a | Add-NatsExport a.b Stream")]
    [InlineData("$a | Add-NatsSubjectMapping x y")]
    [InlineData("Add-NatsRevocation -Confirm:$false '*' -Account A")]
    [InlineData("$a | Set-NatsJetStreamLimit -MaxDisk 1GiB")]
    [InlineData("$a | Rename-NatsAccount -NewName a")]
    public void Line_3_a_later_edit_leaves_wildcards_and_disallow_bearer_as_they_are(string edit)
    {
        Run("$a | Set-NatsAccount -AllowWildcardExports:$false -DisallowBearer");
        Run(edit);
        Holds(
            "$l = (Get-NatsAccount A).Limits; -not $l.Wildcards",
            "$l.DisallowBearer",
            "(Get-NatsAccount A).State -eq 'Signed'");
    }

    [Fact]
    public void Line_4_an_edit_of_an_export_leaves_everything_else_of_it()
    {
        Run(
            """
            $b = $o | New-NatsAccount B
            $a | Add-NatsExport 'svc.*.*' Service -Private -ResponseType Stream -AllowTrace -AccountTokenPosition 3 `
                -ResponseThreshold 00:00:01 -LatencySubject lat -LatencySampling 10 -Name n -Description d
            Add-NatsRevocation -Export 'svc.*.*' -TargetAccount B -Account A -At 2030-01-01
            """);
        JsonObject before = Export();

        Run("Get-NatsExport 'svc.*.*' | Set-NatsExport -InfoUrl https://example.com");

        JsonObject after = Export();
        Assert.Equal("https://example.com", after["info_url"]!.ToString());
        after.Remove("info_url");
        Assert.True(JsonNode.DeepEquals(before, after), after.ToJsonString());
    }

    [Fact]
    public async Task Line_5_of_twenty_parallel_tag_edits_none_is_lost_and_readers_see_whole_files()
    {
        Run("$s = New-NatsStore ./shared -KeyPath ./secret; New-NatsOperator O2 -Store $s | New-NatsAccount A | Out-Null");
        object shared = Value("$s")!;
        int torn = 0;
        using var ended = new CancellationTokenSource();
        Task reader = Task.Run(() =>
        {
            using var session = new PowerShellSession(ownsRoots: false);
            while (!ended.IsCancellationRequested)
            {
                RunResult result = session.Run("(Get-NatsAccount A -Store $shared).State.ToString()", ("shared", shared));
                torn += result.Errors.Count == 0 && result.Output is [{ BaseObject: "Signed" }] ? 0 : 1;
            }
        });

        RunResult[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() =>
        {
            using var session = new PowerShellSession(ownsRoots: false);
            return session.Run($"Set-NatsAccount A -Store $shared -AddTag t{number}", ("shared", shared));
        })));
        await ended.CancelAsync();
        await reader;

        Assert.All(results, result => Assert.Empty(result.Errors));
        Assert.Equal(20, Value("(Get-NatsAccount A -Store $s).Tags.Count"));
        Assert.Equal(0, torn);
    }

    [Theory]
    [InlineData("'../evil'")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("'x '")]
    [InlineData("' x'")]
    [InlineData("'a/b'")]
    [InlineData("'a\\b'")]
    [InlineData("CON")]
    [InlineData("'lpt1.txt'")]
    [InlineData("''")]
    public void Line_6_no_name_leads_out_of_the_store_or_is_one_that_a_system_refuses(string name)
    {
        string[] before = Snapshot();
        Run("New-NatsUser U -Account A | Out-Null");
        string[] made = Snapshot();
        foreach (string script in new[] { $"New-NatsAccount -Name {name}", $"New-NatsUser -Name {name} -Account A", $"Rename-NatsAccount A {name}",
            $"Rename-NatsUser U {name}", $"Rename-NatsOperator O {name}" })
        {
            Assert.NotEmpty(RunToEnd(script).Errors);
        }

        Assert.Equal(made, Snapshot());
        Assert.NotEqual(before, made);
    }

    [Fact]
    public void Line_6_names_that_differ_in_case_alone_collide()
    {
        Run("New-NatsAccount B | Out-Null; New-NatsUser bob -Account A | Out-Null; New-NatsUser eve -Account A | Out-Null");
        Reports("EntityExists", "New-NatsUser BOB -Account A");
        Reports("EntityExists", "Rename-NatsUser eve Bob");
        Reports("EntityExists", "Rename-NatsAccount A b");
        Run("Rename-NatsUser bob Bob");
        Holds("(Get-NatsUser bob).Name -ceq 'Bob'", "(Get-NatsUser bob).State -eq 'Signed'");
    }

    [Fact]
    public void Line_7_a_removed_user_is_revoked_and_a_removed_account_is_said_to_live_on()
    {
        Run("$u = New-NatsUser U -Account A");
        RunResult removed = Run("$removal = $u | Remove-NatsUser -Confirm:$false -PassThru");
        Assert.Contains("user O/A/U", Assert.Single(removed.Warnings), StringComparison.Ordinal);
        Holds(
            "$r = Get-NatsRevocation -Account A; $r.PublicKey -eq $u.Subject",
            "$r.At -ge $u.IssuedAt",
            "$removal.Revoked.Name -eq 'A'");

        RunResult account = Run("$a | Remove-NatsAccount -Confirm:$false");
        Assert.Contains("Unpublish-NatsAccount", Assert.Single(account.Warnings), StringComparison.Ordinal);
        Holds("@(Get-NatsAccount).Count -eq 0");
    }

    [Theory]
    [InlineData("Set-NatsAccount A -Expires 1d12q", "InvalidTime")]
    [InlineData("Set-NatsAccount A -Expires 2020-01-01", "InvalidTime")]
    [InlineData("Set-NatsAccount A -Expires 1970-01-01", "InvalidTime")]
    [InlineData("New-NatsUser U -Account A -Expires 2020-01-01", "InvalidTime")]
    [InlineData("New-NatsUser U -Account A -SourceNetwork 10.0.0.0/99", "RuleBroken")]
    [InlineData("New-NatsUser U -Account A -AllowPublish foo..bar", "RuleBroken")]
    [InlineData("Set-NatsAccount A -AllowSubscribe foo..bar", "RuleBroken")]
    [InlineData("Add-NatsExport foo..bar Stream -Account A", "RuleBroken")]
    [InlineData("Add-NatsSubjectMapping a b -Weight 60 -Account A; Add-NatsSubjectMapping a c -Weight 60 -Account A", "RuleBroken")]
    public void Line_8_what_makes_no_sense_is_refused_when_it_is_written(string script, string errorId) => Reports(errorId, script);

    [Theory]
    [InlineData("Set-NatsAccount A -MaxConnections -5", "-5")]
    [InlineData("Set-NatsAccount A -MaxPayload 5xb", "5xb")]
    [InlineData("Set-NatsJetStreamLimit -Account A -MaxDisk -2", "-2")]
    public void Line_8_negative_limits_are_refused(string script, string limit)
    {
        string[] before = Snapshot();
        Assert.Contains($"'{limit}'", Assert.Single(RunToEnd(script).Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Line_8_one_day_and_twelve_hours_are_thirty_six_hours()
    {
        Run("$before = [DateTimeOffset]::UtcNow; $a = Set-NatsAccount A -Expires 1d12h -PassThru");
        Holds("[Math]::Abs(($a.Expires - $before).TotalHours - 36) -lt 0.1");
    }

    [Fact]
    public void Line_9_streams_must_have_a_size_and_a_tier_can_be_set_after_any_edit()
    {
        Run("$a | Set-NatsAccount -MaxConnections 5 -Description d; $a | Set-NatsJetStreamLimit R3 -MaxDisk 1GiB -MaxBytesRequired");
        Holds(
            "$l = Get-NatsJetStreamLimit -Account A; $l.Tier -eq 'R3'",
            "$l.Limits.DiskStorage -eq 1GB",
            "$l.Limits.MaxBytesRequired");
        Run("$a | Set-NatsJetStreamLimit R1 -MaxDisk 2GiB");
        Holds("@(Get-NatsJetStreamLimit -Account A).Count -eq 2");
        Assert.Contains("limits.jetstream-exclusive", Reports("RuleBroken", "$a | Set-NatsJetStreamLimit -MaxDisk 3GiB"), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_10_a_tampered_token_is_named_and_the_rest_is_looked_at()
    {
        Run("New-NatsUser bad -Account A | Out-Null; New-NatsUser good -Account A | Out-Null");
        string file = PathOf("store/O/accounts/A/users/bad.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("jwt: eyJ0eXAi", "jwt: eyJ0eXAx", StringComparison.Ordinal));

        Holds(
            "$found = Get-NatsUser | ForEach-Object { [pscustomobject] @{ Name = $_.Name; Good = $_ | Test-NatsJwt } }; ($found | Where-Object "
                + "Name -eq good).Good",
            "-not ($found | Where-Object Name -eq bad).Good");
        Holds("@(Get-NatsUser bad | Test-NatsJwt -Detailed).Count -gt 0");
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("kind: user\nname: [\n")]
    public void Line_10_a_file_that_cannot_be_read_is_named_and_can_be_removed(string content)
    {
        Run("New-NatsUser bad -Account A | Out-Null; New-NatsUser good -Account A | Out-Null");
        WriteFile("store/O/accounts/A/users/bad.yaml", content);

        RunResult listed = Session.Run("Get-NatsUser");
        Assert.Single(listed.Output);
        Assert.Contains("bad.yaml", Assert.Single(listed.Errors).ToString(), StringComparison.Ordinal);
        Assert.Contains("-NoRevocation", Reports("InvalidYaml", "Remove-NatsUser A/bad -Confirm:$false"), StringComparison.Ordinal);
        Run("Remove-NatsUser A/bad -Confirm:$false -NoRevocation");
        Assert.False(File.Exists(PathOf("store/O/accounts/A/users/bad.yaml")));
    }

    [Fact]
    public void Line_11_an_edit_that_changes_nothing_signs_nothing_and_empty_lists_are_no_errors()
    {
        Run("$a | Set-NatsAccount -MaxConnections 5 -AddTag x");
        RunResult result = LeavesFilesAlone("Set-NatsAccount A -MaxConnections 5 -AddTag X -RemoveTag none -Verbose");
        Assert.Contains(result.Verbose, text => text.Contains("account O/A", StringComparison.Ordinal));

        foreach (string noun in new[] { "Export", "Import", "SubjectMapping", "Revocation", "JetStreamLimit", "AuthCallout" })
        {
            Assert.Empty(Run($"Get-Nats{noun} -Account A").Output);
        }
    }

    [Fact]
    public void Line_11_what_a_removed_signing_key_had_signed_is_said()
    {
        RunResult result = Run("$k = $o | Add-NatsSigningKey; $b = $k | New-NatsAccount B; $k | Remove-NatsSigningKey -Confirm:$false");
        Assert.Contains("account O/B", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_12_no_seed_needs_to_stand_on_a_command_line()
    {
        WriteFile("signer.nk", AccountSeed);
        Run($"$a | Add-NatsSigningKey -Key {AccountKey} | Out-Null");
        RunResult byFile = Run("$u = New-NatsUser F -Account A -SigningKey ./signer.nk -Verbose");
        RunResult bySecret = Run("$seed = (Import-NatsKeyPair ./signer.nk).ToSeed(); $v = New-NatsUser S -Account A -SigningKey $seed -Verbose");
        Holds($"$u.Issuer -eq '{AccountKey}'", $"$v.Issuer -eq '{AccountKey}'");
        Assert.DoesNotContain(AccountSeed, byFile.AllText + bySecret.AllText, StringComparison.Ordinal);
    }

    private JsonObject Export() => EntityFiles.Payload((string)Value("(Get-NatsAccount A).Jwt")!)["nats"]!["exports"]![0]!.DeepClone().AsObject();
}
