using System.Text.Json.Nodes;
using NatsKeys.Rules;

namespace NatsKeys.Tests.Server;

/// <summary>
/// A real server starts with what the reference started with, and New-NatsServerConfig makes no configuration with which it would not.
/// </summary>
public sealed class ServerStartTests : ClaimsTest
{
    private const string Memory = "New-NatsServerConfig -Resolver Memory";
    private const string Full = "New-NatsServerConfig -Resolver Full";
    private const string ByHand = "Configure";
    private const string NamesSystemAccount = "Set-NatsOperator O2 -SystemAccount SYS";
    private const string NeedsFullResolver = $$"""{{ByHand}} -Resolver '{ type: full, dir: "./jwt" }'""";

    private const string AccountIdentity = "ACGFPMPQKLZKGCFJWIIZW7DPGFCW3QNQYJXJCSBZOMORNLBV5VX2SDFW";

    private static readonly Dictionary<string, Case> Cases = new(StringComparer.Ordinal)
    {
        ["baseline"] = new(Memory),
        ["quoted"] = new($"""{ByHand} -Operators "`"$($o.Jwt)`"" -Preload "`"$($a.Subject)`": `"$($a.Jwt)`"" """),
        ["operator-expired"] = new(Memory) { Operator = payload => payload["exp"] = 1_000_000_000 },
        ["operator-issued-by-other"] = new(
            $"{ByHand} -Operators ($o.Jwt | ConvertFrom-NatsJwt | ConvertTo-NatsJwt -SigningKey (New-NatsKeyPair Operator)).Token"),
        ["operator-v1"] = new($"{NeedsFullResolver} -Operators $v1"),
        ["operator-bad-signature"] = new(
            $"{ByHand} -Operators (Spoil $o.Jwt)", Memory) { Setup = "Replace O2/operator.yaml (Get-NatsOperator O2).Jwt" },

        // Which version a server has is not known when its configuration is made.
        ["operator-version-too-high"] = new(Memory) { Setup = "Set-NatsOperator O2 -AssertServerVersion 99.0.0", IsUnforeseen = true },
        ["operator-version-low"] = new(Memory) { Setup = "Set-NatsOperator O2 -AssertServerVersion 2.0.0" },
        ["operator-version-malformed"] = new(ByHand, Memory) { Operator = payload => payload["nats"]!["assert_server_version"] = "2.x.0" },
        ["operator-signing-key-bad"] = new(ByHand, Memory) { Operator = payload => payload["nats"]!["signing_keys"] = new JsonArray(AccountKey) },
        ["strict-without-signing-keys"] = new($$"""{{ByHand}} -System $sys.Subject -Preload "$($sys.Subject): $($sys.Jwt)" """, Memory)
        {
            Operator = IsStrictWithoutKeys,
        },
        ["system-account-differs"] = new($"{ByHand} -System $a.Subject", $"{Memory} -SystemAccount A") { Setup = NamesSystemAccount },
        ["system-account-only-operator"] = new($$"""{{ByHand}} -Preload "$($sys.Subject): $($sys.Jwt)" """) { Setup = NamesSystemAccount },
        ["system-account-nowhere"] = new(Memory),
        ["system-account-not-resolvable"] = new(ByHand, Memory) { Operator = payload => payload["nats"]!["system_account"] = AccountIdentity },
        ["full"] = new(Full) { Setup = NamesSystemAccount },
        ["full-no-system-account"] = new(NeedsFullResolver, Full),
        ["full-hard-delete-alone"] = new($$"""{{ByHand}} -Resolver '{ type: full, dir: "./jwt", hard_delete: true }'""", $"{Full} -HardDelete")
        {
            Setup = NamesSystemAccount,
            Since = ServerFeature.HardDelete,
        },
        ["full-ttl"] = new($$"""{{ByHand}} -Resolver '{ type: full, dir: "./jwt", ttl: "1h" }'""", $"{Full} -Ttl 1h") { Setup = NamesSystemAccount },
        ["full-strict-no-sk"] = new($"{NeedsFullResolver} -System $sys.Subject", $"{Full} -SystemAccount SYS") { Operator = IsStrictWithoutKeys },
        ["full-no-preload"] = new(NeedsFullResolver) { Setup = NamesSystemAccount },
        ["no-resolver"] = new($"{ByHand} -Resolver ''"),
        ["preload-bad"] = new(
            $$"""{{ByHand}} -Preload "$($a.Subject): $(Spoil $a.Jwt)" """, Memory) { Setup = "Replace O2/accounts/A/account.yaml $a.Jwt" },
        ["preload-wrong-key"] = new($$"""{{ByHand}} -Preload "$($sys.Subject): $($a.Jwt)" """) { Setup = NamesSystemAccount },
        ["with-users"] = new($"{ByHand} -More 'authorization: {{ users: [ {{ user: u, password: p }} ] }}'"),
        ["with-accounts"] = new($"{ByHand} -More 'accounts: {{ X: {{}} }}'"),
        ["two-operators"] = new($"""{ByHand} -Operators "[$($o.Jwt), $((New-NatsOperator P).Jwt)]" """) { Since = ServerFeature.OperatorList },
        ["operator-file-decorated"] = new(
            "[System.IO.File]::WriteAllText(\"$pwd/o.jwt\", \"-----BEGIN NATS OPERATOR JWT-----`n$($o.Jwt)`n------END NATS OPERATOR JWT------`n\"); "
            + $"{ByHand} -Operators \"'$pwd/o.jwt'\""),
        ["operator-file-newline"] = new(
            "New-NatsServerConfig ./n.conf -OperatorPath ./o.jwt -Resolver Memory; [System.IO.File]::ReadAllText(\"$pwd/n.conf\")"),
        ["pinned-bad"] = new($"{ByHand} -More 'resolver_pinned_accounts: [ ABC ]'"),
    };

    public static TheoryData<string, bool> Starts
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (JsonObject entry in Vectors.Cases("server-start.json"))
            {
                data.Add(entry.Text("id"), entry["starts"]!.GetValue<bool>());
            }

            return data;
        }
    }

    [NatsServerTheory]
    [MemberData(nameof(Starts))]
    public async Task A_server_starts_with_what_it_can_take_and_the_module_makes_nothing_else(string id, bool starts)
    {
        Case vector = Cases[id];
        Run(
            """
            $sys = $ok | New-NatsAccount SYS
            function Configure([string] $Resolver = 'MEMORY', [string] $Operators = (Get-NatsOperator O2).Jwt, [string] $System,
                [string] $Preload = "$($a.Subject): $($a.Jwt)", [string] $More) {
                $system = if ($System) { "system_account: $System`n" }
                $resolver = if ($Resolver) { "resolver: $Resolver`n" }
                "operator: $Operators`n$system${resolver}resolver_preload: {`n  $Preload`n}`n$More`n"
            }
            function Spoil([string] $Token) {
                $start = $Token.LastIndexOf('.') + 1
                $Token.Substring(0, $start) + ($Token[$start] -ceq 'A' ? 'B' : 'A') + $Token.Substring($start + 1)
            }
            function Replace([string] $File, [string] $Token) {
                $path = [System.IO.Path]::Combine((Get-NatsStore).Location, $File)
                [System.IO.File]::WriteAllText($path, [System.IO.File]::ReadAllText($path).Replace($Token, (Spoil $Token)))
            }
            """,
            ("v1", Vectors.Cases("jwt-v1.json").First(entry => entry.Text("claim_type") == "operator").Text("token")));
        if (vector.Operator is not null)
        {
            ChangeOperator(vector.Operator);
        }

        Run(vector.Setup);
        if (vector.Module is not null)
        {
            Reports("InvalidServerConfig", vector.Module);
        }

        string configuration = (string)Value(vector.Configuration)!;
        bool isDecidedSo = vector.Since is not { } feature || NatsServerProgram.Current!.Version.Has(feature);
        Assert.Equal(starts == isDecidedSo, await StartsAsync(configuration));

        Assert.True(starts || vector.Module is not null || vector.IsUnforeseen || vector.Configuration.StartsWith(ByHand, StringComparison.Ordinal));
    }

    private static void IsStrictWithoutKeys(JsonObject payload)
    {
        payload["nats"]!.AsObject().Remove("signing_keys");
        payload["nats"]!["strict_signing_key_usage"] = true;
    }

    private async Task<bool> StartsAsync(string configuration)
    {
        using var server = new NatsServer(Session.Folder);
        try
        {
            await server.StartAsync(configuration);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <param name="Configuration">Gives the text.</param>
    /// <param name="Module">What the module refuses to make; null where it makes it, or has no way to ask for it.</param>
    private sealed record Case(string Configuration, string? Module = null)
    {
        public string Setup { get; init; } = "";

        public Action<JsonObject>? Operator { get; init; }

        /// <summary>Whether the module makes what some servers refuse.</summary>
        public bool IsUnforeseen { get; init; }

        /// <summary>What makes servers decide so: those without it do the opposite.</summary>
        public ServerFeature? Since { get; init; }
    }
}
