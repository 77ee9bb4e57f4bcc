namespace NatsKeys.Tests.Commands;

public class CompleteNatsSigningRequestTests : SigningRequestTest
{
    public CompleteNatsSigningRequestTests()
    {
        Append(Account, "tags: [x]\n");
        Run("$r = New-NatsSigningRequest req.yaml; $safe = New-NatsStore ./safe -KeyPath ./safekeys");
    }

    [Theory]
    [InlineData("$key")]
    [InlineData("$key.ToSeed()")]
    [InlineData("($key | Export-NatsKeyPair -AsPlainText)")]
    [InlineData("./key.nk")]
    [InlineData("{ param($data) New-NatsSignature -Data $data -SigningKey $key }")]
    public void The_key_that_is_named_signs(string signingKey)
    {
        Run("$key | Export-NatsKeyPair ./key.nk");
        Run($"$c = Complete-NatsSigningRequest req.yaml -SigningKey {signingKey} -Force");
        Holds(
            "$c.IsCompleted",
            "$c.Digest -eq $r.Digest",
            "$c.Signatures[0].Token.Issuer -eq $key.PublicKey",
            "(Test-NatsJwt $c.Signatures[0].Token)");
        Run("Import-NatsStore req.yaml");
        Holds("Test-NatsStore");
    }

    [Fact]
    public void Without_a_name_the_key_root_has_it()
    {
        byte[] before = File.ReadAllBytes(PathOf("req.yaml"));
        Assert.Contains((string)Value("$key.PublicKey")!, Reports("SigningKeyNotFound", "Complete-NatsSigningRequest req.yaml -Store $safe -Force"), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(PathOf("req.yaml")));
        Run("Import-NatsKeyPair -Seed $key.ToSeed() -Store $safe | Out-Null; $c = Get-NatsStore ./safe -KeyPath ./safekeys | ForEach-Object { Complete-NatsSigningRequest req.yaml -Store $_ -Force }");
        Holds(
            "$c.IsCompleted",
            "$c.Path -eq [IO.Path]::GetFullPath(\"$pwd/req.yaml\")",
            "!(Get-NatsOperator -Store $safe)");
    }

    [Fact]
    public void A_source_that_was_registered_has_it()
    {
        Run("Register-NatsKeySource -PublicKey $key.PublicKey -Signer { param($data) New-NatsSignature -Data $data -SigningKey $key }; $c = Complete-NatsSigningRequest req.yaml -Store $safe -Force");
        Holds("$c.IsCompleted", "(Import-NatsStore req.yaml -PassThru).State -eq 'Signed'");
    }

    [Fact]
    public void It_shows_what_is_asked_for_and_asks()
    {
        byte[] before = File.ReadAllBytes(PathOf("req.yaml"));
        Session.Answer("N");
        string text = Session.RunText("Complete-NatsSigningRequest req.yaml -SigningKey $key");
        foreach (string shown in (string[])["Sign the account O2/A", "- tags is [\"x\"] and was not set", "kind: account", "tags: [x]", (string)Value("$key.PublicKey")!, (string)Value("$r.Digest")!])
        {
            Assert.Contains(shown, text, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(PathOf("req.yaml")));
        Session.Answer("Y");
        Run("$c = Complete-NatsSigningRequest req.yaml -SigningKey $key");
        Holds("$c.IsCompleted");
    }

    [Fact]
    public void Each_entity_can_be_refused_and_the_rest_is_signed()
    {
        Append(Operator, "tags: [z]\n");
        Run("New-NatsSigningRequest req.yaml -Force");
        Session.Answer("N", "Y");
        Run("$c = Complete-NatsSigningRequest req.yaml -SigningKey $key");
        Holds(
            "!$c.IsCompleted",
            "!$c.Signatures[0].Token",
            "$c.Signatures[1].Token");
        Assert.Contains("operator O2", Assert.Single(Run("Import-NatsStore req.yaml").Warnings), StringComparison.Ordinal);
        Holds("(Get-NatsAccount A).State -eq 'Signed'", "(Get-NatsOperator O2).State -eq 'Modified'");
        Run("Complete-NatsSigningRequest req.yaml -SigningKey $key -Force; Import-NatsStore req.yaml");
        Holds("Test-NatsStore");
        Reports("RequestCompleted", "Complete-NatsSigningRequest req.yaml -SigningKey $key -Force");
    }

    [Theory]
    [InlineData("Complete-NatsSigningRequest req.yaml -SigningKey $key -WhatIf")]
    [InlineData("Complete-NatsSigningRequest req.yaml -SigningKey $key -WhatIf -Force")]
    [InlineData("$WhatIfPreference = $true; Complete-NatsSigningRequest req.yaml -SigningKey $key -Force")]
    [InlineData("$WhatIfPreference = $true; try { Complete-NatsSigningRequest req.yaml -SigningKey $key -Force } finally { $WhatIfPreference = $false }")]
    public void WhatIf_shows_and_signs_nothing(string script)
    {
        string before = string.Join('\n', Snapshot());
        string text = Session.RunText(script);
        Assert.Equal(before, string.Join('\n', Snapshot()));
        Assert.Contains("- tags is [\"x\"] and was not set", text, StringComparison.Ordinal);
        Assert.DoesNotContain("IsCompleted", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Force_asks_nothing_unless_Confirm_is_given_too()
    {
        Session.Answer("N");
        LeavesFilesAlone("Complete-NatsSigningRequest req.yaml -SigningKey $key -Force -Confirm");
        Run("Complete-NatsSigningRequest req.yaml -SigningKey $key -Confirm:$false | Out-Null");
        Holds("(Import-NatsStore req.yaml -PassThru).State -eq 'Signed'");
    }

    [Fact]
    public void Verbose_shows_what_Force_does_not_ask() =>
        Assert.Contains("- tags is [\"x\"] and was not set", string.Join('\n', Run("Complete-NatsSigningRequest req.yaml -SigningKey $key -Force -Verbose").Verbose), StringComparison.Ordinal);

    [Fact]
    public void Another_file_is_written_where_that_is_wanted()
    {
        byte[] before = File.ReadAllBytes(PathOf("req.yaml"));
        Run("$c = Complete-NatsSigningRequest req.yaml -SigningKey $key -Force -OutputPath signed.yaml");
        Assert.Equal(before, File.ReadAllBytes(PathOf("req.yaml")));
        Holds("$c.Path -eq [IO.Path]::GetFullPath(\"$pwd/signed.yaml\")");
        Session.Answer("Y");
        string[] files = Snapshot();
        Assert.Contains(PathOf("signed.yaml"), Reports("FileExists", "Complete-NatsSigningRequest req.yaml -SigningKey $key -OutputPath signed.yaml"), StringComparison.Ordinal);
        Assert.Equal(files, Snapshot());
        Directory.CreateDirectory(PathOf("out"));
        Holds("(Complete-NatsSigningRequest req.yaml -SigningKey $key -Force -OutputPath out).Path -eq [IO.Path]::GetFullPath(\"$pwd/out/req.yaml\")");
    }

    [Fact]
    public void The_digest_tells_whether_it_is_the_request_that_was_announced()
    {
        string[] before = Snapshot();
        Reports("InvalidRequest", "Complete-NatsSigningRequest req.yaml -SigningKey $key -Force -Digest $r.Digest.Substring(1)");
        Assert.Equal(before, Snapshot());
        Run("$told = $r.Digest.ToUpperInvariant().Insert(8, ' ').Insert(20, '-'); $c = Complete-NatsSigningRequest req.yaml -SigningKey $key -Force -Digest $told");
        Holds("$c.IsCompleted");
    }

    [Fact]
    public void An_altered_file_is_refused()
    {
        string text = File.ReadAllText(PathOf("req.yaml"));
        WriteFile("req.yaml", text.Replace("tags: [x]", "tags: [y]", StringComparison.Ordinal).Replace("[\"x\"]", "[\"y\"]", StringComparison.Ordinal));
        string[] before = Snapshot();
        Assert.Contains("digest", Reports("InvalidRequest", "Complete-NatsSigningRequest req.yaml -SigningKey $key -Force"), StringComparison.Ordinal);
        WriteFile("req.yaml", text[..^100]);
        Reports("InvalidRequest", "Complete-NatsSigningRequest req.yaml -SigningKey $key -Force");
        WriteFile("req.yaml", text.Replace("format: 1", "format: 2", StringComparison.Ordinal));
        Reports("StoreFormat", "Complete-NatsSigningRequest req.yaml -SigningKey $key -Force");
        Assert.Equal(before.Length, Snapshot().Length);
    }

    [Theory]
    [InlineData("SigningKeyNotAllowed", "(New-NatsKeyPair Operator)")]
    [InlineData("SigningKeyNotFound", "nobody")]
    [InlineData("SigningKeyNotFound", "$key.PublicKey")]
    [InlineData("ExternalSigner", "{ param($data) New-NatsSignature -Data $data -SigningKey (New-NatsKeyPair Operator) }")]
    [InlineData("InvalidCurveKeyOperation", "(New-NatsKeyPair Curve)")]
    public void A_key_that_is_not_asked_or_cannot_be_had_ends_it(string errorId, string signingKey) =>
        Refuses(errorId, $"Complete-NatsSigningRequest req.yaml -SigningKey {signingKey} -Force");

    [Fact]
    public void Several_files_come_down_the_pipeline_and_a_bad_one_is_named()
    {
        Run("New-NatsSigningRequest two.yaml | Out-Null");
        WriteFile("bad.yaml", "kind: signing-request\n");
        Assert.Contains(PathOf("bad.yaml"), Reports("InvalidRequest", "$c = 'req.yaml', 'bad.yaml', 'two.yaml' | Complete-NatsSigningRequest -SigningKey $key -Force"), StringComparison.Ordinal);
        Holds("$c.Count -eq 2", "$c.IsCompleted -notcontains $false");
        Run("$c = New-NatsSigningRequest three.yaml | Complete-NatsSigningRequest -SigningKey $key -Force; $c | Import-NatsStore");
        Holds("Test-NatsStore");
    }

    [Fact]
    public void No_seed_is_shown_or_written()
    {
        string text = Session.RunText("Complete-NatsSigningRequest req.yaml -SigningKey ($key | Export-NatsKeyPair -AsPlainText) -Force -Verbose -Debug *>&1 | Format-List * -Force");
        Assert.NotEmpty(text);
        Assert.DoesNotMatch(SeedText.Pattern(), text + File.ReadAllText(PathOf("req.yaml")));
    }
}
