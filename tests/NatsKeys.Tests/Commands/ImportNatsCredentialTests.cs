using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class ImportNatsCredentialTests : ModuleTest
{
    public ImportNatsCredentialTests() => Run(
        "$a = New-NatsOperator O2 | New-NatsAccount A; $k = $a | Add-NatsSigningKey; $u = $k | New-NatsUser U -Expires 30d; $u | "
            + "Export-NatsCredential U.creds");

    [Theory]
    [InlineData("Import-NatsCredential U.creds")]
    [InlineData("Import-NatsCredential -Path ./*.creds")]
    [InlineData("'U.creds' | Import-NatsCredential")]
    [InlineData("Import-NatsCredential -LiteralPath U.creds")]
    [InlineData("[pscustomobject] @{ PSPath = \"$pwd/U.creds\" } | Import-NatsCredential")]
    public void Credentials_are_read(string script)
    {
        Run($"$c = {script}");
        Holds(
            "$c.Name -eq 'U'",
            "$c.Subject -eq $u.Subject",
            "$c.Issuer -eq $k.PublicKey",
            "$c.IssuerAccount -eq $a.Subject");
        Holds(
            "$c.Matches",
            "$c.KeyPair.HasSeed",
            "$c.Token.Token -eq $u.Jwt",
            "$c.Expires -eq $u.Expires");
    }

    [Fact]
    public void The_reference_file_is_read()
    {
        Run("$c = Import-NatsCredential $file", ("file", Path.Combine(AppContext.BaseDirectory, "vectors", "user-min.creds")));
        Holds(
            "$c.Name -eq 'UserMin'",
            "$c.Matches",
            "$null -eq $c.Expires");
    }

    [Fact]
    public void The_default_view_shows_no_seed() =>
        Assert.DoesNotMatch(SeedText.Pattern(), Session.RunText("$c = Import-NatsCredential U.creds; $c; $c | Format-List * -Force; \"$c\""));

    [Fact]
    public void A_seed_of_another_user_is_a_warning()
    {
        Run("$a | New-NatsUser V | Export-NatsCredential V.creds");
        string[] one = File.ReadAllText(PathOf("U.creds")).Split("*************************", 2);
        string[] other = File.ReadAllText(PathOf("V.creds")).Split("*************************", 2);
        WriteFile("mixed.creds", one[0] + "*************************" + other[1]);

        RunResult result = Run("$c = Import-NatsCredential mixed.creds");

        Assert.Contains(PathOf("mixed.creds"), Assert.Single(result.Warnings), StringComparison.Ordinal);
        Holds("-not $c.Matches");
    }

    [Fact]
    public void Bad_files_are_errors_that_name_them_and_the_rest_goes_on()
    {
        string text = File.ReadAllText(PathOf("U.creds"));
        WriteFile("bad1.creds", text.Split("*************************", 2)[0]);
        WriteFile("bad2.creds", "no credentials");
        WriteFile("bad3.creds", text.Replace(".eyJ", ".eyK", StringComparison.Ordinal));

        RunResult result = Session.Run(
            "$c = @('bad1.creds', 'U.creds', 'bad2.creds', 'bad3.creds', 'none.creds', 'U.creds' | Import-NatsCredential)");

        Assert.Equal(["NoSeedFound", "InvalidCredential", "TokenSignature", "FileNotFound"], result.ErrorIds);
        Assert.All(
            result.Errors.Zip(["bad1", "bad2", "bad3", "none"]),
            pair => Assert.Contains(PathOf($"{pair.Second}.creds"), pair.First.ToString(), StringComparison.Ordinal));
        Holds("$c.Count -eq 2");
    }

    [Fact]
    public void The_file_of_an_account_is_no_credential()
    {
        Run("$text = (Get-NatsAccount A).Jwt");
        WriteFile("a.creds", $"{Value("$text")}\n{AccountSeed}\n");
        Reports("IncompatibleKey", "Import-NatsCredential a.creds");
    }
}
