using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using NatsKeys.Tests.Help;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>
/// Cmdlets that read change nothing: many runspaces get from the same objects what one gets alone, and the objects are the same afterwards.
/// </summary>
public sealed class SharedReadingTests(ModuleCommands commands) : ModuleTest, IClassFixture<ModuleCommands>
{
    private const int Runspaces = 8;
    private const int Turns = 8;
    private const int Deepest = 3;

    private const string Setup =
        """
        $s = New-NatsStore {0}
        $o = New-NatsOperator O -Store $s -ServiceUrl nats://first:1
        $ok = $o | Add-NatsSigningKey
        $a = $o | New-NatsAccount A -AllowPublish p1 -DenySubscribe s3
        $b = $o | New-NatsAccount B
        $a | Add-NatsExport z.public Stream
        $a | Add-NatsExport a.private Service -Private
        $b | Add-NatsImport z.public -From $a
        $a | Set-NatsJetStreamLimit -MaxDisk 10 -MaxMemory 10
        $a | Add-NatsSubjectMapping m n
        $ak = $a | Add-NatsSigningKey
        $role = $a | Add-NatsSigningKey -Role reader -AllowPublish 'data.{{name()}}'
        $u = New-NatsUser U -Account (Get-NatsAccount A -Store $s) -AllowPublish p1, p2
        $r = $role | New-NatsUser R
        $many = 1..20 | ForEach-Object { New-NatsUser "u$_" -Account (Get-NatsAccount A -Store $s) }
        $gone = New-NatsUser Gone -Account (Get-NatsAccount A -Store $s)
        $gone | Add-NatsRevocation
        $b | Set-NatsAuthCallout -AuthUser (New-NatsUser C -Account (Get-NatsAccount B -Store $s))
        $key = New-NatsKeyPair User
        $x = @{
            s = $s; o = Get-NatsOperator O -Store $s; a = Get-NatsAccount A -Store $s; b = Get-NatsAccount B -Store $s
            users = @(Get-NatsUser -Store $s); u = Get-NatsUser U -Store $s; r = Get-NatsUser R -Store $s
            jwt = ConvertFrom-NatsJwt (Get-NatsAccount A -Store $s).Jwt; findings = @(Test-NatsStore -Store $s -Detailed -MinimumSeverity Advice)
            key = $key; signature = 'data' | New-NatsSignature -SigningKey $key; issuer = $o.Subject
        }
        $x
        """;

    /// <summary>What each cmdlet that reads is given of the objects in <c>$x</c>.</summary>
    private static readonly Dictionary<string, string> Reads = new(StringComparer.Ordinal)
    {
        ["ConvertFrom-NatsJwt"] = "$x.a, $x.u, $x.jwt | ConvertFrom-NatsJwt",
        ["ConvertTo-NatsDiagram"] = "$x.a, $x.b, $x.o | ConvertTo-NatsDiagram -IncludeUser -IncludeSigningKey",
        ["ConvertTo-NatsJwt"] =
            "ConvertTo-NatsJwt $x.a.Claims -SigningKey $x.issuer -Store $x.s -IssuedAt 2027-01-31T12:00:00Z; ConvertTo-NatsJwt $x.jwt -SigningKey "
                + "$x.issuer -Store $x.s -IssuedAt 2027-01-31T12:00:00Z",
        ["ConvertTo-NatsReport"] = "$x.findings | ConvertTo-NatsReport Sarif",
        ["Compare-NatsAccess"] = "Compare-NatsAccess $x.s $x.s",
        ["Get-NatsAccess"] = "Get-NatsAccess p1 -Store $x.s; Get-NatsAccess -Subscribe 's3.>' -Store $x.s",
        ["Get-NatsAccount"] = "Get-NatsAccount -Store $x.s",
        ["Get-NatsAuthCallout"] = "$x.b | Get-NatsAuthCallout",
        ["Get-NatsExport"] = "$x.a | Get-NatsExport",
        ["Get-NatsImport"] = "$x.b | Get-NatsImport",
        ["Get-NatsJetStreamLimit"] = "$x.a | Get-NatsJetStreamLimit",
        ["Get-NatsKeyPair"] = "Get-NatsKeyPair $x.a.Subject -Store $x.s",
        ["Get-NatsKeySource"] = "Get-NatsKeySource -Store $x.s",
        ["Get-NatsKeyUsage"] = "Get-NatsKeyUsage $x.a.Subject -Store $x.s",
        ["Get-NatsOperator"] = "Get-NatsOperator -Store $x.s",
        ["Get-NatsRotation"] = "Get-NatsRotation $x.s",
        ["Get-NatsRevocation"] = "$x.a | Get-NatsRevocation",
        ["Get-NatsSigningKey"] = "$x.a, $x.o | Get-NatsSigningKey",
        ["Get-NatsStore"] = "if ($x.s.CredentialRoot) { Get-NatsStore $x.s.Location -KeyPath $x.s.Keys.Location }",
        ["Get-NatsSubjectMapping"] = "$x.a | Get-NatsSubjectMapping",
        ["Get-NatsUser"] = "Get-NatsUser -Store $x.s",
        ["Test-NatsJwt"] = "$x.users | Test-NatsJwt; $x.users | Test-NatsJwt; $x.o, $x.a, $x.b, $x.jwt | Test-NatsJwt -Detailed",
        ["Test-NatsPermission"] =
            "Test-NatsPermission -User $x.u -Publish p1 -Detailed; Test-NatsPermission -User $x.r -Publish data.R; Test-NatsPermission -User $x.u "
                + "-Subscribe s3",
        ["Test-NatsSignature"] = "'data' | Test-NatsSignature -Signature $x.signature -PublicKey $x.key.PublicKey",
        ["Test-NatsStore"] = "Test-NatsStore -Store $x.s; Test-NatsStore -Store $x.s -Detailed -MinimumSeverity Advice",
    };

    /// <summary>What only a server can answer.</summary>
    private static readonly string[] OfServers = ["Compare-NatsAccount", "Get-NatsConnection", "Measure-NatsPermission", "Test-NatsConnection"];
    private static readonly string[] ReadingVerbs =
        ["Get", "Test", "Compare", "ConvertFrom", "ConvertTo", "Find", "Measure", "Search", "Show", "Resolve", "Select", "Read"];

    [Fact]
    public void Every_cmdlet_that_reads_is_driven() => Assert.Equal(
        commands.All.Where(command => ReadingVerbs.Contains(command.Verb)).Select(command => command.Name).Order(StringComparer.Ordinal),
        Reads.Keys.Concat(OfServers).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("./shared -KeyPath ./secret")]
    [InlineData("-InMemory")]
    public void ForEach_Object_Parallel_reads_what_one_thread_reads(string place)
    {
        var shared = (Hashtable)Run(Setup.Replace("{0}", place, StringComparison.Ordinal)).Single.BaseObject;
        string[] claims = ClaimsOf(shared);
        string[] alone = Answers(Run(Body(Turns), Variables(shared)));

        RunResult many = Run(
            $$"""
            1..{{Runspaces}} | ForEach-Object -ThrottleLimit {{Runspaces}} -Parallel {
                Import-Module $using:manifest -ErrorAction Stop
                $x = $using:x; $show = $using:show
                {{Body(Turns)}}
            }
            """,
            Variables(shared));

        Assert.Equal(Runspaces * Turns * Reads.Count, many.Output.Count);
        Assert.Equal(alone, Answers(many));
        Assert.Equal(claims, ClaimsOf(shared));
        Assert.Equal(alone, Answers(Run(Body(Turns), Variables(shared))));
    }

    [Fact]
    public async Task Sessions_of_one_process_read_what_one_session_reads()
    {
        var shared = (Hashtable)Run(Setup.Replace("{0}", "-InMemory", StringComparison.Ordinal)).Single.BaseObject;
        string[] claims = ClaimsOf(shared);
        string[] alone = Answers(Run(Body(Turns), Variables(shared)));

        RunResult[] many = await Task.WhenAll(Enumerable.Range(0, Runspaces).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var session = new PowerShellSession(ownsRoots: false);
                return session.Run(Body(Turns), Variables(shared));
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.All(many, result => Assert.Empty(result.Errors));
        Assert.All(many, result => Assert.Equal(alone, Answers(result)));
        Assert.Equal(claims, ClaimsOf(shared));
    }

    [Fact]
    public void What_was_handed_out_changes_nothing_of_what_the_store_does()
    {
        Run("$s = New-NatsStore -InMemory; New-NatsOperator O -Store $s | New-NatsAccount A -DisallowBearer | Out-Null");
        Assert.Contains("read-only", Ends("(Get-NatsAccount A -Store $s).Claims.Limits.DisallowBearer = $false").Message, StringComparison.Ordinal);
        Run("(Get-NatsAccount A -Store $s).Claims.Copy().Limits.DisallowBearer = $false");
        Ends("New-NatsUser U -Account (Get-NatsAccount A -Store $s) -BearerToken -ErrorAction Stop");

        Assert.Equal(0, Value("@(Get-NatsUser -Store $s).Count"));
    }

    /// <summary>Each read in a line with its name and what it says.</summary>
    private static string Body(int turns) =>
        string.Join('\n', Reads.Select(read => $"1..{turns} | ForEach-Object {{ \"{read.Key} $($show.Invoke(@({read.Value})))\" }}"));

    private static string[] Answers(RunResult result)
    {
        Assert.Empty(result.Errors.Select(error => error.ToString()));
        return [.. result.Output.Select(line => (string)line.BaseObject).Distinct().Order(StringComparer.Ordinal)];
    }

    private static string[] ClaimsOf(Hashtable shared) =>
        [.. new[] { "o", "a", "b", "u", "r", "jwt" }.Select(name => Show(((PSObject)shared[name]!).BaseObject.GetType()
            .GetProperty("Claims", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)!
            .GetValue(((PSObject)shared[name]!).BaseObject)))];

    private static (string, object?)[] Variables(Hashtable shared) =>
        [("x", shared), ("show", new Func<object?[], string>(values => Show(values))), ("manifest", PowerShellSession.ManifestPath)];

    /// <summary>What a value says, with every public property of it.</summary>
    private static string Show(object? value, int depth = 0)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            null => "-",
            string text => text,
            IDisposable => $"{plain}",
            IEnumerable items => depth < Deepest ? $"[{string.Join(", ", items.Cast<object?>().Select(item => Show(item, depth + 1)))}]" : "[…]",
            _ when depth < Deepest && IsOurs(plain.GetType()) => $"{plain} {{{string.Join(", ", Members(plain, depth))}}}",
            _ => Convert.ToString(plain, CultureInfo.InvariantCulture) ?? "",
        };
    }

    private static IEnumerable<string> Members(object of, int depth) => of.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0 && property.Name != "Store")
        .Select(property => $"{property.Name}: {Show(property.GetValue(of), depth + 1)}");

    private static bool IsOurs(Type type) => !type.IsEnum && type.Namespace?.StartsWith("NatsKeys", StringComparison.Ordinal) is true;
}
