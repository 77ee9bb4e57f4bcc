using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests;

public class ReadmeTests
{
    [Fact]
    public void What_the_readme_shows_works()
    {
        using NatsKeyPair accountKey = NatsKeyPair.Generate(NatsKeyType.Account);
        string account = accountKey.PublicKey;

        using NatsKeyPair signingKey = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair user = NatsKeyPair.Generate(NatsKeyType.User);

        // A token, signed: the account itself is named where one of its signing keys signs.
        var claims = new UserClaims { Name = "U", Subject = user.PublicKey, IssuerAccount = account };
        claims.Permissions.Pub.Allow.Add("orders.>");
        string token = JwtWriter.Write(claims, signingKey);

        // Reading checks the signature; validation checks the rest.
        NatsJwt jwt = JwtReader.Read(token);
        IReadOnlyList<Finding> findings = ClaimValidator.Check(jwt.Claims, DateTimeOffset.UtcNow);

        // The text of a credentials file holds a seed: it is cleared after use.
        char[] credentials = CredentialFormat.Write(token, user);
        Array.Clear(credentials);

        // A store, and the editor that finds the key that may sign.
        NatsStore store = NatsStore.InMemory();
        using var editor = new EntityEditor(store);
        NatsOperator operatorEntity = editor.CreateOperator(new NewEntity("O2"));
        NatsAccount accountEntity = editor.CreateAccount(new NewEntity("A"), operatorEntity.Path);

        Assert.Empty(findings);
        Assert.Equal(EntityState.Signed, accountEntity.State);
    }

    [Fact]
    public void What_the_readme_shows_is_what_is_tested()
    {
        string readme = File.ReadAllText(Repository.At("README.md")).ReplaceLineEndings("\n");
        string shown = readme.Split("```csharp\n")[1].Split("```")[0];
        string tested = File.ReadAllText(Repository.At("tests", "NatsKeys.Core.Tests", "ReadmeTests.cs"));
        Assert.All(shown.Split('\n').Where(line => line.Length > 0), line => Assert.Contains("        " + line, tested, StringComparison.Ordinal));
    }
}
