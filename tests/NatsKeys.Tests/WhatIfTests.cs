namespace NatsKeys.Tests;

/// <summary>
/// Under -WhatIf all is done but the signing and the writing: what would fail is the error that it would be, and is not said to be possible.
/// </summary>
public sealed class WhatIfTests : ModuleTest
{
    public WhatIfTests() => Run(
        """
        $o = New-NatsOperator O
        $a = $o | New-NatsAccount A
        $b = $o | New-NatsAccount B
        $role = $a | Add-NatsSigningKey -Role reader -AllowPublish x
        $k = $a | Add-NatsSigningKey
        $u = $a | New-NatsUser U
        $curve = New-NatsKeyPair Curve
        $a | Add-NatsExport secret.> Stream -Private
        """);

    /// <summary>Each Set- cmdlet tells the old and the new value, and of a list what is added and what is taken away.</summary>
    [Theory]
    [InlineData("Set-NatsUser U -MaxPayload 2MiB -Expires 2099-01-31", "Expires Never → 2099-01-31", "MaxPayload Unlimited → 2 MiB")]
    [InlineData("Set-NatsUser U -AllowPublish b", "+ AllowPublish \"b\"", "- AllowPublish \"a\"")]
    [InlineData("Set-NatsUser U -AddTag new -RemoveTag old", "+ Tag \"new\"", "- Tag \"old\"")]
    [InlineData("Set-NatsAccount A -MaxConnections 300", "MaxConnections 200 → 300")]
    [InlineData("Set-NatsOperator O -AddTag new -ServiceUrl nats://b:4222", "+ Tag \"new\"", "+ ServiceUrl \"nats://b:4222\"")]
    [InlineData("Set-NatsSigningKey told -Account A -AllowSubscribe d",
        "+ signing key told: AllowSubscribe \"d\"", "- signing key told: AllowSubscribe \"c\"")]
    [InlineData("Set-NatsJetStreamLimit -Account A -Tier R1 -MaxDisk 2GiB", "tier R1: MaxDisk 1 GiB → 2 GiB")]
    [InlineData("Set-NatsExport told.x -Account A -Description d", "export told.x: Description not set → \"d\"")]
    [InlineData("Set-NatsImport told.x -Account B -LocalSubject here", "import told.x: LocalSubject not set → \"here\"")]
    [InlineData("Set-NatsAuthCallout U -Account A -AllowedAccount B", "+ AuthUser \"U\"", "+ AllowedAccount \"B\"")]
    public void Each_Set_cmdlet_tells_the_differences(string script, params string[] differences)
    {
        Run(
            """
            Set-NatsUser U -AllowPublish a -Tag old
            Set-NatsAccount A -MaxConnections 200
            $null = Add-NatsSigningKey -Account A -Role told -AllowSubscribe c
            Set-NatsJetStreamLimit -Account A -Tier R1 -MaxDisk 1GiB
            Add-NatsExport told.x Stream -Account A
            Add-NatsImport told.x -From A -Account B
            """);
        string told = Session.RunText($"{script} -WhatIf");
        Assert.All(differences, difference => Assert.Contains(difference, told, StringComparison.Ordinal));
    }

    /// <summary>Tokens leave out zero and false, but they are values that were asked for: "not set" would read as no limit.</summary>
    [Theory]
    [InlineData("Set-NatsAccount A -MaxConnections 0", "MaxConnections Unlimited → 0")]
    [InlineData("Set-NatsAccount A -MaxPayload 0 -AllowWildcardExports:$false", "MaxPayload Unlimited → 0 B", "AllowWildcardExports true → false")]
    [InlineData("Set-NatsUser U -MaxPayload 0", "MaxPayload Unlimited → 0 B")]
    [InlineData("Set-NatsExport secret.> -Account A -Private:$false", "export secret.>: Private true → false")]
    [InlineData("Set-NatsAccount C -MaxConnections Unlimited", "MaxConnections 0 → Unlimited")]
    [InlineData("Remove-NatsJetStreamLimit C", "MaxDisk 1 GiB → 0 B", "MaxStreams 5 → 0")]
    public void Zero_and_false_are_told_as_such(string script, params string[] differences)
    {
        Run("$null = New-NatsAccount C -MaxConnections 0; Set-NatsJetStreamLimit C -MaxDisk 1GiB -MaxStreams 5");
        string told = Session.RunText($"{script} -WhatIf");
        Assert.All(differences, difference => Assert.Contains(difference, told, StringComparison.Ordinal));
        Assert.DoesNotContain("not set", told, StringComparison.Ordinal);
    }

    /// <summary>Each Add- cmdlet tells what it adds, as the Set- cmdlets do. A key that is only rehearsed is not shown.</summary>
    [Theory]
    [InlineData("Add-NatsExport told.y Stream -Account A -Private", "+ export told.y (Type stream, Private)")]
    [InlineData("Add-NatsImport told.x -From A -Account B", "+ import told.x (From A,", "Type stream")]
    [InlineData("Add-NatsImport secret.x -From A -Account B", "+ import secret.x (From A,", "with an activation")]
    [InlineData("Add-NatsSubjectMapping x y -Account A -Weight 40", "+ mapping x to y (Weight 40%)")]
    [InlineData("Add-NatsRevocation U -Account A -At 2030-01-01", "+ revocation of U until 2030-01-01")]
    [InlineData("Add-NatsRevocation -Account A -Export secret.> -TargetAccount B -At 2030-01-01",
        "export secret.>: revocation of B until 2030-01-01")]
    [InlineData("Add-NatsSigningKey -Account A -Role told -AllowSubscribe c", "+ signing key told (", "Key a new key", "AllowSubscribe [c]")]
    [InlineData("Add-NatsSigningKey -Account A", "+ signing key \"a new key\"")]
    [InlineData("Add-NatsSigningKey -Operator O", "+ signing key \"a new key\"")]
    public void Each_Add_cmdlet_tells_what_is_added(string script, params string[] added)
    {
        Run("Add-NatsExport told.x Stream -Account A");
        string told = Session.RunText($"{script} -WhatIf");
        Assert.All(added, item => Assert.Contains(item, told, StringComparison.Ordinal));
    }

    /// <summary>A person recognizes a key by what it is for and by its first letters.</summary>
    [Theory]
    [InlineData("Update-NatsSigningKey $k", "the signing key {0} of account O/A", "the identity key of O (O")]
    [InlineData("Update-NatsSigningKey $k -NewKey $new.PublicKey", "key {1} is listed")]
    [InlineData("Remove-NatsSigningKey $k.PublicKey -Confirm:$false", "Remove the signing key {0} and")]
    [InlineData("Update-NatsStore", "Sign with the identity key of O (O", "Sign with the signing key of A ({0})")]
    public void Keys_are_shown_by_name_and_their_first_letters(string script, params string[] expected)
    {
        Run("$new = New-NatsKeyPair Account; $new | Export-NatsKeyPair ./new.nk; $null = Import-NatsKeyPair ./new.nk -Store (Get-NatsStore); "
            + "$null = Set-NatsUser U -SigningKey $k -AddTag signed");
        if (script == "Update-NatsStore")
        {
            Run("Add-Content ./store/O/accounts/A/account.yaml 'tags: [x]'; $f = './store/O/accounts/A/users/U.yaml'; "
                + "(Get-Content $f) -replace 'signed', 'edited' | Set-Content $f");
        }

        string told = Session.RunText($"{script} -WhatIf");
        string[] starts = [.. new[] { "$k.PublicKey", "$new.PublicKey" }.Select(key => $"{((string)Value(key)!)[..12]}…")];
        Assert.All(expected, part => Assert.Contains(string.Format(null, part, starts), told, StringComparison.Ordinal));
        Assert.DoesNotMatch("[OA][A-Z2-7]{55}", told);
    }

    [Theory]
    [InlineData("InvalidLimit", "New-NatsUser X -Account A -MaxPayload 5zb")]
    [InlineData("InvalidLimit", "New-NatsAccount X -MaxPayload 5zb")]
    [InlineData("InvalidLimit", "Set-NatsAccount A -MaxPayload 5zb")]
    [InlineData("InvalidLimit", "Set-NatsUser U -MaxPayload 5zb")]
    [InlineData("InvalidLimit", "Add-NatsSigningKey -Account A -Role new -MaxPayload 5zb")]
    [InlineData("InvalidLimit", "$role | Set-NatsSigningKey -MaxPayload 5zb")]
    [InlineData("InvalidLimit", "$a | Set-NatsJetStreamLimit -MaxDisk 5zb")]
    [InlineData("RuleBroken", "New-NatsUser X -Account A -AllowPublish 'a b'")]
    [InlineData("RuleBroken", "$u | Set-NatsUser -AllowPublish 'a b'")]
    [InlineData("SigningKeyNotAllowed", "$role | New-NatsUser X -AllowPublish y")]
    [InlineData("IncompatibleKey", "New-NatsOperator X -Key $curve")]
    [InlineData("KeyNotFound", "Set-NatsSigningKey nosuch -Account A -AllowPublish x")]
    [InlineData("KeyNotFound", "Remove-NatsSigningKey -Confirm:$false nosuch -Account A")]
    [InlineData("SigningKeyExists", "Add-NatsSigningKey -Account A -Role reader")]
    [InlineData("SigningKeyExists", "Update-NatsOperatorKey -Confirm:$false -Key $o.Subject")]
    [InlineData("ClaimNotFound", "$a | Remove-NatsSubjectMapping nosuch")]
    [InlineData("ClaimNotFound", "$a | Remove-NatsExport nosuch")]
    [InlineData("InvalidClaims", "$a | Set-NatsAuthCallout -RemoveEncryptionKey")]
    [InlineData("EntityInUse", "Remove-NatsAccount A -Confirm:$false")]
    [InlineData("EntityExists", "Rename-NatsAccount A B")]
    [InlineData("InvalidTime", "$a | New-NatsActivation secret.x -TargetAccount B -Expires 2001-01-01")]
    public void What_would_fail_is_the_same_error(string errorId, string script)
    {
        string message = Reports(errorId, $"{script} -WhatIf");
        Assert.DoesNotContain("What if:", Session.RunText($"{script} -WhatIf"), StringComparison.Ordinal);
        Assert.Equal(message, Reports(errorId, script));
    }

    /// <summary>The text of an activation says nothing to people.</summary>
    [Theory]
    [InlineData("$b | Remove-NatsImport secret.x", "with an activation")]
    [InlineData("$b | Set-NatsImport secret.x -Token (New-NatsActivation secret.x -Account A -TargetAccount B -Expires 1y)",
        "import secret.x: Token an activation (…")]
    public void An_activation_is_named_and_not_shown(string script, string named)
    {
        Run("$b | Add-NatsImport secret.x -From A -InformationAction Ignore");
        string text = Session.RunText($"{script} -WhatIf");
        Assert.Contains(named, text, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-NatsUser X -Account A -SigningKey nosuch")]
    [InlineData("New-NatsAccount X -SigningKey nosuch")]
    [InlineData("$u | Set-NatsUser -AddTag x -SigningKey nosuch")]
    [InlineData("$u | Rename-NatsUser -NewName V -SigningKey nosuch")]
    [InlineData("Add-NatsSigningKey -Account A -SigningKey nosuch")]
    [InlineData("$k | Remove-NatsSigningKey -Confirm:$false -SigningKey nosuch")]
    [InlineData("$u | Remove-NatsUser -Confirm:$false -SigningKey nosuch")]
    [InlineData("$b | Add-NatsImport secret.x -From A -SigningKey nosuch")]
    [InlineData("$a | New-NatsActivation secret.x -TargetAccount B -SigningKey nosuch")]
    public void A_key_that_cannot_be_had_ends_the_pipeline_as_it_would(string script) =>
        Assert.Equal(Refuses("SigningKeyNotFound", $"{script} -WhatIf"), Refuses("SigningKeyNotFound", script));

    [Theory]
    [InlineData("New-NatsOperator X -SystemAccount SYS -GenerateSigningKey -RequireSigningKeys")]
    [InlineData("New-NatsUser X -Account A -SigningKey reader")]
    [InlineData("$b | Add-NatsImport secret.x -From A")]
    [InlineData("$a | New-NatsActivation secret.x -TargetAccount B")]
    [InlineData("$o | Update-NatsOperatorKey -Confirm:$false")]
    [InlineData("Remove-NatsAccount A -Recurse -IncludeKeys")]
    [InlineData("Rename-NatsAccount A C")]
    public void What_would_work_is_told_and_changes_nothing(string script)
    {
        string[] before = Snapshot();
        Assert.Contains("What if:", Session.RunText($"{script} -WhatIf"), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
        Assert.Empty(LeavesFilesAlone($"{script} -WhatIf").Output);
    }

    [Fact]
    public void The_preference_of_the_session_does_the_same_and_the_switch_overrules_it()
    {
        Reports("InvalidLimit", "$WhatIfPreference = $true; New-NatsUser X -Account A -MaxPayload 5zb");
        LeavesFilesAlone("New-NatsUser X -Account A");
        Run("$made = New-NatsUser X -Account A -WhatIf:$false; $WhatIfPreference = $false");
        Holds("$made.Name -eq 'X'", "(Get-NatsUser X).State -eq 'Signed'");
    }

    [Fact]
    public void In_memory_nothing_changes_either()
    {
        Run("$s = New-NatsStore -InMemory; $m = New-NatsOperator M -Store $s | New-NatsAccount A; $m | Add-NatsSigningKey -WhatIf; $m | "
            + "New-NatsUser X -WhatIf; $m | Set-NatsAccount -AddTag x -WhatIf");
        Holds(
            "(Get-NatsAccount -Operator (Get-NatsOperator -Store $s)).Jwt -eq $m.Jwt",
            "-not (Get-NatsUser -Store $s)",
            "@(Get-NatsKeyPair -Store $s).Count -eq 2");
    }

    [Fact]
    public void A_script_block_signs_no_token()
    {
        const string Make = "New-NatsUser X -Account A -SigningKey { param($bytes) $seen.Add([Text.Encoding]::UTF8.GetString($bytes)); "
            + "New-NatsSignature -Data $bytes -SigningKey $k.KeyPair }";
        Run($"$seen = [Collections.Generic.List[string]]::new(); {Make} -WhatIf");
        Holds("-not ($seen -clike 'eyJ*')");
        Run($"{Make} | Out-Null");
        Holds("@($seen -clike 'eyJ*').Count -eq 1");
    }
}
