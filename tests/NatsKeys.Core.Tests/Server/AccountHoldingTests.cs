using NatsKeys.Inspection;
using NatsKeys.Server;

namespace NatsKeys.Core.Tests.Server;

/// <summary>Which server has which token, where servers tell what they store without their names.</summary>
public class AccountHoldingTests
{
    [Theory]
    [InlineData("S0 S1", "old new", "S0:old", "S0=old S1=new")]
    [InlineData("S0 S1", "new new", "S0:used", "S0=used S1=new S0=new")]
    [InlineData("S0", "stored", "S0:used", "S0=used S0=stored")]
    [InlineData("S0", "", "S0:used", "S0=used")]
    [InlineData("S0 S1", "a b", "S0:used", "S0=used 1 of S1, S0=a 1 of S1, S0=b")]
    [InlineData("S0 S1", "a", "S0:used S1:used", "S0=used S1=used 1 of S0, S1=a")]
    [InlineData("S0 S1 S2", "a a a", "S0:used S1:a", "S0=used S1=a S2=a S0=a")]
    [InlineData("S0 S1", "a", "S0:used", "S0=used 1 of S1, S0= 1 of S1, S0=a")]
    public void A_token_that_is_used_and_not_stored_does_not_move_the_others(string keepers, string stored, string used, string expected)
    {
        ServerInformation[] servers = [.. keepers.Split(' ').Select(name => ServerReply.InformationOf($"N{name}", name, "2.15.1", cluster: null))];
        var holding = new AccountHolding(servers, [], []);
        holding.AddStored(stored.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach (string[] pair in used.Split(' ').Select(word => word.Split(':')))
        {
            holding.AddUsed(servers.Single(server => server.Name == pair[0]), pair[1]);
        }

        Assert.Equal(expected, string.Join(' ', holding.Tokens().Select(held => $"{held.Server}={held.Text}")));
    }
}
