using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Core.Tests.Jwt;

/// <summary>Claims are written to look for half a character only where there may be one, and never passed over there.</summary>
public class SurrogateFinderTests
{
    private const string Half = "a\ud800";

    [Fact]
    public void Claims_of_whole_characters_need_not_be_written()
    {
        Assert.False(SurrogateFinder.MayFind(new UserClaims { Name = "Zo\u00eb", Tags = ["eu"], IssuerAccount = "A" }));
        Assert.False(SurrogateFinder.MayFind(new OperatorClaims { Name = "O", OperatorServiceUrls = ["nats://localhost"] }));
        var account = new AccountClaims { Name = "A" };
        account.SigningKeys.Add(new AccountSigningKey { Key = "K", IsScoped = true, Role = "reader" });
        account.Mappings["x"] = [new WeightedMapping { Subject = "y" }];
        account.Limits.TieredLimits["R1"] = new JetStreamLimits();
        account.Revocations["*"] = 1;
        Assert.False(SurrogateFinder.MayFind(account));
    }

    /// <summary>What nobody knows is not read. It does not take back what was found either.</summary>
    [Theory]
    [InlineData("""{"nats":{"type":"user","version":2,"x":1}}""")]
    [InlineData("""{"nats":{"type":"user","version":2},"x":1}""")]
    [InlineData("""{"nats":{"type":"user","version":2,"pub":{"x":1}}}""")]
    [InlineData("""{"nats":{"type":"account","version":2,"limits":{"tiered_limits":{"R1":{"x":"y"}}}}}""")]
    public void Beside_a_member_that_nobody_knows_there_may_be_one(string json)
    {
        ClaimSet claims = ClaimPayload.Parse(json);
        Assert.True(SurrogateFinder.MayFind(claims));
        claims.Name = Half;
        Assert.True(SurrogateFinder.MayFind(claims));
        Assert.True(ClaimJson.HasBrokenText(claims));
    }

    [Fact]
    public void A_list_of_lists_is_looked_through() => Assert.True(SurrogateFinder.MayFind(
        new AuthorizationRequestClaims { ClientTls = new ClientTls { VerifiedChains = [["whole"], ["whole", Half]] } }));

    [Fact]
    public void A_signing_key_is_looked_at_in_either_form()
    {
        foreach (bool isScoped in new[] { true, false })
        {
            var account = new AccountClaims();
            account.SigningKeys.Add(new AccountSigningKey { Key = Half, IsScoped = isScoped });
            Assert.True(SurrogateFinder.MayFind(account));
        }
    }
}
