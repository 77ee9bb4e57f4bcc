using System.Reflection;
using NatsKeys.Tests.Help;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Sources;

/// <summary>Whatever signs does so with keys of every kind of source, and no seed of them is kept or shown.</summary>
public class EverySourceTests(SourceSessions sessions, ModuleCommands commands) : IClassFixture<SourceSessions>, IClassFixture<ModuleCommands>
{
    private const string OperatorToken = "(Get-NatsOperator O -Store $s).Jwt";
    private const string AccountToken = "(Get-NatsAccount A -Store $s).Jwt";
    private const string UserToken = "(Get-NatsUser U -Account A -Store $s).Jwt";

    // None of the keys is kept: each is named by its public half, and the pair signs where it must.
    private const string Setup =
        """
        $s = New-NatsStore "./$([guid]::NewGuid())" -KeyPath "./keys-$([guid]::NewGuid())"
        $o = New-NatsOperator O -Store $s -Key $op.PublicKey -SigningKey $op
        $o | Add-NatsSigningKey -Key $osk.PublicKey -SigningKey $op | Out-Null
        $a = $o | New-NatsAccount A -Key $ap.PublicKey -SigningKey $op
        $b = $o | New-NatsAccount B -Key $bp.PublicKey -SigningKey $op
        $a | Add-NatsSigningKey -Key $ask.PublicKey -SigningKey $op | Out-Null
        $a | Add-NatsSigningKey -Key $rp.PublicKey -Role reader -SigningKey $op | Out-Null
        $u = $a | New-NatsUser U -SigningKey $ap
        $b | Add-NatsExport out.> Stream -SigningKey $op
        $b | Add-NatsExport secret.> Stream -Private -SigningKey $op
        $a | Add-NatsExport mine.> Stream -SigningKey $op
        $a | Add-NatsImport out.a -From $b -SigningKey $op
        $a | Add-NatsSubjectMapping from to -SigningKey $op
        Add-NatsRevocation (New-NatsKeyPair User).PublicKey -Account $a -SigningKey $op -WarningAction Ignore
        $a | Set-NatsJetStreamLimit -MaxDisk 1gb -SigningKey $op
        $a | Set-NatsAuthCallout $u -SigningKey $op
        $a = Get-NatsAccount A -Store $s
        """;

    private static readonly Row[] Rows =
    [
        new("New-NatsOperator N -Key $new.PublicKey -Store $s", "(Get-NatsOperator N -Store $s).Jwt", "$new"),
        new("New-NatsOperator N -Key $new.PublicKey -SystemAccount SYS -Store $s", "(Get-NatsAccount SYS -Operator N -Store $s).Jwt", "$new"),
        new("$o | Set-NatsOperator -AddTag t", OperatorToken, "$op"),
        new("$o | Rename-NatsOperator -NewName P", "(Get-NatsOperator P -Store $s).Jwt", "$op"),
        new("Update-NatsOperatorKey -Confirm:$false $o -Key $new.PublicKey -WarningAction Ignore", AccountToken, "$new"),
        new("$o | New-NatsAccount N", "(Get-NatsAccount N -Store $s).Jwt", "$osk"),
        new("$o | New-NatsAccount N -SigningKey $osk.PublicKey", "(Get-NatsAccount N -Store $s).Jwt", "$osk"),
        new("$a | Set-NatsAccount -AddTag t", AccountToken, "$op"),
        new("$a | Set-NatsAccount -AddTag t -SigningKey $osk.PublicKey", AccountToken, "$osk"),
        new("$a | Rename-NatsAccount -NewName C", "(Get-NatsAccount C -Store $s).Jwt", "$op"),
        new("$a | New-NatsUser N", "(Get-NatsUser N -Account A -Store $s).Jwt", "$ask"),
        new("$a | New-NatsUser N -SigningKey $ask.PublicKey", "(Get-NatsUser N -Account A -Store $s).Jwt", "$ask"),
        new("$a | New-NatsUser N -SigningKey reader", "(Get-NatsUser N -Account A -Store $s).Jwt", "$rp"),
        new("Get-NatsSigningKey $ask.PublicKey -Account $a | New-NatsUser N", "(Get-NatsUser N -Account A -Store $s).Jwt", "$ask"),
        new("$u | Set-NatsUser -AddTag t", UserToken, "$ap"),
        new("$u | Rename-NatsUser -NewName V", "(Get-NatsUser V -Account A -Store $s).Jwt", "$ap"),
        new("$u | Remove-NatsUser -Confirm:$false -WarningAction Ignore", AccountToken, "$op"),
        new("$a | Add-NatsSigningKey", AccountToken, "$op"),
        new("Set-NatsSigningKey reader -Account $a -Description d", AccountToken, "$op"),
        new("Get-NatsSigningKey $ask.PublicKey -Account $a | Remove-NatsSigningKey -Confirm:$false", AccountToken, "$op"),
        new("Update-NatsSigningKey $ask.PublicKey -Account $a", AccountToken, "$op"),
        new("$v = $a | New-NatsUser V -SigningKey $ask.PublicKey; Update-NatsSigningKey reader -Account $a; Update-NatsSigningKey $ask.PublicKey "
            + "-Account $a -NewKey $nap.PublicKey", "(Get-NatsUser V -Account A -Store $s).Jwt", "$nap"),
        new("$a | Add-NatsExport more Service", AccountToken, "$op"),
        new("Set-NatsExport mine.> -Account $a -Advertise", AccountToken, "$op"),
        new("Remove-NatsExport mine.> -Account $a", AccountToken, "$op"),
        new("$a | Add-NatsImport secret.a -From $b", AccountToken, "$op"),
        new("Set-NatsImport out.a -Account $a -Share:$false -LocalSubject there", AccountToken, "$op"),
        new("Remove-NatsImport out.a -Account $a", AccountToken, "$op"),
        new("$a | Add-NatsSubjectMapping x y", AccountToken, "$op"),
        new("Remove-NatsSubjectMapping from -Account $a", AccountToken, "$op"),
        new("$u | Add-NatsRevocation -WarningAction Ignore", AccountToken, "$op"),
        new("Get-NatsRevocation -Account $a | Remove-NatsRevocation", AccountToken, "$op"),
        new("$a | Set-NatsJetStreamLimit -MaxMemory 1mb", AccountToken, "$op"),
        new("$a | Remove-NatsJetStreamLimit", AccountToken, "$op"),
        new("$a | Set-NatsAuthCallout -AllowedAccount $b", AccountToken, "$op"),
        new("$a | Remove-NatsAuthCallout", AccountToken, "$op"),
        new("$t = $b | New-NatsActivation secret.a -TargetAccount $a", "$t.Token", "$bp"),
        new("$f = \"$($s.Location)/O/accounts/A/account.yaml\"; [IO.File]::WriteAllText($f, [IO.File]::ReadAllText($f).Replace('mine.>', "
            + "'ours.>')); Update-NatsStore $s", AccountToken, "$op"),
        new("$f = \"$($s.Location)/O/accounts/A/account.yaml\"; [IO.File]::WriteAllText($f, [IO.File]::ReadAllText($f).Replace('mine.>', "
            + "'ours.>')); $r = \"./$([guid]::NewGuid()).yaml\"; New-NatsSigningRequest $r -Store $s | Out-Null; Complete-NatsSigningRequest $r "
                + "-OutputPath \"$r.done\" -Confirm:$false -Store $s | Out-Null; Import-NatsStore \"$r.done\" -Store $s", AccountToken, "$op"),
        new("$t = @{ sub = $u.Subject; nats = @{ type = 'user'; version = 2 } } | ConvertTo-NatsJwt -SigningKey $ask.PublicKey -Store $s", "$t.Token",
            "$ask"),
    ];

    // What speaks with servers needs one: Server/KeySourceTests has them. Test-NatsConnection takes the seeds of users only.
    private static readonly string[] Served =
        ["Publish-NatsAccount", "Unpublish-NatsAccount", "Compare-NatsAccount", "Receive-NatsAccount", "Test-NatsConnection",
        "Get-NatsConnection", "Disconnect-NatsClient", "Watch-NatsConnection", "Measure-NatsPermission", "Get-NatsKeyUsage"];

    // They use private keys, and sign nothing.
    private static readonly string[] Others =
        ["Export-NatsCredential", "Export-NatsContext", "Protect-NatsMessage", "Unprotect-NatsMessage", "Test-NatsStore", "Remove-NatsOperator",
            "Remove-NatsAccount", "New-NatsSigningRequest"];

    public static TheoryData<string, string> Calls
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string place in KeyPlaces.All)
            {
                foreach (Row row in Rows)
                {
                    data.Add(place, row.Script);
                }
            }

            return data;
        }
    }

    public static TheoryData<string> Places => [.. KeyPlaces.All];

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_key_of_a_source_signs(string place, string script)
    {
        Row row = Rows.Single(row => row.Script == script);
        PowerShellSession session = sessions.Of(place);
        Assert.Empty(session.Run($"$t = $null; {Setup}").Errors);
        object?[] before = [.. session.Run($"try {{ {row.Token} }} catch {{ }}").Output.Select(old => old?.BaseObject)];

        RunResult result = session.Run(
            $"$VerbosePreference = $DebugPreference = 'Continue'\n{row.Script}\n$VerbosePreference = $DebugPreference = 'SilentlyContinue'");

        Assert.Empty(result.Errors);
        string token = (string)session.Run(row.Token).Single.BaseObject;
        Assert.DoesNotContain(token, before);
        Assert.Equal(session.Run($"{row.Key}.PublicKey").Single.BaseObject, EntityFiles.Payload(token)["iss"]!.ToString());
        Assert.True(session.Run("Test-NatsJwt $token", ("token", token)).Single.BaseObject is true);
        AssertNothingIsKept(session, result.AllText);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Data_is_signed_by_a_key_of_a_source(string place)
    {
        PowerShellSession session = sessions.Of(place);
        RunResult result = session.Run($"{Setup}; $g = 'data' | New-NatsSignature -SigningKey $ask.PublicKey -Store $s");
        Assert.Empty(result.Errors);
        Assert.True(session.Run("Test-NatsSignature -Data data $g $ask.PublicKey").Single.BaseObject is true);
        AssertNothingIsKept(session, result.AllText);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_store_in_memory_takes_keys_of_sources_too(string place)
    {
        PowerShellSession session = sessions.Of(place);
        RunResult result = session.Run(
            """
            $s = New-NatsStore -InMemory
            $u = New-NatsOperator O -Key $op.PublicKey -Store $s | New-NatsAccount A -Key $ap.PublicKey | New-NatsUser U
            $s.Keys.PublicKeys()
            """);
        Assert.Empty(result.Errors);
        Assert.Equal(session.Run("$u.Subject").Single.BaseObject, result.Single.BaseObject);
        Assert.True(session.Run("$u.Issuer -eq $ap.PublicKey -and (Test-NatsStore $s)").Single.BaseObject is true);
    }

    [Fact]
    public void No_cmdlet_that_signs_is_missing_here() => Assert.Empty(commands.All
        .Where(command => command.Parameters.ContainsKey("SigningKey") || UsesKeys(command.ImplementingType))
        .Select(command => command.Name)
        .Except(Rows.SelectMany(row => row.Script.Split(' ')))
        .Except(Others)
        .Except(Served)
        .Except(["New-NatsSignature"]));

    /// <summary>Whether a cmdlet owns the keys of a session, or the changes that are made with them.</summary>
    private static bool UsesKeys(Type? type) =>
        type is not null && (type.GetFields(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Any(field => field.FieldType.Name is "SessionKeyRings" or "StoreChanges") || UsesKeys(type.BaseType));

    private static void AssertNothingIsKept(PowerShellSession session, string shown)
    {
        string[] files = Directory.GetFiles(session.Folder, "*", SearchOption.AllDirectories);
        string written = string.Concat(files.Select(File.ReadAllText));
        Assert.Contains("jwt: eyJ", written, StringComparison.Ordinal);
        Assert.All(SourceSessions.Seeds(session), seed =>
        {
            Assert.DoesNotContain(seed, written, StringComparison.Ordinal);
            Assert.DoesNotContain(seed, shown, StringComparison.Ordinal);
        });
    }

    private sealed record Row(string Script, string Token, string Key);
}
