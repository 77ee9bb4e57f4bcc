using System.Collections;
using System.Management.Automation;
using System.Text.Json.Nodes;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class ConvertToNatsJwtTests : ModuleTest
{
    private const string Sign = "ConvertTo-NatsJwt -SigningKey $seed -IssuedAt ([DateTimeOffset]::FromUnixTimeSeconds($iat))";

    public ConvertToNatsJwtTests() =>
        Run("$k = New-NatsKeyPair Account; $s = New-NatsKeyPair User; $claims = @{ name = 'U'; sub = $s.PublicKey; nats = @{ type = 'user' } }");

    public static TheoryData<string> Exact => [.. Vectors.Cases("jwt-v2-exact.json").Select(entry => entry.Text("name"))];

    [Theory]
    [MemberData(nameof(Exact))]
    public void The_token_is_that_of_the_reference_from_every_form_of_the_claims(string name)
    {
        JsonObject entry = Vectors.Cases("jwt-v2-exact.json").Single(entry => entry.Text("name") == name);
        (string, object?)[] given =
            [("json", entry.Text("payload_json")), ("table", ToValue(JsonNode.Parse(entry.Text("payload_json")), asTable: true)),
                ("custom", ToValue(JsonNode.Parse(entry.Text("payload_json")), asTable: false)), ("seed", entry.Text("signer_seed")),
                ("iat", entry["iat"]!.GetValue<long>()), ("token", entry.Text("token"))];

        foreach (string form in new[] { "$json", "$table", "$custom", "(ConvertFrom-NatsJwt $token)", "(ConvertFrom-NatsJwt $token).Claims" })
        {
            Assert.Equal(entry.Text("token"), Run($"({form} | {Sign}).Token", given).Single.BaseObject);
            Assert.Equal(entry.Text("token"), Run($"({Sign} -Claims {form}).Token", given).Single.BaseObject);
        }
    }

    [Fact]
    public void The_signing_sets_what_is_its_own()
    {
        Run("$claims.iss = 'x'; $claims.jti = 'y'; $claims.iat = 5; $j = ConvertTo-NatsJwt $claims -SigningKey $k");
        Holds(
            "$j -is [NatsKeys.Jwt.NatsJwt]",
            "$j.Kind -eq 'User'",
            "$j.Version -eq 2",
            "$j.Issuer -eq $k.PublicKey",
            "$j.Subject -eq $s.PublicKey");
        Holds(
            "[Math]::Abs(($j.IssuedAt - [DateTimeOffset]::UtcNow).TotalSeconds) -lt 60",
            "(Test-NatsJwt $j)",
            "$j.Claims.Id -ne 'y'");
    }

    [Theory]
    [InlineData("2027-01-31")]
    [InlineData("2027-01-31T00:00:00Z")]
    [InlineData("([DateTimeOffset]'2027-01-31T02:00:00+02:00')")]
    [InlineData("([DateTime]::SpecifyKind('2027-01-31', 'Utc'))")]
    public void IssuedAt_is_the_issue_time(string time) =>
        Holds($"(ConvertTo-NatsJwt $claims -SigningKey $k -IssuedAt {time}).IssuedAt -eq [DateTimeOffset]'2027-01-31T00:00:00Z'");

    [Theory]
    [InlineData("yesterday", "InvalidTime")]
    [InlineData("$unset", "ParameterArgumentValidationError")]
    public void An_issue_time_that_is_none_is_an_error(string time, string errorId)
    {
        RunResult result = Session.Run(
            $"try {{ ConvertTo-NatsJwt $claims -SigningKey $k -IssuedAt {time} -ErrorAction Stop }} catch {{ $_.FullyQualifiedErrorId }}");
        Assert.StartsWith(errorId, (string)result.Single.BaseObject, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_given_stays_as_it_was()
    {
        Run("$from = ConvertFrom-NatsJwt (ConvertTo-NatsJwt $claims -SigningKey $k -IssuedAt 2020-01-01).Token; $other = New-NatsKeyPair Account");
        Run("$to = ConvertTo-NatsJwt $from -SigningKey $other; $too = ConvertTo-NatsJwt $from.Claims -SigningKey $other");
        Holds(
            "$from.Issuer -eq $k.PublicKey",
            "$from.Claims.Issuer -eq $k.PublicKey",
            "$to.Issuer -eq $other.PublicKey",
            "$too.Issuer -eq $other.PublicKey");
        Holds("-not $claims.ContainsKey('iss')");
    }

    [Fact]
    public void Values_of_PowerShell_have_their_form_in_claims()
    {
        Run("$claims.exp = [DateTimeOffset]'2099-01-01T00:00:00Z'; $claims.nbf = [datetime]::SpecifyKind('2020-01-01', 'Utc')");
        Run("$claims.nats = [ordered]@{ type = 'user'; pub = @{ allow = 'a', 'b' }; subs = [int]7; bearer_token = $true; unknown = @{ list = 1, "
            + "'x', $null, 1.5, $false } }");
        Run("$j = ConvertTo-NatsJwt $claims -SigningKey $k");
        Holds("$j.Expires -eq [DateTimeOffset]'2099-01-01T00:00:00Z'", "$j.NotBefore -eq [DateTimeOffset]'2020-01-01T00:00:00Z'");
        Holds(
            "\"$($j.Claims.Permissions.Pub.Allow)\" -eq 'a b'",
            "$j.Claims.Permissions.Subs -eq 7",
            "$j.Claims.Permissions.BearerToken");
        JsonNode unknown = EntityFiles.Payload((string)Value("$j.Token")!)["nats"]!["unknown"]!;
        Assert.Equal("""{"list":[1,"x",null,1.5,false]}""", unknown.ToJsonString());
    }

    [Fact]
    public void A_list_of_one_stays_a_list()
    {
        Run("$claims.nats.pub = @{ allow = @('a') }; $j = [pscustomobject] $claims | ConvertTo-NatsJwt -SigningKey $k");
        Holds("$j.Claims.Permissions.Pub.Allow.Count -eq 1");
    }

    [Theory]
    [InlineData("TokenMalformed", "'nonsense'")]
    [InlineData("TokenMalformed", "''")]
    [InlineData("TokenMalformed", "'[]'")]
    [InlineData("TokenMalformed", "5")]
    [InlineData("TokenMalformed", "@{ sub = 5; nats = @{ type = 'user' } }")]
    [InlineData("InvalidClaims", "@{ nats = @{ type = 'user' } }")]
    [InlineData("InvalidClaims", "@{ sub = $k.PublicKey; nats = @{ type = 'user' } }")]
    [InlineData("InvalidClaims", "@{ sub = $s.PublicKey; nats = @{ type = 'user'; x = [uri]'http://x' } }")]
    [InlineData("TokenUnsupported", "@{ sub = $s.PublicKey; nats = @{ type = 'user'; version = 3 } }")]
    [InlineData("TokenIssuer",
        "@{ sub = $k.PublicKey; nats = @{ type = 'operator' } } | ForEach-Object { $_.sub = (New-NatsKeyPair Operator).PublicKey; $_ }")]
    public void Claims_that_cannot_be_signed_are_errors_and_the_rest_goes_on(string id, string bad)
    {
        Reports(id, $"$j = @($claims; {bad}; $claims) | ConvertTo-NatsJwt -SigningKey $k");
        Holds("$j.Count -eq 2");
    }

    [Theory]
    [InlineData("$k")]
    [InlineData("$k.ToSeed()")]
    [InlineData("($k | Export-NatsKeyPair -AsPlainText)")]
    [InlineData("./k.nk")]
    [InlineData("{ $g = [byte[]]::new(64); $k.Sign([byte[]] $_, $g); $g }")]
    public void Any_form_of_key_signs(string key)
    {
        Run("$k | Export-NatsKeyPair ./k.nk; $claims.iss = $k.PublicKey");
        Holds($"(ConvertTo-NatsJwt $claims -SigningKey {key}).Issuer -eq $k.PublicKey");
    }

    [Fact]
    public void A_public_key_and_a_signing_key_sign_by_the_key_root()
    {
        Run("$ak = New-NatsOperator O2 | New-NatsAccount A | Add-NatsSigningKey; $a = Get-NatsAccount A");
        Holds("(ConvertTo-NatsJwt $claims -SigningKey $a.Subject).Issuer -eq $a.Subject");
        Holds("(ConvertTo-NatsJwt $claims -SigningKey $ak).Issuer -eq $ak.PublicKey");
        Holds("(ConvertTo-NatsJwt $claims -SigningKey (Get-NatsSigningKey -Account A)).Issuer -eq $ak.PublicKey");
    }

    [Fact]
    public void The_store_that_is_named_has_the_key()
    {
        Run("$m = New-NatsStore -InMemory; Import-NatsKeyPair -Seed $k.ToSeed() -Store $m | Out-Null");
        Holds("(ConvertTo-NatsJwt $claims -SigningKey $k.PublicKey -Store $m).Issuer -eq $k.PublicKey");
        Refuses("SigningKeyNotFound", "ConvertTo-NatsJwt $claims -SigningKey $k.PublicKey");
    }

    [Theory]
    [InlineData("SigningKeyNotFound", "$k.PublicKey")]
    [InlineData("SigningKeyNotFound", "./none.nk")]
    [InlineData("SigningKeyNotFound", "reader")]
    [InlineData("ExternalSigner", "{ 'garbage' }")]
    [InlineData("ExternalSigner", "{ [byte[]]::new(64) }")]
    [InlineData("ExternalSigner", "{ throw 'the vault is closed' }")]
    public void A_signing_key_that_cannot_be_had_ends_the_pipeline(string id, string key)
    {
        TerminatingErrorException error = Ends($"$claims, $claims | ConvertTo-NatsJwt -SigningKey {key} -ErrorAction SilentlyContinue");
        Assert.Equal(id, error.ErrorId);
        Assert.Empty(error.Result.Output);
    }

    [Fact]
    public void A_curve_key_signs_nothing()
    {
        RunResult result = RunToEnd("$claims | ConvertTo-NatsJwt -SigningKey (New-NatsKeyPair Curve)");
        Assert.NotEmpty(result.Errors);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Nothing_is_written() => LeavesFilesAlone("$claims | ConvertTo-NatsJwt -SigningKey $k");

    /// <summary>What ConvertFrom-Json gives, with dictionaries or with objects.</summary>
    private static object? ToValue(JsonNode? node, bool asTable)
    {
        switch (node)
        {
            case JsonArray list:
                return list.Select(item => ToValue(item, asTable)).ToArray();
            case JsonObject members when asTable:
                var table = new Hashtable(StringComparer.Ordinal);
                foreach ((string name, JsonNode? value) in members)
                {
                    table[name] = ToValue(value, asTable);
                }

                return table;
            case JsonObject members:
                var custom = new PSObject();
                foreach ((string name, JsonNode? value) in members)
                {
                    custom.Properties.Add(new PSNoteProperty(name, ToValue(value, asTable)));
                }

                return custom;
            case JsonValue value when value.TryGetValue(out string? text):
                return text;
            case JsonValue value when value.TryGetValue(out bool flag):
                return flag;
            case JsonValue value when value.TryGetValue(out long number):
                return number;
            default:
                return node?.GetValue<double>();
        }
    }
}
