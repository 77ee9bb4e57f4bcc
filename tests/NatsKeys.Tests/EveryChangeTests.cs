using NatsKeys.Tests.Help;

namespace NatsKeys.Tests;

/// <summary>What every cmdlet that changes something does alike, each called with what it works on.</summary>
public sealed class EveryChangeTests(ModuleCommands commands) : ModuleTest, IClassFixture<ModuleCommands>
{
    // At the address of the operator is nobody: to ask a server would be an error.
    private const string Prepare =
        """
        $o = New-NatsOperator O2 -ServiceUrl nats://127.0.0.1:1
        $a = $o | New-NatsAccount A
        $b = $o | New-NatsAccount B
        $o | New-NatsAccount SYS | Out-Null
        $o | Set-NatsOperator -SystemAccount SYS
        $k = $a | Add-NatsSigningKey
        $role = $a | Add-NatsSigningKey -Role reader -AllowSubscribe x
        $u = $a | New-NatsUser U -Tag day
        $v = $b | New-NatsUser V
        $x = New-NatsKeyPair Curve
        $a | Add-NatsExport 'orders.>' Stream -Private
        $a | Add-NatsExport prices.gold Service
        $b | Add-NatsImport prices.gold -From A -LocalSubject gold
        $a | Add-NatsSubjectMapping orders orders.v1
        $a | Set-NatsJetStreamLimit -MaxDisk 1GiB
        $a | Set-NatsAuthCallout $u
        $v | Add-NatsRevocation -At 2030-01-31
        $p = [System.Net.NetworkCredential]::new('', 'correct horse').SecurePassword
        Register-NatsKeySource NATSKEYS_NOT_SET
        """;

    private const string Locked = "$locked = New-NatsStore other -KeyPath otherkeys -ProtectKeys -Passphrase $p; $locked.Keys.Lock()";

    /// <summary>One call of each cmdlet that would change something.</summary>
    private static readonly string[] Calls =
    [
        "$a | Add-NatsExport more Stream -PassThru",
        "Get-NatsExport 'orders.>' | Add-NatsImport -Account B -PassThru",
        "$u | Add-NatsRevocation -PassThru",
        "$a | Add-NatsSigningKey",
        "$a | Add-NatsSubjectMapping more there -PassThru",
        "Complete-NatsSigningRequest asked.yaml -Confirm:$false",
        "$u | Export-NatsContext x -ExportCredential -Select -PassThru",
        "$u | Export-NatsCredential U.creds -PassThru",
        "$x | Export-NatsKeyPair x.nk -PassThru",
        "[NatsKeys.Inspection.LiveConnection]::new([NatsKeys.Inspection.ServerInformation]::new('S', 'N', '2.15.1'), 7) | Disconnect-NatsClient "
            + "-Operator O2",
        "Export-NatsStore out -AsNsc -PassThru",
        "Import-NatsKeyPair -Seed $x.ToSeed() -Store (Get-NatsStore)",
        "Import-NatsStore nsc -Store $memory -PassThru",
        "$o | New-NatsAccount C",
        "Get-NatsExport 'orders.>' | New-NatsActivation -TargetAccount B",
        "New-NatsKeyPair User",
        "New-NatsOperator P",
        "New-NatsServerConfig n1.conf -Resolver Memory -PassThru",
        "$a | New-NatsSigningRequest request.yaml -SigningKey $ok",
        "New-NatsStore mine -KeyPath secret",
        "$a | New-NatsUser W",
        "Protect-NatsKeyStore -Passphrase $p -PassThru",
        "Protect-NatsMessage a -To $x.PublicKey -Key $x -Destination sealed",
        "Get-NatsAccount | Publish-NatsAccount",
        "Receive-NatsAccount -All",
        "Register-NatsKeySource NATSKEYS_NEITHER -PassThru",
        "$b | Remove-NatsAccount -Recurse -Confirm:$false -PassThru",
        "$a | Remove-NatsAuthCallout -PassThru",
        "Get-NatsExport | Remove-NatsExport -PassThru",
        "Get-NatsImport | Remove-NatsImport -PassThru",
        "$a | Remove-NatsJetStreamLimit -PassThru",
        "Remove-NatsKeyPair -Unreferenced -Force -PassThru -Confirm:$false",
        "$o | Remove-NatsOperator -Recurse -Confirm:$false -PassThru",
        "Get-NatsRevocation | Remove-NatsRevocation -PassThru",
        "$k | Remove-NatsSigningKey -Confirm:$false -PassThru",
        "Get-NatsSubjectMapping | Remove-NatsSubjectMapping -PassThru",
        "$v | Remove-NatsUser -Confirm:$false -PassThru",
        "$a | Rename-NatsAccount -NewName C -PassThru",
        "$o | Rename-NatsOperator -NewName P -PassThru",
        "$u | Rename-NatsUser -NewName W -PassThru",
        "$a | Set-NatsAccount -MaxData 1GiB -PassThru",
        "$a | Set-NatsAuthCallout -AllowedAccount B -PassThru",
        "Get-NatsExport prices.gold | Set-NatsExport -Private -PassThru",
        "Get-NatsImport | Set-NatsImport -LocalSubject silver -PassThru",
        "$a | Set-NatsJetStreamLimit -MaxDisk 2GiB -PassThru",
        "$o | Set-NatsOperator -SystemAccount B -PassThru",
        "$role | Set-NatsSigningKey -AllowPublish y -PassThru",
        "$u | Set-NatsUser -AddTag night -PassThru",
        "$locked | Unlock-NatsKeyStore -Passphrase $p",
        "$locked | Unprotect-NatsKeyStore -Confirm:$false",
        "Unprotect-NatsMessage $sealed -From $x.PublicKey -Key $x -Destination opened",
        "$b | Unpublish-NatsAccount -Confirm:$false",
        "Unregister-NatsKeySource * -PassThru",
        "$o | Update-NatsOperatorKey -Confirm:$false",
        "$k | Update-NatsSigningKey",
        "Update-NatsStore -PassThru",
    ];

    /// <summary>What some of them need beside.</summary>
    private static readonly Dictionary<string, string> More = new(StringComparer.Ordinal)
    {
        ["Complete-NatsSigningRequest"] =
            "$ok = $o | Add-NatsSigningKey; $a | New-NatsSigningRequest asked.yaml -SigningKey $ok -WarningAction Ignore | Out-Null",
        ["New-NatsSigningRequest"] = "$ok = $o | Add-NatsSigningKey",
        ["Import-NatsStore"] = "Export-NatsStore nsc -AsNsc; $memory = New-NatsStore -InMemory",
        ["Remove-NatsKeyPair"] = "$a | Add-NatsSigningKey | Remove-NatsSigningKey -Confirm:$false",
        ["Unlock-NatsKeyStore"] = Locked,
        ["Unprotect-NatsKeyStore"] = Locked + "; $locked | Unlock-NatsKeyStore -Passphrase $p",
        ["Unprotect-NatsMessage"] = "$sealed = Protect-NatsMessage a -To $x.PublicKey -Key $x",
        ["Update-NatsStore"] = "[IO.File]::AppendAllText(\"$storeRoot/O2/accounts/A/account.yaml\", \"tags: [edited]`n\")",
    };

    public static TheoryData<string> Changes => [.. Calls];

    [Fact]
    public void Every_cmdlet_that_changes_something_is_called_here()
    {
        string[] changing = [.. commands.All.Where(command => command.Parameters.ContainsKey("WhatIf")).Select(command => command.Name)];
        Assert.Equal(changing, Calls.Select(NameIn).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Under_WhatIf_it_says_what_it_would_do_and_does_nothing(string call)
    {
        Run($"{Prepare}\n{More.GetValueOrDefault(NameIn(call))}");
        object? sources = Value("(Get-NatsKeySource).Name -join ' '");
        object? protection = Value("\"$($locked.Keys.Protection)\"");
        string[] before = Snapshot();

        Assert.Contains("What if:", Session.RunText($"{call} -WhatIf"), StringComparison.Ordinal);
        Assert.Empty(Run($"{call} -WhatIf").Output);

        Assert.Equal(before, Snapshot());
        Assert.Equal(sources, Value("(Get-NatsKeySource).Name -join ' '"));
        Assert.Equal(protection, Value("\"$($locked.Keys.Protection)\""));
    }

    [Theory]
    [InlineData("$a | Add-NatsSubjectMapping orders orders.v1 -Weight 100")]
    [InlineData("$v | Add-NatsRevocation -At 2029-01-31")]
    [InlineData("$b | Remove-NatsAuthCallout")]
    [InlineData("$b | Remove-NatsJetStreamLimit")]
    [InlineData("Remove-NatsRevocation -Stale -Account B")]
    [InlineData("$a | Rename-NatsAccount -NewName A")]
    [InlineData("$o | Rename-NatsOperator -NewName O2")]
    [InlineData("$u | Rename-NatsUser -NewName U")]
    [InlineData("$a | Set-NatsAccount -MaxData Unlimited -RemoveTag none")]
    [InlineData("$a | Set-NatsAuthCallout $u.Subject")]
    [InlineData("Get-NatsExport prices.gold | Set-NatsExport -Private:$false")]
    [InlineData("Get-NatsImport | Set-NatsImport -LocalSubject gold")]
    [InlineData("$a | Set-NatsJetStreamLimit -MaxDisk 1024MiB")]
    [InlineData("$o | Set-NatsOperator -SystemAccount SYS -ServiceUrl nats://127.0.0.1:1 -RemoveTag none")]
    [InlineData("$role | Set-NatsSigningKey -Role reader -AllowSubscribe x")]
    [InlineData("$u | Set-NatsUser -AddTag Day -RemoveDenyPublish none")]
    public void What_is_as_asked_for_already_is_not_signed_again(string call)
    {
        Run(Prepare);
        Assert.Empty(LeavesFilesAlone(call).Output);
        if (!call.Contains("Set-NatsSigningKey", StringComparison.Ordinal))
        {
            object? token = Value($"$given = {call} -PassThru; $given.Jwt");
            Assert.Contains(token, Run("(Get-NatsOperator).Jwt; (Get-NatsAccount).Jwt; (Get-NatsUser).Jwt").Output.Select(item => item.BaseObject));
        }
    }

    [Theory]
    [InlineData("Get-NatsAuthCallout")]
    [InlineData("Get-NatsExport")]
    [InlineData("Get-NatsImport")]
    [InlineData("Get-NatsJetStreamLimit")]
    [InlineData("Get-NatsRevocation")]
    [InlineData("Get-NatsSubjectMapping")]
    [InlineData("Remove-NatsAuthCallout")]
    [InlineData("Remove-NatsJetStreamLimit")]
    [InlineData("Set-NatsAccount -AddTag x")]
    public void An_account_that_is_not_there_is_an_error_that_names_it_and_the_rest_goes_on(string call)
    {
        Run(Prepare);
        string pass = call.StartsWith("Get-", StringComparison.Ordinal) ? "" : " -PassThru";
        string found = $"@($found = 'A', 'nobody', 'B' | {call}{pass})";
        Assert.Contains("nobody", Reports("EntityNotFound", found), StringComparison.Ordinal);
        Assert.Equal(Run($"@('A', 'B' | {call}{pass}).Count").Single.BaseObject, Value("@($found).Count"));
        Assert.NotEqual(0, Value("@($found).Count"));
    }

    [Theory]
    [InlineData("Export", "Get-NatsExport", "$a | Remove-NatsExport prices.gold -WarningAction Ignore")]
    [InlineData("Import", "Get-NatsImport", "$b | Remove-NatsImport prices.gold -From $a")]
    public void One_that_is_gone_is_an_error_and_the_rest_goes_on(string noun, string list, string remove)
    {
        Run($"{Prepare}; Get-NatsExport 'orders.>' | Add-NatsImport -Account B; $gone = {list}; {remove}");
        Reports("ClaimNotFound", $"$gone | Remove-Nats{noun} -WarningAction Ignore");
        Assert.Empty(Run(list).Output);
    }

    /// <summary>The cmdlet at the end of a pipeline.</summary>
    private static string NameIn(string call) => call.Split(" | ")[^1].Split(' ')[0];
}
