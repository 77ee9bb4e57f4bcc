using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Rules;

public class JwtValidatorTests
{
    private const long Second = 1_800_000_000;

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(Second, 0, null)]
    [InlineData(Second - 1, 0, "time.expired")]
    [InlineData(-5, -5, null)]
    [InlineData(long.MaxValue, long.MinValue, null)]
    [InlineData(0, Second, null)]
    [InlineData(0, Second + 1, "time.not-yet")]
    [InlineData(0, long.MaxValue, "time.not-yet")]
    public void Time_is_judged_to_the_second(long expires, long notBefore, string? rule)
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(Second).AddMilliseconds(999);
        IReadOnlyList<Finding> findings = JwtValidator.Check(Tokens.User(expires, notBefore), now);
        Assert.Equal(rule is null ? [] : [(rule, FindingSeverity.Time)], findings.Select(finding => (finding.Rule, finding.Severity)));
    }

    [Fact]
    public void A_token_that_does_not_hold_is_one_finding_with_its_own_rule()
    {
        string token = Tokens.Exact("user-min");
        AssertRule("token.signature", Tokens.Tampered(token));
        AssertRule("token.malformed", "nonsense");
        AssertRule("token.malformed", "");
        AssertRule("token.header", Tokens.Sign(Tokens.Payload("user-min").ToJsonString(), "A1", """{"typ":"JWT","alg":"none"}"""));
        AssertRule("token.too-large", new string('a', 1_100_000));
        AssertRule("token.issuer",
            Tokens.Sign(Tokens.Payload("user-min").ToJsonString()
                .Replace(Tokens.Payload("user-min").Text("iss"), Tokens.Payload("operator-min").Text("iss"), StringComparison.Ordinal), "O1"));
        AssertRule("token.unsupported",
            Tokens.Sign(Tokens.Payload("user-min").ToJsonString().Replace("\"version\":2", "\"version\":3", StringComparison.Ordinal), "A1"));
    }

    [Theory]
    [EveryStore]
    public void A_good_chain_has_no_findings(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        Assert.Empty(EntityValidator.Check(box.User, box.Clock.Now));
    }

    [Theory]
    [EveryStore]
    public void What_is_wrong_above_is_found_below(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).StrictSigningKeyUsage = true);
        Assert.Equal(["trust.issuer", "trust.issuer"], Rules(box));
        Assert.Empty(EntityValidator.Check(box.Operator, box.Clock.Now));

        box.Resign(StoreBox.O, claims => (((OperatorClaims)claims).StrictSigningKeyUsage, claims.Expires) = (false, 1_000_000_000));
        Assert.Equal(["time.expired"], Rules(box));
    }

    [Theory]
    [EveryStore]
    public void A_user_that_names_another_account_is_found(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U).With(new EntityPath("O", "B"));
        box.Resign(StoreBox.U, claims => ((UserClaims)claims).IssuerAccount = box.Store.Get(new EntityPath("O", "B")).Subject);
        Assert.Equal(["trust.issuer-account"], Rules(box));
    }

    [Fact]
    public void An_unsigned_and_an_edited_entity_are_found()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        var claims = (UserClaims)box.User.Claims.Copy();
        claims.Tags.Add("edited");
        box.Store.Save(StoreBox.U, new EntityDocument(claims, box.User.Jwt));
        Assert.Equal(["entity.modified"], Rules(box));
        box.Store.Save(StoreBox.U, new EntityDocument(claims, Jwt: null));
        Assert.Equal(["entity.unsigned"], Rules(box));
    }

    [Fact]
    public void A_token_of_another_subject_than_the_file_s_is_found()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        var claims = (UserClaims)box.User.Claims.Copy();
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.User);
        claims.Subject = other.PublicKey;
        box.Store.Save(StoreBox.U, new EntityDocument(claims, box.User.Jwt));
        Assert.NotEmpty(EntityValidator.Check(box.User, box.Clock.Now));
        Assert.NotEqual(EntityState.Signed, box.User.State);
    }

    private static IEnumerable<string> Rules(StoreBox box) => EntityValidator.Check(box.User, box.Clock.Now).Select(finding => finding.Rule);

    private static void AssertRule(string rule, string token) =>
        Assert.Equal([(rule, FindingSeverity.Error)],
            JwtValidator.Check(token, DateTimeOffset.UnixEpoch).Select(finding => (finding.Rule, finding.Severity)));
}
