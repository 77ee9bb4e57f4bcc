using System.Management.Automation;
using NatsKeys.Tests.Help;

namespace NatsKeys.Tests;

/// <summary>
/// How cmdlets take paths. What reads files has them as the engine's own cmdlets do: <c>-Path</c> with wildcards, <c>-LiteralPath</c> without. What
/// writes them knows no wildcards, so both names mean the same.
/// </summary>
public sealed class PathParameterTests(ModuleCommands commands) : ModuleTest, IClassFixture<ModuleCommands>
{
    private const string Setup =
        """
        $o = New-NatsOperator O2; $a = $o | New-NatsAccount A -MaxConnections 5; $u = $a | New-NatsUser U
        $key = $a | Add-NatsSigningKey; $pair = Get-NatsKeyPair $key.PublicKey; $curve = New-NatsKeyPair Curve
        $other = ($o | Add-NatsSigningKey).PublicKey
        """;

    /// <summary>What makes the file, and what reads it: <c>@</c> is the parameter with the path.</summary>
    private static readonly Dictionary<string, (string Make, string Read)> Readers = new()
    {
        ["Complete-NatsSigningRequest"] = (
            "$y = Get-Item store/O2/accounts/A/account.yaml; (Get-Content $y -Raw).Replace('conn: 5', 'conn: 6') | Set-Content $y; "
                + "$null = $a | New-NatsSigningRequest -Path $file",
            "Complete-NatsSigningRequest @ -OutputPath answer.yaml -Confirm:$false"),
        ["ConvertFrom-NatsJwt"] = ("$u.Jwt | Set-Content -LiteralPath $file", "ConvertFrom-NatsJwt @"),
        ["Get-NatsStore"] = ("$null = New-NatsStore $file", "Get-NatsStore @"),
        ["Import-NatsCredential"] = ("$u | Export-NatsCredential $file", "Import-NatsCredential @"),
        ["Import-NatsKeyPair"] = ("$pair | Export-NatsKeyPair $file", "Import-NatsKeyPair @"),
        ["Import-NatsStore"] = ("$u | Export-NatsCredential $file; Remove-NatsUser U -Confirm:$false", "Import-NatsStore @ -PassThru"),
        ["New-NatsSignature"] = ("'data' | Set-Content -LiteralPath $file", "New-NatsSignature @ -SigningKey $pair"),
        ["Protect-NatsMessage"] = (
            "'data' | Set-Content -LiteralPath $file", "Protect-NatsMessage @ -Key $curve -Recipient $curve.PublicKey"),
        ["Test-NatsJwt"] = ("$u.Jwt | Set-Content -LiteralPath $file", "Test-NatsJwt @"),
        ["Test-NatsSignature"] = (
            "'data' | Set-Content -LiteralPath $file; $signature = New-NatsSignature -LiteralPath $file -SigningKey $pair",
            "Test-NatsSignature @ -Signature $signature -PublicKey $pair"),
        ["Unprotect-NatsMessage"] = (
            "'data' | Protect-NatsMessage -Key $curve -Recipient $curve.PublicKey | Set-Content -LiteralPath $file",
            "Unprotect-NatsMessage @ -Key $curve -Sender $curve.PublicKey"),
    };

    private static readonly Dictionary<string, string> Writers = new()
    {
        ["Export-NatsContext"] = "Export-NatsContext U @ -Server nats://localhost -ExportCredential",
        ["Export-NatsCredential"] = "Export-NatsCredential U @",
        ["Export-NatsKeyPair"] = "$pair | Export-NatsKeyPair @",
        ["Export-NatsStore"] = "Export-NatsStore @ -AsNsc",
        ["New-NatsServerConfig"] = "New-NatsServerConfig @ -Resolver Memory",
        ["New-NatsSigningRequest"] = "$a | New-NatsSigningRequest @ -SigningKey $other",
        ["New-NatsStore"] = "New-NatsStore @",
    };

    public static TheoryData<string> Reading() => [.. Readers.Keys];

    public static TheoryData<string> Writing() => [.. Writers.Keys];

    [Fact]
    public void Every_cmdlet_with_a_path_is_here()
    {
        IEnumerable<string> found = commands.All.Where(command => command.Parameters.Keys.Any(IsPath)).Select(command => command.Name);
        Assert.Equal(Readers.Keys.Concat(Writers.Keys).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Reading))]
    public void What_reads_has_both_in_sets_of_their_own(string name)
    {
        CmdletInfo command = commands.Named(name);
        ParameterMetadata path = command.Parameters["Path"];
        ParameterMetadata literal = command.Parameters["LiteralPath"];
        Assert.Contains(path.Attributes, attribute => attribute is SupportsWildcardsAttribute);
        Assert.DoesNotContain(literal.Attributes, attribute => attribute is SupportsWildcardsAttribute);
        Assert.Equal(path.ParameterType, literal.ParameterType);
        Assert.Equal(["LP", "PSPath"], literal.Aliases.Order(StringComparer.Ordinal));
        Assert.Empty(path.Aliases);
        Assert.Empty(path.ParameterSets.Keys.Intersect(literal.ParameterSets.Keys));
        Assert.True(Assert.Single(literal.ParameterSets).Value is { ValueFromPipelineByPropertyName: true, IsMandatory: true });
    }

    [Theory]
    [MemberData(nameof(Reading))]
    public void What_reads_expands_wildcards_unless_the_path_is_literal(string name)
    {
        (string make, string read) = Readers[name];
        Run($"$file = './in[1].creds'; {Setup}; {make}");
        foreach (string path in new[]
        {
            "-LiteralPath './in[1].creds'", "-LP 'in[1].creds'", "-Path './in`[1`].creds'", "-Path './in*.creds'", "-Path './i?*.cred?'",
        })
        {
            Assert.NotEmpty(Run(read.Replace("@", path, StringComparison.Ordinal) + "; Remove-Item answer.yaml -ErrorAction Ignore").Output);
        }

        Assert.NotEmpty(RunToEnd(read.Replace("@", "-LiteralPath './in`[1`].creds'", StringComparison.Ordinal)).Errors);
        string piped = read.Replace(" @", "", StringComparison.Ordinal);
        Assert.NotEmpty(Run("Get-Item -LiteralPath './in[1].creds' | Select-Object PSPath | " + piped).Output);
    }

    [Theory]
    [MemberData(nameof(Writing))]
    public void What_writes_takes_every_name_as_it_is(string name)
    {
        ParameterMetadata path = commands.Named(name).Parameters["Path"];
        Assert.Equal(["LP", "LiteralPath"], path.Aliases.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(path.Attributes, attribute => attribute is SupportsWildcardsAttribute);
        Assert.DoesNotContain(path.ParameterSets.Values, set => set.ValueFromPipelineByPropertyName);

        Run(Setup);
        Directory.CreateDirectory(PathOf("out[0]"));
        foreach ((string typed, string file) in new[]
        {
            ("-Path './out[1].x'", "out[1].x"),
            ("-LiteralPath './out[2].x'", "out[2].x"),
            ("-LP './out[0]/3.x'", "out[0]/3.x"),
            ("-Path './out`[0`]/4.x'", "out[0]/4.x"),
        })
        {
            Run(Writers[name].Replace("@", typed, StringComparison.Ordinal) + " -WarningAction Ignore");
            Assert.True(Path.Exists(PathOf(file)), file);
        }
    }

    [Theory]
    [InlineData("FileNotFound", "none*")]
    [InlineData("InvalidPath", "*.x")]
    public void Where_one_file_is_meant_wildcards_match_one(string id, string path)
    {
        Run($"{Setup}; 'a' | Set-Content a.x; 'b' | Set-Content b.x");
        Reports(id, $"New-NatsSignature -Path '{path}' -SigningKey $pair");
        Reports(id, $"Protect-NatsMessage -Path '{path}' -Key $curve -Recipient $curve.PublicKey");
    }

    [Fact]
    public void A_backtick_that_is_in_a_name_stays_there()
    {
        if (!OperatingSystem.IsWindows())
        {
            Run(Setup + "; $u | Export-NatsCredential './odd`[1`].creds'; Rename-Item -LiteralPath './odd[1].creds' 'odd`[1`].creds'");
            Assert.NotEmpty(Run("Import-NatsCredential './odd`[1`].creds'").Output);
        }
    }

    private static bool IsPath(string parameter) => parameter is "Path" or "LiteralPath";
}
