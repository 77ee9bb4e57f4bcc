namespace NatsKeys.Tests;

/// <summary>What is piped and has one meaning is used; what does not fit is an error that says what came and what fits.</summary>
public sealed class PipelineMisfitTests : ModuleTest
{
    public PipelineMisfitTests() => Run(
        """
        $o = New-NatsOperator O -GenerateSigningKey
        $a = $o | New-NatsAccount A
        $b = $o | New-NatsAccount B
        $u = $a | New-NatsUser U
        $v = $b | New-NatsUser V
        $a | Add-NatsExport in.a Stream
        $a | Add-NatsExport in.b Stream
        $b | Add-NatsImport in.a -From A
        $a | Add-NatsSubjectMapping m -To n
        $a | Set-NatsJetStreamLimit R3 -MaxDisk 1gb
        $a | Set-NatsJetStreamLimit R1 -MaxDisk 1gb
        """);

    [Theory]
    [InlineData("'in.b' | Remove-NatsExport -Account A", "@(Get-NatsExport).Subject -eq 'in.a'")]
    [InlineData("'in.a', 'in.b' | Set-NatsExport -Account A -Description new", "@(Get-NatsExport | Where-Object Description -eq new).Count -eq 2")]
    [InlineData("'in.a' | Set-NatsImport -Account B -Name new", "(Get-NatsImport).Name -eq 'new'")]
    [InlineData("'in.a' | Remove-NatsImport -Account B", "@(Get-NatsImport).Count -eq 0")]
    [InlineData("'m' | Remove-NatsSubjectMapping -Account A", "@(Get-NatsSubjectMapping).Count -eq 0")]
    [InlineData("'R3' | Remove-NatsJetStreamLimit -Account A", "(Get-NatsJetStreamLimit).Tier -eq 'R1'")]
    [InlineData("'R1', '3' | Set-NatsJetStreamLimit -Account A -MaxStreams 5",
        "@(Get-NatsJetStreamLimit | Where-Object MaxStreams -eq 5).Count -eq 2")]
    [InlineData("'A' | Remove-NatsExport in.b", "@(Get-NatsExport).Subject -eq 'in.a'")]
    [InlineData("$a | Add-NatsRevocation U", "(Get-NatsRevocation).Revoked -eq 'U'")]
    [InlineData("$a, $b | Add-NatsRevocation * -Confirm:$false", "\"$((Get-NatsRevocation).Account)\" -eq 'A B'")]
    [InlineData("$a | Add-NatsRevocation U; $a | Remove-NatsRevocation U -WarningAction Ignore", "@(Get-NatsRevocation).Count -eq 0")]
    [InlineData("$a | Add-NatsRevocation -Export in.a -TargetAccount B", "(Get-NatsRevocation).Export -eq 'in.a'")]
    [InlineData("'A' | Add-NatsRevocation U", "(Get-NatsRevocation).Account -eq 'A'")]
    [InlineData("'A' | Add-NatsSigningKey -Role r | Out-Null", "(Get-NatsSigningKey -Account A).Role -eq 'r'")]
    [InlineData("'A' | Add-NatsSigningKey | Out-Null", "@(Get-NatsSigningKey -Account A).Count -eq 1")]
    [InlineData("'O' | Add-NatsSigningKey | Out-Null", "@((Get-NatsOperator).SigningKeys).Count -eq 2")]
    [InlineData("$u | Export-NatsKeyPair ./u.nk", "(Import-NatsKeyPair ./u.nk).PublicKey -eq $u.Subject")]
    public void What_has_one_meaning_is_used(string script, string outcome)
    {
        Run(script);
        Holds(outcome);
    }

    /// <summary>A text is the owner of the keys, or else a key or its role.</summary>
    [Theory]
    [InlineData("'O' | Get-NatsSigningKey", "O")]
    [InlineData("'A' | Get-NatsSigningKey", "A A")]
    [InlineData("'O/A', 'O' | Get-NatsSigningKey", "A A O")]
    [InlineData("'reader' | Get-NatsSigningKey", "A B")]
    [InlineData("'A' | Get-NatsSigningKey reader", "A")]
    [InlineData("$a | Get-NatsSigningKey -Role reader", "A")]
    [InlineData("(Get-NatsOperator).SigningKeys.PublicKey | Get-NatsSigningKey", "O")]
    public void A_piped_text_is_the_owner_of_keys_or_a_key(string script, string owners)
    {
        Run("$null = $a, $b | Add-NatsSigningKey -Role reader -AllowPublish x; $null = $a | Add-NatsSigningKey");
        Holds($"({script} | ForEach-Object {{ $_.GetOwner().Name }} | Sort-Object) -join ' ' -eq '{owners}'");
    }

    [Theory]
    [InlineData("'none' | Get-NatsSigningKey", "KeyNotFound")]
    [InlineData("'none' | Get-NatsSigningKey reader", "EntityNotFound")]
    public void A_piped_text_that_names_no_owner_and_no_key_is_an_error(string script, string errorId) =>
        Assert.Contains("none", Reports(errorId, script), StringComparison.Ordinal);

    [Theory]
    [InlineData("$a | Get-NatsAccess -Publish x", "A")]
    [InlineData("$a, $b | Get-NatsAccess -Subscribe x", "A B")]
    public void A_piped_account_is_where_the_subject_belongs(string script, string accounts) => Holds(
        $"(({script}).Path -replace '.*→ (\\w+): .*', '$1' | Sort-Object -Unique) -join ' ' -eq '{accounts}'");

    [Fact]
    public void Access_to_publish_and_to_subscribe_is_one_question()
    {
        Run("$both = Get-NatsAccess -Publish x -Subscribe y; $apart = @(Get-NatsAccess -Publish x) + @(Get-NatsAccess -Subscribe y)");
        Holds("@($both).Count -gt 2", "\"$($both.Path)\" -eq \"$($apart.Path)\"");
    }

    [Theory]
    [InlineData("$u | Add-NatsExport x Stream", "InvalidClaims", "A/U")]
    [InlineData("$u | Remove-NatsExport x", "InvalidClaims", "A/U")]
    [InlineData("$o | Remove-NatsSubjectMapping m", "InvalidClaims", "operator O")]
    [InlineData("Get-NatsImport | Remove-NatsExport", "InvalidClaims", "NatsImport")]
    [InlineData("Get-NatsExport in.b | Set-NatsImport -Name x", "InvalidClaims", "NatsExport")]
    [InlineData("'in.b' | Remove-NatsExport", "InvalidClaims", "-Account")]
    [InlineData("'in.b' | Remove-NatsExport in.a -Account A", "InvalidClaims", "'in.b'")]
    [InlineData("'U' | Set-NatsAuthCallout -Account A -AuthUser U", "InvalidClaims", "'U'")]
    [InlineData("'x' | Set-NatsJetStreamLimit -Account A -MaxDisk 1gb", "InvalidLimit", "'x'")]
    [InlineData("$o | Get-NatsExport", "ParameterArgumentTransformationError", "operator O")]
    [InlineData("$a | Test-NatsPermission -Publish x", "ParameterArgumentTransformationError", "account O/A")]
    [InlineData("$a | Set-NatsUser -AddTag x", "ParameterArgumentTransformationError", "Get-NatsUser")]
    [InlineData("$u | Set-NatsAccount -AddTag x", "ParameterArgumentTransformationError", "user O/A/U")]
    [InlineData("$u | Add-NatsRevocation V", "ParameterArgumentTransformationError", "user O/A/U")]
    [InlineData("$a | Export-NatsKeyPair ./a.nk", "ParameterArgumentTransformationError", "Get-NatsSigningKey")]
    [InlineData("$o, $u | Get-NatsAccess | Out-Null", "ParameterArgumentTransformationError", "operator O")]
    [InlineData("Add-NatsSigningKey", "InvalidClaims", "-Operator")]
    [InlineData("Add-NatsSigningKey -Role r", "EntityAmbiguous", "O/B")]
    public void What_does_not_fit_is_named(string script, string errorId, string text)
    {
        string[] before = Snapshot();
        Assert.Contains(text, Reports(errorId, script), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void A_name_of_an_operator_and_of_an_account_is_not_guessed()
    {
        Run("$null = New-NatsAccount O -Operator O");
        string[] before = Snapshot();
        Reports("EntityAmbiguous", "'O' | Add-NatsSigningKey");
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("Rename-NatsUser U, V x")]
    [InlineData("Rename-NatsUser U x, y")]
    [InlineData("Rename-NatsAccount A, B x")]
    [InlineData("Export-NatsKeyPair $a ./a.nk", "Get-NatsSigningKey")]
    [InlineData("Add-NatsSubjectMapping k l, m -Account A")]
    public void What_takes_one_says_so(string script, string text = "2") => Assert.Contains(text, Ends(script).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[pscustomobject] @{ Name = 'U'; NewNam = 'x' } | Rename-NatsUser", "'NewName'")]
    [InlineData("[pscustomobject] @{ Name = 'U'; NewName = '' } | Rename-NatsUser", "'NewName'")]
    [InlineData("[pscustomobject] @{ Name = 'A' } | Rename-NatsAccount", "'NewName'")]
    [InlineData("$u | Rename-NatsUser", "-NewName")]
    public void A_new_name_that_is_missing_is_an_error_of_the_row(string script, string text)
    {
        string[] before = Snapshot();
        Assert.Contains(text, Reports("InvalidClaims", script), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("Remove-NatsJetStreamLimit A R7", "R7")]
    [InlineData("Remove-NatsJetStreamLimit B R1", "R1")]
    public void What_is_not_there_cannot_be_removed(string script, string text)
    {
        string[] before = Snapshot();
        Assert.Contains(text, Reports("ClaimNotFound", script), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("Subject = 'q'; Type = 'Strem'", "Add-NatsExport", "'Strem'")]
    [InlineData("Subject = 'q'; Type = 'Stream'; Private = 'maybe'", "Add-NatsExport", "True or False")]
    [InlineData("Subject = 'q'; To = 'r'; Weight = '700'", "Add-NatsSubjectMapping", "1 to 100")]
    [InlineData("Subject = 'q'; To = 'r'; Weight = 'x'", "Add-NatsSubjectMapping", "1 to 100")]
    [InlineData("Subject = 'q'; Type = 'Service'; ResponseType = 'x'", "Add-NatsExport", "Chunked")]
    [InlineData("Subject = 'q'; Type = 'Service'; AccountTokenPosition = 'x'", "Add-NatsExport", "from 0")]
    [InlineData("Name = 'q'; ConnectionType = 'x'", "New-NatsUser", "MQTT")]
    [InlineData("Name = 'q'; AllowedTime = 'x'", "New-NatsUser", "08:00-18:00")]
    public void The_error_of_a_cell_says_what_is_valid(string columns, string cmdlet, string text) => Assert.Contains(
        text, Reports("InvalidClaims", $"[pscustomobject] @{{ Account = 'A'; {columns} }} | {cmdlet}"), StringComparison.Ordinal);

    [Fact]
    public void Tab_offers_users_of_the_piped_account()
    {
        const string line = "Get-NatsAccount A | Set-NatsAuthCallout ";
        Holds($"\"$((TabExpansion2 '{line}' {line.Length}).CompletionMatches.CompletionText)\" -eq 'U'");
    }
}
