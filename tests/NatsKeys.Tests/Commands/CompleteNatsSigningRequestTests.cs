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
        Run($"$c = Complete-NatsSigningRequest req.yaml -SigningKey {signingKey} -Confirm:$false");
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
        Assert.Contains((string)Value("$key.PublicKey")!,
            Reports("SigningKeyNotFound", "Complete-NatsSigningRequest req.yaml -Store $safe -Confirm:$false"), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(PathOf("req.yaml")));
        Run("Import-NatsKeyPair -Seed $key.ToSeed() -Store $safe | Out-Null; $c = Get-NatsStore ./safe -KeyPath ./safekeys | ForEach-Object { "
            + "Complete-NatsSigningRequest req.yaml -Store $_ -Confirm:$false }");
        Holds(
            "$c.IsCompleted",
            "$c.Path -eq [IO.Path]::GetFullPath(\"$pwd/req.yaml\")",
            "!(Get-NatsOperator -Store $safe)");
    }

    [Fact]
    public void A_source_that_was_registered_has_it()
    {
        Run("Register-NatsKeySource -PublicKey $key.PublicKey -Signer { param($data) New-NatsSignature -Data $data -SigningKey $key }; $c = "
            + "Complete-NatsSigningRequest req.yaml -Store $safe -Confirm:$false");
        Holds("$c.IsCompleted", "(Import-NatsStore req.yaml -PassThru).State -eq 'Signed'");
    }

    [Fact]
    public void It_shows_what_is_asked_for_and_asks()
    {
        byte[] before = File.ReadAllBytes(PathOf("req.yaml"));
        Session.Answer("N");
        string text = Session.RunText("Complete-NatsSigningRequest req.yaml -SigningKey $key");
        foreach (string shown in (string[])["Sign the account O2/A", "+ tags \"x\"", "kind: account", "tags: [x]", (string)Value("$key.PublicKey")!,
            (string)Value("$r.Digest")!])
        {
            Assert.Contains(shown, text, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(PathOf("req.yaml")));
        Session.Answer("Y");
        Run("$c = Complete-NatsSigningRequest req.yaml -SigningKey $key");
        Holds("$c.IsCompleted");
    }

    [Fact]
    public void A_name_with_a_seed_in_it_is_not_shown()
    {
        string folder = PathOf("store/O2/accounts");
        string name = $"for {OperatorSeed}";
        Directory.Move(Path.Combine(folder, "A"), Path.Combine(folder, name));
        string file = Path.Combine(folder, name, "account.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("name: A", $"name: '{name}'", StringComparison.Ordinal));
        Run("New-NatsSigningRequest req.yaml -Force");
        Session.Answer("N");
        string text = Session.RunText("Complete-NatsSigningRequest req.yaml -SigningKey $key");
        Assert.Contains("Sign the account O2/for ", text, StringComparison.Ordinal);
        Assert.DoesNotContain(OperatorSeed, text, StringComparison.Ordinal);
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
        Run("Complete-NatsSigningRequest req.yaml -SigningKey $key -Confirm:$false; Import-NatsStore req.yaml");
        Holds("Test-NatsStore");
        Reports("RequestCompleted", "Complete-NatsSigningRequest req.yaml -SigningKey $key -Confirm:$false");
    }

    [Theory]
    [InlineData("Complete-NatsSigningRequest req.yaml -SigningKey $key -WhatIf")]
    [InlineData("Complete-NatsSigningRequest req.yaml -SigningKey $key -WhatIf -Force")]
    [InlineData("Complete-NatsSigningRequest req.yaml -SigningKey $key -WhatIf -Confirm:$false")]
    [InlineData("$WhatIfPreference = $true; Complete-NatsSigningRequest req.yaml -SigningKey $key -Confirm:$false")]
    [InlineData("$WhatIfPreference = $true; try { Complete-NatsSigningRequest req.yaml -SigningKey $key -Confirm:$false } finally { "
        + "$WhatIfPreference = $false }")]
    public void WhatIf_shows_and_signs_nothing(string script)
    {
        string before = string.Join('\n', Snapshot());
        string text = Session.RunText(script);
        Assert.Equal(before, string.Join('\n', Snapshot()));
        Assert.Contains("+ tags \"x\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("IsCompleted", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("N", "")]
    [InlineData("", "")]
    [InlineData("", "-Force")]
    [InlineData("N", "-Force -Confirm")]
    [InlineData("", "-Confirm")]
    public void Enter_and_Force_are_no_agreement(string answer, string more)
    {
        Session.Answer(answer);
        LeavesFilesAlone($"Complete-NatsSigningRequest req.yaml -SigningKey $key {more}");
    }

    [Theory]
    [InlineData("-Confirm:$false", "High")]
    [InlineData("", "None")]
    public void Who_asks_for_no_question_gets_none(string more, string preference)
    {
        Run($"$ConfirmPreference = '{preference}'; Complete-NatsSigningRequest req.yaml -SigningKey $key {more} | Out-Null");
        Holds("(Import-NatsStore req.yaml -PassThru).State -eq 'Signed'");
    }

    [Fact]
    public void The_signer_sees_how_the_operator_is_known()
    {
        Session.Answer("N");
        Assert.Contains($"has the key {Value("$key.PublicKey")}", Session.RunText("Complete-NatsSigningRequest req.yaml -SigningKey $key"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_that_nothing_here_knows_is_named_once()
    {
        Run("$osk = New-NatsKeyPair Operator; Get-NatsOperator O2 | Add-NatsSigningKey $osk.PublicKey -SigningKey $key | Out-Null; "
            + "New-NatsSigningRequest osk.yaml -SigningKey $osk.PublicKey -Store ./store | Out-Null");
        Assert.Contains("-OperatorKey",
            Reports("UnknownOperator", "Complete-NatsSigningRequest osk.yaml -Store $safe -SigningKey $osk -Confirm:$false"),
            StringComparison.Ordinal);
        Reports("UnknownOperator",
            "Complete-NatsSigningRequest osk.yaml -Store $safe -SigningKey $osk -OperatorKey (New-NatsKeyPair Operator).PublicKey -Confirm:$false");
        Reports("InvalidPublicKey", "Complete-NatsSigningRequest osk.yaml -Store $safe -SigningKey $osk -OperatorKey O2 -Confirm:$false");
        LeavesFilesAlone("Complete-NatsSigningRequest osk.yaml -Store $safe -SigningKey $osk -OperatorKey $key.PublicKey -WhatIf");
        Run("$c = Complete-NatsSigningRequest osk.yaml -Store $safe -SigningKey $osk -OperatorKey $key.PublicKey -Confirm:$false");
        Holds("$c.IsCompleted", "(Get-NatsOperator -Store $safe).Subject -eq $key.PublicKey");
        Run("New-NatsSigningRequest again.yaml -SigningKey $osk.PublicKey -Store ./store | Out-Null; $c = Complete-NatsSigningRequest again.yaml "
            + "-Store $safe -SigningKey $osk -Confirm:$false");
        Holds("$c.IsCompleted");
    }

    [Fact]
    public void Verbose_shows_what_Force_does_not_ask() =>
        Assert.Contains("+ tags \"x\"",
            string.Join('\n', Run("Complete-NatsSigningRequest req.yaml -SigningKey $key -Confirm:$false -Verbose").Verbose),
            StringComparison.Ordinal);

    [Fact]
    public void Another_file_is_written_where_that_is_wanted()
    {
        byte[] before = File.ReadAllBytes(PathOf("req.yaml"));
        Run("$c = Complete-NatsSigningRequest req.yaml -SigningKey $key -Confirm:$false -OutputPath signed.yaml");
        Assert.Equal(before, File.ReadAllBytes(PathOf("req.yaml")));
        Holds("$c.Path -eq [IO.Path]::GetFullPath(\"$pwd/signed.yaml\")");
        Session.Answer("Y");
        string[] files = Snapshot();
        Assert.Contains(PathOf("signed.yaml"), Reports("FileExists", "Complete-NatsSigningRequest req.yaml -SigningKey $key -OutputPath signed.yaml"),
            StringComparison.Ordinal);
        Assert.Equal(files, Snapshot());
        Directory.CreateDirectory(PathOf("out"));
        Holds("(Complete-NatsSigningRequest req.yaml -SigningKey $key -Confirm:$false -OutputPath out).Path -eq "
            + "[IO.Path]::GetFullPath(\"$pwd/out/req.yaml\")");
    }

    [Fact]
    public void The_digest_tells_whether_it_is_the_request_that_was_announced()
    {
        string[] before = Snapshot();
        Reports("InvalidRequest", "Complete-NatsSigningRequest req.yaml -SigningKey $key -Confirm:$false -Digest $r.Digest.Substring(1)");
        Assert.Equal(before, Snapshot());
        Run("$told = $r.Digest.ToUpperInvariant().Insert(8, ' ').Insert(20, '-'); $c = Complete-NatsSigningRequest req.yaml -SigningKey $key "
            + "-Confirm:$false -Digest $told");
        Holds("$c.IsCompleted");
    }

    [Fact]
    public void An_altered_file_is_refused()
    {
        string text = File.ReadAllText(PathOf("req.yaml"));
        WriteFile("req.yaml",
            text.Replace("tags: [x]", "tags: [y]", StringComparison.Ordinal).Replace("[\"x\"]", "[\"y\"]", StringComparison.Ordinal));
        string[] before = Snapshot();
        Assert.Contains("digest", Reports("InvalidRequest", "Complete-NatsSigningRequest req.yaml -SigningKey $key -Confirm:$false"),
            StringComparison.Ordinal);
        WriteFile("req.yaml", text[..^100]);
        Reports("InvalidRequest", "Complete-NatsSigningRequest req.yaml -SigningKey $key -Confirm:$false");
        WriteFile("req.yaml", text.Replace("format: 1", "format: 2", StringComparison.Ordinal));
        Reports("StoreFormat", "Complete-NatsSigningRequest req.yaml -SigningKey $key -Confirm:$false");
        Assert.Equal(before.Length, Snapshot().Length);
    }

    [Theory]
    [InlineData("SigningKeyNotAllowed", "(New-NatsKeyPair Operator)")]
    [InlineData("SigningKeyNotFound", "nobody")]
    [InlineData("SigningKeyNotFound", "$key.PublicKey")]
    [InlineData("ExternalSigner", "{ param($data) New-NatsSignature -Data $data -SigningKey (New-NatsKeyPair Operator) }")]
    [InlineData("InvalidCurveKeyOperation", "(New-NatsKeyPair Curve)")]
    public void A_key_that_is_not_asked_or_cannot_be_had_ends_it(string errorId, string signingKey) =>
        Refuses(errorId, $"Complete-NatsSigningRequest req.yaml -SigningKey {signingKey} -Confirm:$false");

    [Fact]
    public void Another_key_is_answered_with_those_that_the_request_names()
    {
        var error = Assert.Single(Session.Run("Complete-NatsSigningRequest req.yaml -SigningKey (New-NatsKeyPair Operator) -Confirm:$false").Errors);
        Assert.EndsWith(
            "Specify one of these keys with -SigningKey, or omit the parameter.", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Several_files_come_down_the_pipeline_and_a_bad_one_is_named()
    {
        Run("New-NatsSigningRequest two.yaml | Out-Null");
        WriteFile("bad.yaml", "kind: signing-request\n");
        Assert.Contains(PathOf("bad.yaml"),
            Reports("InvalidRequest", "$c = 'req.yaml', 'bad.yaml', 'two.yaml' | Complete-NatsSigningRequest -SigningKey $key -Confirm:$false"),
            StringComparison.Ordinal);
        Holds("$c.Count -eq 2", "$c.IsCompleted -notcontains $false");
        Run("$c = New-NatsSigningRequest three.yaml | Complete-NatsSigningRequest -SigningKey $key -Confirm:$false; $c | Import-NatsStore");
        Holds("Test-NatsStore");
    }

    [Fact]
    public void No_seed_is_shown_or_written()
    {
        string text = Session.RunText(
            "Complete-NatsSigningRequest req.yaml -SigningKey ($key | Export-NatsKeyPair -AsPlainText) -Confirm:$false -Verbose -Debug *>&1 | "
                + "Format-List * -Force");
        Assert.NotEmpty(text);
        Assert.DoesNotMatch(SeedText.Pattern(), text + File.ReadAllText(PathOf("req.yaml")));
    }
}
