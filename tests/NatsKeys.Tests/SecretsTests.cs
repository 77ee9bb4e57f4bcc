using System.Management.Automation;
using NatsKeys.Tests.Help;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>No stream, view or message shows a seed, and files that hold one are for their owner alone.</summary>
public class SecretsTests(ModuleCommands commands) : ModuleTest, IClassFixture<ModuleCommands>
{
    private const string Streams =
        "$VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; $InformationPreference = 'Continue'; $WarningPreference = 'Continue'\n";

    private const string LongForm =
        """
        $op  = New-NatsOperator -Name O2
        $osk = New-NatsKeyPair -Type Operator
        $op  | Add-NatsSigningKey -Key $osk.PublicKey
        $a   = New-NatsAccount -Name A -Operator $op -SigningKey $osk
        $ask = New-NatsKeyPair -Type Account
        $a   | Add-NatsSigningKey -Key $ask.PublicKey -SigningKey $osk
        $u   = New-NatsUser -Name U -Account $a -SigningKey $ask
        $u   | Export-NatsCredential ./U.creds
        """;

    private const string Everything =
        """
        Get-NatsOperator; Get-NatsAccount; Get-NatsUser; Get-NatsKeyPair; Get-NatsStore
        $k = Get-NatsSigningKey -Account A; $k
        $k | Remove-NatsSigningKey -Confirm:$false -PassThru
        $k.Owner | Add-NatsSigningKey
        ConvertFrom-NatsJwt -LiteralPath U.creds
        Test-NatsJwt (Get-NatsUser U) -Detailed
        Import-NatsCredential U.creds
        New-NatsServerConfig -Resolver Memory
        New-NatsKeyPair User
        Get-NatsKeyPair | Import-NatsKeyPair -Seed { $_.ToSeed() } -ErrorAction SilentlyContinue
        New-NatsUser W -Account A -WhatIf
        Export-NatsCredential -User U -WhatIf
        Get-NatsKeyPair | Export-NatsKeyPair ./exported.nk -WhatIf
        Test-NatsConnection (Get-NatsUser U) -Server nats://127.0.0.1:1
        Publish-NatsAccount A -WhatIf
        Export-NatsCredential ./copy.creds -User U -Expires 15m
        Get-NatsKeyPair | ForEach-Object UsedFor
        Get-NatsKeyUsage
        (New-NatsKeyPair User).ToSeed() | ForEach-Object { Get-NatsKeyUsage $_ }
        Test-NatsStore -Detailed
        Test-NatsStore -Detailed | ConvertTo-NatsReport Sarif
        """;

    [Theory]
    [InlineData(Walkthrough)]
    [InlineData(LongForm)]
    [InlineData(Walkthrough + "\n" + Everything)]
    public void No_seed_is_in_any_stream(string script)
    {
        RunResult result = Session.Run(Streams + script);

        Assert.NotEmpty(result.Verbose);
        string[] seeds = [.. Seeds()];
        Assert.NotEmpty(seeds);
        AssertNoSeed(result.AllText, seeds);
    }

    [Theory]
    [InlineData(LongForm + "\n$op; $osk; $a; $ask; $u; $op, $osk, $a, $ask, $u | ForEach-Object { \"$_\" }")]
    [InlineData(Walkthrough + "\n" + Everything)]
    [InlineData(Walkthrough
        + "\nGet-NatsKeyPair | Format-List * -Force; Get-NatsUser | Format-List * -Force; Get-NatsSigningKey -Account A | Format-List *")]
    public void No_seed_is_in_any_view(string script)
    {
        string text = Session.RunText(Streams + script);
        Assert.NotEmpty(text);
        AssertNoSeed(text, Seeds());
    }

    [Theory]
    [InlineData("Import-NatsKeyPair -Seed {0}X")]
    [InlineData("Import-NatsKeyPair {0}")]
    [InlineData("Import-NatsKeyPair ./bad.nk")]
    [InlineData("New-NatsOperator O -Key {0}")]
    [InlineData("New-NatsOperator O -Key {0}X")]
    [InlineData("New-NatsOperator O -SigningKey {0}")]
    [InlineData("New-NatsOperator O -SigningKey {0}X")]
    [InlineData("New-NatsOperator O -SigningKey ./bad.nk")]
    [InlineData("Get-NatsKeyPair {0}")]
    [InlineData("Get-NatsKeyUsage {0}X")]
    [InlineData("Get-NatsKeyUsage ./bad.nk")]
    [InlineData("{1} | Get-NatsKeyPair")]
    [InlineData("{1} | ConvertFrom-NatsJwt")]
    [InlineData("{1} | Test-NatsJwt -Detailed")]
    [InlineData("Import-NatsCredential ./bad.nk")]
    [InlineData("Export-NatsKeyPair ./out.nk -KeyPair {0}X")]
    public void No_seed_is_in_the_message_of_an_error(string script)
    {
        WriteFile("bad.nk", $"{AccountSeed}X\n");

        // The line itself is the user's own; what the module adds to it must not repeat the seed.
        RunResult result = RunToEnd(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, AccountSeed, $"'{AccountSeed}'"));

        string text = string.Join(
            '\n', result.Errors.Select(error => error.Exception.ToString()).Concat(result.Output.Select(item => item.ToString())));
        Assert.DoesNotContain(AccountSeed, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_that_is_asked_about_is_not_shown_where_nothing_uses_it()
    {
        Run("New-NatsOperator Other");
        RunResult result = Run($"Get-NatsKeyUsage {AccountSeed}");
        Assert.DoesNotContain(AccountSeed, Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_is_in_no_file_of_the_store()
    {
        Run(Walkthrough);
        string text = string.Concat(Directory.GetFiles(Session.StoreRoot, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        AssertNoSeed(text, Seeds());
    }

    [Fact]
    public void Files_with_secrets_and_their_folders_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Run(Walkthrough);
        Run("Get-NatsUser | Export-NatsCredential; Get-NatsKeyPair -Type User | Export-NatsKeyPair ./mine.nk");

        string[] secrets =
        [
            .. Directory.GetFiles(Session.KeyRoot, "*.nk", SearchOption.AllDirectories),
            .. Directory.GetFiles(Session.KeyRoot, "*.creds", SearchOption.AllDirectories),
            PathOf("U.creds"), PathOf("mine.nk"),
        ];
        Assert.Equal(8, secrets.Length);
        foreach (string file in secrets)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        foreach (string folder in Directory.GetDirectories(Session.KeyRoot, "*", SearchOption.AllDirectories).Append(Session.KeyRoot))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
    }

    [Fact]
    public void A_file_that_others_may_read_is_replaced_by_one_that_they_may_not()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Run("New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U | Out-Null");
        WriteFile("U.creds", "");
        File.SetUnixFileMode(PathOf("U.creds"), (UnixFileMode)0x1B6);

        Run("Export-NatsCredential U.creds -User U -Force");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("U.creds")));
    }

    [Fact]
    public void A_link_is_not_written_through()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Run("New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U | Out-Null");
        WriteFile("elsewhere", "mine");
        File.CreateSymbolicLink(PathOf("U.creds"), PathOf("elsewhere"));

        Reports("FileExists", "Export-NatsCredential U.creds -User U");
        Session.Run("Export-NatsCredential U.creds -User U -Force");

        Assert.Equal("mine", File.ReadAllText(PathOf("elsewhere")));
    }

    [Fact]
    public void A_seed_in_a_secure_string_leaves_no_trace_in_the_errors_of_the_session()
    {
        Run("$secret = Import-NatsKeyPair -Seed $seed; $secret = $secret.ToSeed()", ("seed", AccountSeed));
        Session.Run("New-NatsUser U -SigningKey $secret; New-NatsOperator O -Key $secret; Remove-Variable seed -ErrorAction Ignore");
        string text = (string)Value("\"$($Error.ForEach({ $_.ToString() + $_.Exception + $_.TargetObject + $_.InvocationInfo.Line }))\"")!;
        Assert.Contains(AccountKey, text, StringComparison.Ordinal);
        AssertNoSeed(text, [AccountSeed]);
    }

    public static TheoryData<string> Cmdlets()
    {
        using var commands = new ModuleCommands();
        return [.. commands.All.Select(command => command.Name)];
    }

    /// <summary>A seed in the place of every parameter, in every form that somebody may give it, whatever the parameter takes.</summary>
    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_seed_in_the_wrong_place_is_not_repeated(string cmdlet)
    {
        CmdletInfo command = commands.Named(cmdlet);
        bool changes = command.Parameters.ContainsKey("WhatIf");
        Run(
            """
            $op = New-NatsOperator O2; $a = $op | New-NatsAccount A; $u = $a | New-NatsUser U; $null = $a |
                Add-NatsExport x.> Stream; $curve = (New-NatsKeyPair Curve).PublicKey
            function said($errors) {
                foreach ($e in $errors) {
                    "$e $($e.ErrorDetails) $($e.TargetObject) $($e.CategoryInfo)"
                    if ($e.TargetObject -isnot [string]) { $e.TargetObject | Format-List * -Force | Out-String -Width 4000 }
                    for ($x = $e.Exception; $x; $x = $x.InnerException) { "$x $($x.Path) $($x.Data.Values)" }
                }
            }
            """);
        // Sets of parameters that ask for the same are one line.
        (string Parameter, string Given)[] lines =
        [
            .. from set in command.ParameterSets
               where !set.Parameters.Any(parameter => parameter is { IsMandatory: true, Name: "AsPlainText" or "AsSecureString" })
               from parameter in set.Parameters
               where MamlParameters.IsOwn(parameter) && parameter.ParameterType != typeof(SwitchParameter)
               let others = set.Parameters.Where(other => other.IsMandatory && other != parameter)
               let given = others.OrderBy(other => other.Name, StringComparer.Ordinal).Select(other => $" -{other.Name}{Filled(other)}")
               select (parameter.Name, string.Concat(given)),
        ];
        foreach (string form in Forms)
        {
            Session.Run($"$wrong = {form}", ("seed", AccountSeed));
            foreach ((string parameter, string given) in lines.Distinct())
            {
                RunResult result = RunToEnd($"{Streams}$Error.Clear(); {cmdlet} -{parameter} $wrong{given}{(changes ? " -WhatIf" : "")}");
                string said = string.Concat(Session.Run("said $Error").Output.Select(line => line.ToString()));
                AssertNoSeed($"{cmdlet} -{parameter}: {result.AllText}{said}", [AccountSeed]);
            }
        }
    }

    /// <summary>What is written in the place of a seed that is whole, as PowerShell.</summary>
    private static readonly string[] Forms =
    [
        "$seed", "$seed.ToLowerInvariant()", "\"./$seed\"", "\"k_$seed\"", "($seed -split '(.{8})' -ne '') -join ' '",
        "\"nats://${seed}@127.0.0.1:9\"", "\"{`\"seed`\":`\"$seed`\"}\"",
    ];

    private static string Filled(CommandParameterInfo parameter) => parameter.ParameterType == typeof(SwitchParameter) ? "" : parameter.Name switch
    {
        "Path" or "Directory" => " ./out",
        "Type" when parameter.ParameterType.IsEnum => " Account",
        "Type" => " Stream",
        "Resolver" => " Memory",
        "Format" => " Nsc",
        "Export" or "InputObject" => " $u",
        "SigningKey" or "PublicKey" or "Key" or "TargetAccount" => " $a.Subject",
        "Recipient" or "To" or "From" or "Sender" => " $curve",
        "Server" => " nats://127.0.0.1:9",
        "Signer" => " { }",
        "Token" => " $u.Jwt",
        _ => " x",
    };

    private static void AssertNoSeed(string text, IEnumerable<string> seeds)
    {
        Assert.DoesNotMatch(SeedText.Pattern(), text);
        string whole = text.Replace(" ", "", StringComparison.Ordinal);
        Assert.All(seeds, seed => Assert.DoesNotContain(seed[2..32], whole, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The engine repeats what it cannot convert, or does not find among the values of a parameter.</summary>
    [Fact]
    public void What_the_engine_would_repeat_is_looked_at_before()
    {
        string[] open =
        [
            .. from command in commands.All
               from parameter in ModuleCommands.OwnParameters(command)
               let type = Nullable.GetUnderlyingType(parameter.ParameterType)
                   ?? (parameter.ParameterType.IsArray ? parameter.ParameterType.GetElementType()! : parameter.ParameterType)
               where type != typeof(SwitchParameter) && type != typeof(PSObject) && type != typeof(System.Security.SecureString)
               where parameter.Attributes.OfType<ValidateSetAttribute>()
                   .Any() || (type != typeof(string) && type.GetConstructor([typeof(string)]) is null && type.GetConstructor([typeof(object)]) is null
                       && type.GetConstructor([typeof(PSObject)]) is null)
               where !parameter.Attributes.Any(attribute => attribute.GetType().Name == "NoSeedAttribute")
               select $"{command.Name} -{parameter.Name} ({type.Name})",
        ];
        Assert.Empty(open.Distinct());
    }

    /// <summary>The seeds of the key root, read as the files have them.</summary>
    private IEnumerable<string> Seeds() =>
        Directory.GetFiles(Session.KeyRoot, "*.nk", SearchOption.AllDirectories)
            .Select(file => SeedText.Pattern().Match(File.ReadAllText(file)).Value);
}
