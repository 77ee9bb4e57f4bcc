using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class TestNatsJwtTests : ModuleTest
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    public TestNatsJwtTests() => Run(
        "$o = New-NatsOperator O2; $ok = $o | Add-NatsSigningKey; $a = $ok | New-NatsAccount A; $ak = $a | Add-NatsSigningKey; $u = $ak | "
            + "New-NatsUser U");

    [Theory]
    [InlineData("Test-NatsJwt $u")]
    [InlineData("Test-NatsJwt -InputObject $u.Jwt")]
    [InlineData("Test-NatsJwt -Token $u.Jwt")]
    [InlineData("$u | Test-NatsJwt")]
    [InlineData("ConvertFrom-NatsJwt $u.Jwt | Test-NatsJwt")]
    [InlineData("$a | Test-NatsJwt")]
    [InlineData("$o | Test-NatsJwt")]
    public void What_is_good_is_true(string script) => Holds($"({script}) -is [bool]", $"({script})");

    [Fact]
    public void Detailed_gives_nothing_when_all_is_well() => Assert.Empty(Run("$u, $a, $o | Test-NatsJwt -Detailed").Output);

    [Theory]
    [InlineData("'nonsense'", "token.malformed")]
    [InlineData("($u.Jwt.Substring(0, $u.Jwt.Length - 6) + 'AAAAAA')", "token.signature")]
    [InlineData("($u.Jwt -replace '^[^.]+', 'eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0')", "token.header")]
    public void A_bad_token_is_false_and_says_why(string token, string rule)
    {
        Assert.Equal(false, Value($"Test-NatsJwt {token}"));
        Run($"$found = @(Test-NatsJwt {token} -Detailed)");
        Holds(
            "$found.Count -eq 1",
            $"$found[0].Rule -eq '{rule}'",
            "$found[0].Severity -eq 'Error'",
            "$found[0].Message");
    }

    /// <summary>Users and accounts are checked with all that is above them, so the entity with the damage has to be named.</summary>
    [Theory]
    [InlineData("eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.eyJhIjp9.AAAA")]
    [InlineData("eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.e!.AAAA")]
    [InlineData("cut")]
    public void A_damaged_token_in_a_file_names_its_entity_in_words_of_the_module(string token)
    {
        string file = PathOf("store/O2/accounts/A/account.yaml");
        string text = File.ReadAllText(file);
        File.WriteAllText(file, text[..text.IndexOf("jwt:", StringComparison.Ordinal)] + $"jwt: {token}\n");
        foreach (string script in new[] { "$u | Test-NatsJwt -Detailed", "Test-NatsStore -Detailed", "Get-NatsAccount A | ConvertFrom-NatsJwt" })
        {
            RunResult result = Session.Run(script);
            string message = result.Errors.Count > 0
                ? result.Errors[0].ToString()
                : result.Output.Select(finding => $"{finding.Properties["Message"].Value}").First(words => words.Contains("token of", Ordinal));
            Assert.Contains("token of the account O2/A", message, Ordinal);
            Assert.DoesNotContain("LineNumber", message, Ordinal);
        }
    }

    [Theory]
    [InlineData("Get-Content U.creds")]
    [InlineData("Get-Content U.creds, V.creds", 2)]
    [InlineData("Get-Content bare.jwt")]
    [InlineData("[IO.File]::ReadAllLines((Join-Path $PWD U.creds))")]
    [InlineData("(Get-Content U.creds -Raw)")]
    public void The_lines_of_a_file_are_one_token(string input, int tokens = 1)
    {
        Run("$u | Export-NatsCredential U.creds; $u | Export-NatsCredential V.creds; \"$($u.GetJwt())`n`n\" | Set-Content bare.jwt");
        Holds($"(@({input} | Test-NatsJwt) -join ' ') -eq '{string.Join(' ', Enumerable.Repeat("True", tokens))}'");
        Assert.Empty(Run($"{input} | Test-NatsJwt -Detailed").Output);
    }

    [Fact]
    public void The_lines_of_a_file_are_read_as_one_token()
    {
        Run("$u | Export-NatsCredential U.creds");
        Holds("@(Get-Content U.creds | ConvertFrom-NatsJwt).Name -eq 'U'", "@(Get-Content U.creds | ConvertFrom-NatsJwt).Count -eq 1");
    }

    [Fact]
    public void Lines_without_a_token_are_an_error() =>
        Assert.Contains("-Path", Reports("TokenMalformed", "'-----BEGIN X-----', 'y', '------END X------' | Test-NatsJwt"), StringComparison.Ordinal);

    [Theory]
    [InlineData("users.csv", "Name,Account", "table")]
    [InlineData("server.conf", "listen: 1", "configuration")]
    [InlineData("account.yaml", "kind: Account", "YAML")]
    [InlineData("key.nk", AccountSeed, "key file")]
    [InlineData("readme.txt", "words", "eyJ")]
    public void A_file_without_a_token_is_called_what_it_is(string file, string text, string says)
    {
        WriteFile(file, text);
        foreach (string cmdlet in new[] { "Test-NatsJwt", "ConvertFrom-NatsJwt" })
        {
            RunResult result = Session.Run($"{cmdlet} -Path {file}");
            Assert.Equal(["TokenMalformed"], result.ErrorIds);
            Assert.Contains(says, result.Errors[0].ToString(), StringComparison.Ordinal);
            Assert.Empty(result.Errors[0].ErrorDetails!.RecommendedAction);
            Assert.DoesNotContain(AccountSeed, result.Errors[0].ToString(), StringComparison.Ordinal);
        }
    }

    /// <summary>Whoever is told that a file of credentials is no token might take its user for one whom servers refuse.</summary>
    [Theory]
    [InlineData("./U.creds", "-Path")]
    [InlineData("U.jwt", "-Path")]
    [InlineData("(Get-Content U.creds)[0]", "-Path")]
    public void A_file_in_place_of_a_token_is_no_answer(string input, string says)
    {
        Run("$u | Export-NatsCredential U.creds");
        foreach (string cmdlet in new[] { "Test-NatsJwt", "ConvertFrom-NatsJwt", "Test-NatsJwt -Detailed" })
        {
            RunResult result = Session.Run($"{cmdlet} {input}");
            Assert.Empty(result.Output);
            var error = Assert.Single(result.Errors);
            Assert.StartsWith("TokenMalformed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains(says, error.Exception.Message, StringComparison.Ordinal);
            Assert.Equal("", error.ErrorDetails.RecommendedAction);
        }
    }

    [Fact]
    public void The_text_of_a_file_is_read_as_the_file_is()
    {
        Run("$u | Export-NatsCredential U.creds");
        Holds("Get-Content U.creds -Raw | Test-NatsJwt", "(Get-Content U.creds -Raw | ConvertFrom-NatsJwt).Name -ceq 'U'");
    }

    [Fact]
    public void A_token_that_is_not_valid_yet_is_false()
    {
        Run("$later = $ak | New-NatsUser V -NotBefore 2099-01-01");
        Assert.Equal(false, Value("Test-NatsJwt $later.Jwt"));
        Holds("(Test-NatsJwt $later.Jwt -Detailed).Rule -eq 'time.not-yet'");
    }

    [Fact]
    public void A_user_of_a_removed_key_is_false_while_its_bare_token_is_true()
    {
        Run("$ak | Remove-NatsSigningKey -Confirm:$false -WarningAction Ignore");
        Assert.Equal(false, Value("Test-NatsJwt $u"));
        Holds("(Test-NatsJwt $u -Detailed).Rule -eq 'trust.issuer'");
        Holds("Test-NatsJwt $u.Jwt");
    }

    [Fact]
    public void A_user_is_false_when_the_chain_above_is_broken()
    {
        Run("$ok | Remove-NatsSigningKey -Confirm:$false -WarningAction Ignore");
        Assert.Equal(false, Value("Test-NatsJwt $u"));
        Assert.Contains("account O2/A", (string)Value("(Test-NatsJwt $u -Detailed).Message")!, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edited_file_is_false_and_so_is_one_without_a_token()
    {
        string file = PathOf("store/O2/accounts/A/users/U.yaml");
        string text = File.ReadAllText(file);
        File.WriteAllText(file, text.Replace("claims:", "tags: [edited]\nclaims:", StringComparison.Ordinal));
        Holds("(Test-NatsJwt $u -Detailed).Rule -eq 'entity.modified'", "-not (Test-NatsJwt $u)");

        File.WriteAllText(file, text[..text.IndexOf("jwt:", StringComparison.Ordinal)]);
        Holds("(Test-NatsJwt $u -Detailed).Rule -eq 'entity.unsigned'", "-not (Test-NatsJwt $u)");
    }

    [Fact]
    public void Something_else_is_an_error_and_the_rest_goes_on()
    {
        Reports("TokenMalformed", "$answers = $u, 5, $a | Test-NatsJwt");
        Holds("$answers.Count -eq 2", "$answers -notcontains $false");
    }

    [Fact]
    public void A_user_that_is_gone_is_an_error()
    {
        File.Delete(PathOf("store/O2/accounts/A/users/U.yaml"));
        Reports("EntityNotFound", "Test-NatsJwt $u");
    }
}
