namespace NatsKeys.Tests.Commands;

public class ImportNatsStoreRequestTests : SigningRequestTest
{
    private const string Complete =
        "New-NatsSigningRequest req.yaml -WarningAction Ignore | Complete-NatsSigningRequest -SigningKey $key -Confirm:$false | Out-Null;";

    [Theory]
    [InlineData("Import-NatsStore req.yaml")]
    [InlineData("Import-NatsStore *.yaml -Store $storeRoot")]
    [InlineData("'req.yaml' | Import-NatsStore")]
    [InlineData("Import-NatsStore req.yaml, ./req.yaml")]
    public void The_tokens_are_taken(string script)
    {
        Append(Operator, "tags: [z]\n");
        Append(Account, "# mine\ntags: [x]\n");
        Run(Complete);
        Assert.Empty(Run(script).Output);
        Holds(
            "(Test-NatsStore)",
            "(Get-NatsAccount A).Tags -eq 'x'",
            "(Get-NatsAccount A).Issuer -eq $key.PublicKey");
        Assert.Contains("# mine", File.ReadAllText(PathOf(Account)), StringComparison.Ordinal);
        LeavesFilesAlone(script);
    }

    [Fact]
    public void PassThru_gives_the_entities_also_where_nothing_is_left_to_do()
    {
        Append(Account, "tags: [x]\n");
        Run(Complete);
        Holds("$e = Import-NatsStore req.yaml -PassThru; $e -is [NatsKeys.Store.NatsAccount]", "$e.State -eq 'Signed'");
        Holds("(Import-NatsStore req.yaml -PassThru).Name -eq 'A'");
    }

    [Theory]
    [InlineData("Import-NatsStore req.yaml -PassThru")]
    [InlineData("Import-NatsStore req.yaml | Out-Null; $a | Set-NatsAccount -AddTag y -SigningKey $key -PassThru")]
    public void The_disk_has_what_came_out_of_a_pipeline_that_is_ended_early(string script)
    {
        Append(Operator, "tags: [z]\n");
        Append(Account, "tags: [x]\n");
        Run(Complete);
        Run($"do {{ {script} | ForEach-Object {{ $first = $_; break }} }} while ($false)");
        Holds("$null -ne $first");

        // The note of changes goes once the disk has them.
        Assert.Empty(Directory.GetFiles(Session.KeyRoot, "*.journal"));
    }

    [Fact]
    public void WhatIf_lists_what_would_be_taken_and_writes_nothing()
    {
        Append(Account, "tags: [x]\n");
        Run(Complete);
        string before = string.Join('\n', Snapshot());
        Assert.Contains("account O2/A from", Session.RunText("Import-NatsStore req.yaml -WhatIf -PassThru"), StringComparison.Ordinal);
        Assert.Equal(before, string.Join('\n', Snapshot()));
    }

    [Fact]
    public void What_was_edited_in_the_meantime_is_one_error_and_the_rest_goes_on()
    {
        Append(Operator, "tags: [z]\n");
        Append(Account, "tags: [x]\n");
        Run(Complete);
        WriteFile(Account, File.ReadAllText(PathOf(Account)).Replace("[x]", "[y]", StringComparison.Ordinal));
        string message = Reports("RequestOutdated", "Import-NatsStore req.yaml -Force");
        Assert.Contains("account O2/A", message, StringComparison.Ordinal);
        Assert.Contains("+ tags \"y\"", message, StringComparison.Ordinal);
        Holds("(Get-NatsOperator O2).State -eq 'Signed'", "(Get-NatsAccount A).State -eq 'Modified'");
    }

    [Fact]
    public void A_request_that_nobody_signed_or_that_was_altered_is_not_taken()
    {
        Append(Account, "tags: [x]\n");
        Run("New-NatsSigningRequest req.yaml | Out-Null");
        string[] before = Snapshot();
        Assert.Contains(PathOf("req.yaml"), Reports("RequestNotCompleted", "Import-NatsStore req.yaml"), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
        Run("Complete-NatsSigningRequest req.yaml -SigningKey $key -Confirm:$false | Out-Null");
        string text = File.ReadAllText(PathOf("req.yaml"));
        WriteFile("req.yaml", text[..^20] + "AAAA" + text[^16..]);
        before = Snapshot();
        Reports("InvalidRequest", "Import-NatsStore req.yaml -Force");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Credentials_that_the_store_keeps_follow_their_user()
    {
        Run("$ak = New-NatsKeyPair Account; $a | Add-NatsSigningKey $ak.PublicKey -SigningKey $key | Out-Null; $u | Export-NatsCredential; $u | "
            + "New-NatsSigningRequest req.yaml -SigningKey $ak | Complete-NatsSigningRequest -SigningKey $ak -Confirm:$false | Import-NatsStore");
        Holds(
            "$c = Import-NatsCredential \"$keyRoot/creds/O2/A/U.creds\"; $c.Token.Token -eq (Get-NatsUser U).Jwt",
            "(Get-NatsUser U).Issuer -eq $ak.PublicKey");
    }

    [Fact]
    public void A_store_in_memory_takes_what_it_asked_for()
    {
        Run("$m = New-NatsStore -InMemory; $o = New-NatsOperator M -Store $m; $k = New-NatsKeyPair Operator; $o | Add-NatsSigningKey $k.PublicKey "
            + "| Out-Null; $b = $o | New-NatsAccount B");
        Run("$b | New-NatsSigningRequest req.yaml -SigningKey $k | Complete-NatsSigningRequest -SigningKey $k -Store $m -Confirm:$false | "
            + "Import-NatsStore -Store $m");
        Holds("$n = Get-NatsAccount B -Store $m; $n.Issuer -eq $k.PublicKey", "$n.State -eq 'Signed'");
    }

    [Fact]
    public void Another_store_does_not_take_it()
    {
        Append(Account, "tags: [x]\n");
        Run(Complete + "$other = New-NatsStore -InMemory");
        Reports("EntityNotFound", "Import-NatsStore req.yaml -Store $other");
        Run("New-NatsOperator O2 -Store $other | New-NatsAccount A -Tag x | Out-Null");
        Reports("SigningKeyNotAllowed", "Import-NatsStore req.yaml -Store $other -Force");
    }

    [Fact]
    public void It_comes_together_with_other_files()
    {
        Append(Account, "tags: [x]\n");
        Run(Complete + "Get-NatsUser U | Export-NatsCredential ./U.creds; Import-NatsStore req.yaml, ./U.creds -Verbose");
        Holds("(Get-NatsAccount A).State -eq 'Signed'", "(Get-NatsUser U).State -eq 'Signed'");
    }

    [Fact]
    public void Where_a_key_is_missing_the_error_points_to_requests()
    {
        Append(Account, "tags: [x]\n");
        foreach (string script in (string[])["Update-NatsStore", "$a | Set-NatsAccount -Description new"])
        {
            Assert.Contains("New-NatsSigningRequest", Assert.Single(Session.Run(script).Errors).ErrorDetails.RecommendedAction,
                StringComparison.Ordinal);
        }
    }
}
