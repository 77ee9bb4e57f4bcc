using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests;

public class PackageReadmeTests
{
    private static readonly string Page = File.ReadAllText(Repository.At("src", "NatsKeys.Core", "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_program_of_the_readme_is_the_one_that_runs_here()
    {
        string source = File.ReadAllText(Repository.At("tests", "NatsKeys.Core.Tests", "PackageReadmeTests.cs")).ReplaceLineEndings("\n");
        string shown = Page.Split("```csharp\n")[1].Split("```")[0];
        string indented = string.Concat(shown.Split('\n').Select(line => line.Length == 0 ? "\n" : $"        {line}\n"));
        Assert.Contains(indented.TrimEnd(), source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_user_of_the_readme_is_admitted()
    {
        using NatsKeyPair operatorKey = NatsKeyPair.Generate(NatsKeyType.Operator);
        using NatsKeyPair accountKey = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair signingKey = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair userKey = NatsKeyPair.Generate(NatsKeyType.User);

        var company = new OperatorClaims { Subject = operatorKey.PublicKey, Name = "company" };
        string operatorToken = JwtWriter.Write(company, operatorKey);

        var orders = new AccountClaims { Subject = accountKey.PublicKey, Name = "orders" };
        orders.SigningKeys.Add(new AccountSigningKey { Key = signingKey.PublicKey });
        string accountToken = JwtWriter.Write(orders, operatorKey);

        var ann = new UserClaims { Subject = userKey.PublicKey, Name = "ann", IssuerAccount = accountKey.PublicKey };
        ann.Permissions.Pub.Allow.Add("orders.created");
        string userToken = JwtWriter.Write(ann, signingKey);

        NatsJwt read = JwtReader.Read(userToken);
        var trust = new ServerTrust(operatorToken, account => account == accountKey.PublicKey ? accountToken : null);
        ConnectDecision decision = trust.Decide(new ConnectAttempt(userToken) { Time = DateTimeOffset.UtcNow });
        Console.WriteLine($"{read.Name}: {(decision.IsAllowed ? "admitted" : decision.Refusal?.Message)}");

        Assert.True(decision.IsAllowed);
        Assert.Null(company.Issuer);
    }
}
