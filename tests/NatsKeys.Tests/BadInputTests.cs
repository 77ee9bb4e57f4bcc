using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>Files that are damaged: each is one clear error with the file and what ails it, and the rest of the pipeline goes on.</summary>
public class BadInputTests : ModuleTest
{
    public BadInputTests() => Run("$u = New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U; $u | Export-NatsCredential U.creds");

    [Theory]
    [InlineData("", "NoSeedFound")]
    [InlineData("\n\n", "NoSeedFound")]
    [InlineData("nothing", "NoSeedFound")]
    [InlineData("SAAK3EL5BW4ZOR7JVTXZ4TJ7RQBSOIXK27AFPPSYVP4KDHJKSRQFVRAHIA", "NoSeedFound")]
    [InlineData("saak3el5bw4zor7jvtxz4tj6rqbsoixk27afppsyvp4kdhjksrqfvrahia", "NoSeedFound")]
    [InlineData(AccountSeed + "\n" + OperatorSeed, "AmbiguousSeed")]
    public void A_bad_key_file(string text, string errorId)
    {
        WriteFile("bad.nk", text);
        WriteFile("good.nk", AccountSeed);

        string message = Reports(errorId, "$k = 'bad.nk', 'good.nk' | Import-NatsKeyPair");

        Assert.Contains(PathOf("bad.nk"), message, StringComparison.Ordinal);
        Holds($"$k.PublicKey -eq '{AccountKey}'");
    }

    [Theory]
    [InlineData("no token at all", "TokenMalformed")]
    [InlineData("", "TokenMalformed")]
    [InlineData("eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ", "TokenMalformed")]
    [InlineData("eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.e30.AA", "")]
    public void A_bad_token_file(string text, string errorId)
    {
        WriteFile("bad.jwt", text);
        WriteFile("good.jwt", (string)Value("$u.Jwt")!);

        RunResult result = Session.Run("$j = 'bad.jwt', 'good.jwt' | ForEach-Object { ConvertFrom-NatsJwt -LiteralPath $_ }");

        string id = Assert.Single(result.ErrorIds);
        Assert.True(errorId.Length == 0 || id == errorId, id);
        Assert.StartsWith("Token", id, StringComparison.Ordinal);
        Assert.Contains(PathOf("bad.jwt"), result.Errors[0].ToString(), StringComparison.Ordinal);
        Holds("$j.Name -eq 'U'");
    }

    public static TheoryData<int> Places() => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_token_with_one_changed_character_anywhere_is_one_error_of_the_module(int place)
    {
        string token = (string)Value("$u.Jwt")!;
        int at = place * (token.Length - 2) / 60;
        at = token[at] == '.' ? at + 1 : at;
        string damaged = token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];

        RunResult result = Session.Run("$j = @($bad, $u.Jwt | ConvertFrom-NatsJwt); $ok = Test-NatsJwt $bad", ("bad", damaged));

        Assert.StartsWith("Token", Assert.Single(result.ErrorIds), StringComparison.Ordinal);
        Holds("$j.Count -eq 1", "$ok -eq $false");
    }

    [Fact]
    public void Credentials_without_a_seed()
    {
        string text = File.ReadAllText(PathOf("U.creds"));
        WriteFile("bad.creds", text[..text.IndexOf("****", StringComparison.Ordinal)]);

        string message = Reports("NoSeedFound", "$c = 'bad.creds', 'U.creds' | Import-NatsCredential");

        Assert.Contains(PathOf("bad.creds"), message, StringComparison.Ordinal);
        Holds("$c.Name -eq 'U'");
    }

    [Fact]
    public void A_file_that_is_no_text()
    {
        File.WriteAllBytes(PathOf("bad.bin"), [.. Enumerable.Range(0, 256).Select(value => (byte)value)]);
        Assert.Contains(PathOf("bad.bin"), Reports("InvalidCredential", "Import-NatsCredential bad.bin"), StringComparison.Ordinal);
        Assert.Contains(PathOf("bad.bin"), Reports("NoSeedFound", "Import-NatsKeyPair bad.bin"), StringComparison.Ordinal);
        Assert.Contains(PathOf("bad.bin"), Reports("TokenMalformed", "ConvertFrom-NatsJwt -LiteralPath bad.bin"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_place_of_a_file()
    {
        Directory.CreateDirectory(PathOf("folder"));
        Assert.Contains(PathOf("folder"), Reports("FileAccess", "$c = 'folder', 'U.creds' | Import-NatsCredential"), StringComparison.Ordinal);
        Holds("$c.Name -eq 'U'");
    }

    [Theory]
    [InlineData("none/*.nk")]
    [InlineData("none[.nk")]
    [InlineData("none:/a.nk")]
    [InlineData("env:/PATH")]
    public void A_path_that_leads_nowhere_is_one_error_and_the_rest_goes_on(string path)
    {
        WriteFile("good.nk", AccountSeed);
        Assert.Single(Session.Run($"$k = @('{path}', 'good.nk' | Import-NatsKeyPair)").Errors);
        Holds("$k.Count -eq 1");
    }

    [Fact]
    public void A_wildcard_that_matches_no_file_gives_nothing() => Assert.Empty(Run("Import-NatsKeyPair *.none").Output);

    [Fact]
    public void A_name_that_is_half_a_wildcard_is_one_error_and_the_rest_goes_on()
    {
        Assert.Single(Session.Run("$found = @('O[2', 'O2' | Get-NatsOperator)").Errors);
        Holds("$found.Count -eq 1");
    }

    [Theory]
    [InlineData("name: [U\n", "")]
    [InlineData("kind: user\nname: U\nclaims: {subs: many}\n", "3")]
    [InlineData("kind: user\nname: U\nclaims:\n  subs: 1\n subs: 2\n", "5")]
    [InlineData("kind: account\nname: U\n", "1")]
    [InlineData("kind: user\nname: U\nname: V\n", "3")]
    [InlineData("kind: user\nname: U\nnats: {}\n", "3")]
    [InlineData("kind: user\nname: &x U\nissuer: *x\n", "2")]
    [InlineData("kind: user\nexpires: tomorrow\n", "2")]
    [InlineData("kind: user\ntags: {a: b}\n", "2")]
    [InlineData("- kind\n- user\n", "1")]
    [InlineData("", "")]
    public void An_entity_file_that_is_wrong_names_file_and_line(string text, string line)
    {
        Run("Get-NatsAccount A | New-NatsUser V | Out-Null");
        string file = PathOf("store/O2/accounts/A/users/U.yaml");
        File.WriteAllText(file, text);

        string message = Reports("InvalidYaml", "$found = Get-NatsUser");

        Assert.Contains(file, message, StringComparison.Ordinal);
        Assert.Contains($"Line {line}", message, StringComparison.Ordinal);
        Holds("$found.Name -eq 'V'");
    }

    [Fact]
    public void An_entity_file_that_is_not_UTF_8_names_the_file()
    {
        string file = PathOf("store/O2/accounts/A/users/U.yaml");
        File.WriteAllBytes(file, [.. "kind: user\nname: "u8, 0xFF, 0xFE, 0x0A]);
        Assert.Contains(file, Reports("InvalidYaml", "Get-NatsUser"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_token_in_an_entity_file_shows_in_its_state_and_nothing_else_fails()
    {
        string file = PathOf("store/O2/accounts/A/users/U.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("jwt: eyJ0", "jwt: eyJ1", StringComparison.Ordinal));
        Holds("(Get-NatsUser U).State -eq 'Untrusted'", "-not (Test-NatsJwt (Get-NatsUser U))");
    }
}
