using System.Text.Json.Nodes;

namespace NatsKeys.Tests.Commands;

public class ConvertFromNatsJwtTests : ModuleTest
{
    private static readonly string DocumentToken = JsonNode.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "seed-document.json")))!["operator_token"]!.ToString();

    public ConvertFromNatsJwtTests() =>
        Run("$o = New-NatsOperator O2; $u = $o | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U -Tag x -Expires 30d");

    /// <summary>A token has only the key of its signer. A store has its name.</summary>
    [Fact]
    public void Who_signed_an_entity_has_the_name_that_the_store_knows()
    {
        Holds(
            "($u | ConvertFrom-NatsJwt).SignedBy -ceq $u.SignedBy", "($u.Jwt | ConvertFrom-NatsJwt).SignedBy -ceq 'a signing key of its account'",
            "(Get-NatsAccount A | ConvertFrom-NatsJwt).SignedBy -ceq 'identity key of O2'");
        Assert.Contains("SignedBy : identity key of O2", Session.RunText("Get-NatsAccount A | ConvertFrom-NatsJwt").Replace("  ", "",
            StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void The_token_of_the_2019_document_is_shown()
    {
        Run("$j = ConvertFrom-NatsJwt $token", ("token", DocumentToken));

        Holds(
            "$j.Name -eq 'O2'",
            "$j.Kind -eq 'Operator'",
            "$j.Version -eq 1");
        Holds("$j.Subject -eq 'OBK73OLQOJWNYTN2O46IZQN4WMSC7HVVNA3Y6TWPWKCFXIWS3XLSAUIS'", "$j.Issuer -eq $j.Subject");
        Holds("$j.IssuedAt -eq [DateTimeOffset]::new(2019, 4, 29, 21, 32, 43, [TimeSpan]::Zero)");
        Holds("$j.SigningKeys.Count -eq 1", $"$j.SigningKeys[0] -eq '{OperatorKey}'");
        Holds(
            "$null -eq $j.Expires",
            "(Test-NatsJwt $token)",
            "(Test-NatsJwt $j)");
        string text = Session.RunText("$j");
        Assert.Contains("OBK73OLQOJWN", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConvertFrom-NatsJwt -Token $u.Jwt")]
    [InlineData("$u.Jwt | ConvertFrom-NatsJwt")]
    [InlineData("$u | ConvertFrom-NatsJwt")]
    [InlineData("ConvertFrom-NatsJwt \"`n  $($u.Jwt)  `n\"")]
    [InlineData("ConvertFrom-NatsJwt $u.Jwt | ConvertFrom-NatsJwt")]
    [InlineData("ConvertFrom-NatsJwt -LiteralPath u.jwt")]
    [InlineData("ConvertFrom-NatsJwt -Path U.creds")]
    public void A_token_is_read_from_text_entity_and_file(string script)
    {
        Run("$u | Export-NatsCredential U.creds");
        WriteFile("u.jwt", (string)Value("$u.Jwt")!);

        Run($"$j = {script}");

        Holds(
            "$j.Name -eq 'U'",
            "$j.Kind -eq 'User'",
            "$j.Version -eq 2",
            "$j.Subject -eq $u.Subject",
            "$j.Issuer -eq $u.Issuer");
        Holds(
            "$j.IssuerAccount -eq $u.IssuerAccount",
            "$j.Expires -eq $u.Expires",
            "$j.Tags -eq 'x'",
            "$j.Claims.Name -eq 'U'");
    }

    [Fact]
    public void Files_come_down_the_pipeline_as_objects_with_a_path()
    {
        WriteFile("u.jwt", (string)Value("$u.Jwt")!);
        WriteFile("o.jwt", (string)Value("$o.Jwt")!);
        Run("$j = 'o.jwt', 'u.jwt' | ForEach-Object { [pscustomobject] @{ PSPath = \"$pwd/$_\" } } | ConvertFrom-NatsJwt");
        Holds("\"$($j.Name)\" -eq 'O2 U'");
    }

    [Theory]
    [InlineData("TokenMalformed", "nonsense")]
    [InlineData("TokenMalformed", "a.b.c")]
    [InlineData("TokenMalformed", "eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.eyJ9.AA")]
    [InlineData("TokenHeader", "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.e30.AA")]
    public void Texts_that_are_no_token_are_errors(string id, string token) => Reports(id, $"ConvertFrom-NatsJwt {token}");

    [Fact]
    public void A_damaged_token_is_an_error_and_the_rest_goes_on()
    {
        Reports("TokenSignature", "$bad = $u.Jwt.Substring(0, $u.Jwt.Length - 6) + 'AAAAAA'; $j = $o.Jwt, $bad, $u.Jwt | ConvertFrom-NatsJwt");
        Holds("\"$($j.Name)\" -eq 'O2 U'");
    }

    [Fact]
    public void A_bad_file_is_an_error_that_names_it()
    {
        WriteFile("bad.jwt", "nothing here");
        Assert.Contains(PathOf("bad.jwt"), Reports("TokenMalformed", "ConvertFrom-NatsJwt -LiteralPath bad.jwt"), StringComparison.Ordinal);
        Assert.Contains(PathOf("none.jwt"), Reports("FileNotFound", "ConvertFrom-NatsJwt -LiteralPath none.jwt"), StringComparison.Ordinal);
    }
}
