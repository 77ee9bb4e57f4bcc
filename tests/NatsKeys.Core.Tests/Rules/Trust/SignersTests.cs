using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Jwt;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>Who may sign is one answer: that of servers.</summary>
public partial class SignersTests
{
    private const long Now = 1_700_000_000;

    /// <summary>An operator O1 with the signing key O2; its account A1 with the signing keys A1S1 and A1S2, which is scoped; a user U1.</summary>
    /// <param name="IsStrict">Whether the operator requires signing keys.</param>
    /// <param name="AccountSigner">Who signs the account.</param>
    /// <param name="UserSigner">Who signs the user.</param>
    /// <param name="IssuerAccount">The account that the user names; null for none.</param>
    /// <param name="IsCleared">Whether the user brings nothing of its own, as servers demand under a scoped key.</param>
    /// <param name="IsBearer">Whether the user is a bearer, which the account disallows.</param>
    /// <param name="IsRevoked">Whether the account revokes the user.</param>
    public sealed record Chain(
        bool IsStrict, string AccountSigner, string UserSigner, string? IssuerAccount, bool IsCleared, bool IsBearer, bool IsRevoked);

    public static TheoryData<string, string> Cases => Vectors.Cases("did-sign.json", "cases", "claims");

    private static Gen<Chain> Chains =>
        from strict in Gen.Elements(true, false)
        from accountSigner in Gen.Elements("O1", "O2", "O2", "O3", "A1")
        from userSigner in Gen.Elements("A1", "A1S1", "A1S1", "A1S2", "A2")
        from issuerAccount in Gen.Elements("A1", "A1", "A1", null, "A2", "A1S1", "")
        from cleared in Gen.Elements(true, false)
        from bearer in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from revoked in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Chain(strict, accountSigner, userSigner, issuerAccount, cleared, bearer, revoked);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tells_who_signed_as_the_reference_does(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        Match claims = Sentence().Match(vector.Text("claims"));
        if (claims.Groups["kind"].Value == "operator")
        {
            return;
        }

        string issuer = Key(claims.Groups["iss"].Value);
        var above = new OperatorClaims { Subject = Key("O1"), SigningKeys = [Key("O2")], StrictSigningKeyUsage = vector.Flag("strict") };
        var account = new AccountClaims { Subject = Key("A1"),
            SigningKeys = [new AccountSigningKey { Key = Key("A1S1") }, new AccountSigningKey { Key = Key("A1S2"), IsScoped = true }] };
        string named = claims.Groups["for"].Value;
        SignerFault fault = claims.Groups["kind"].Value == "account"
            ? Signers.FaultOf(issuer, above)
            : Signers.FaultOf(new UserClaims { IssuerAccount = named.Length == 0 ? null : Key(named) }, issuer, account, Signers.Of(account, above));

        // The reference takes whatever an identity signs for its own. Servers look up the account that the token names.
        bool isForAnother = named == "A2" && claims.Groups["iss"].Value == "A1";
        Assert.True((vector.Flag("did_sign") && !isForAnother) == (fault == SignerFault.None), id);
    }

    [Fact]
    public void What_the_gates_let_pass_servers_let_in() =>
        Prop.ForAll(Chains.ToArbitrary(), AssertAgreement).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("A1S1", null, false)]
    [InlineData("A1S1", "A1", true)]
    [InlineData("A1", null, true)]
    [InlineData("A2", "A1", false)]
    public void Nothing_is_signed_that_servers_would_not_accept_from_its_signer(string signer, string? issuerAccount, bool isSigned)
    {
        using StoreBox box = Box(new Chain(IsStrict: false, "O2", "A1", IssuerAccount: null, IsCleared: false, IsBearer: false, IsRevoked: false));
        void Sign() => new SigningRules(box.Clock).RequireSignable(
            StoreBox.U, new UserClaims { Name = "U", Subject = Key("U1"), IssuerAccount = issuerAccount is null ? null : Key(issuerAccount) },
            Key(signer), box.Account);

        if (isSigned)
        {
            Sign();
        }
        else
        {
            Assert.Equal(ErrorCode.SigningKeyNotAllowed, Assert.Throws<NatsKeysException>(Sign).Code);
        }
    }

    [Theory]
    [InlineData("A1", null, true, SignerFault.None)]
    [InlineData("A1", "A1", true, SignerFault.Issuer)]
    [InlineData("A1", "A1", false, SignerFault.None)]
    [InlineData("A1S1", "A1", true, SignerFault.None)]
    [InlineData("A1S1", null, false, SignerFault.IssuerAccount)]
    [InlineData("A2", null, false, SignerFault.Issuer)]
    public void An_activation_of_the_identity_holds_under_a_strict_operator_where_it_names_no_account(
        string signer, string? issuerAccount, bool isStrict, object fault)
    {
        var account = new AccountClaims { Subject = Key("A1"), SigningKeys = [new AccountSigningKey { Key = Key("A1S1") }] };
        var activation = new ActivationClaims { IssuerAccount = issuerAccount is null ? null : Key(issuerAccount) };
        Assert.Equal(fault, Signers.FaultOf(
            activation, Key(signer), account, Signers.Of(account, new OperatorClaims { StrictSigningKeyUsage = isStrict })));
    }

    private static void AssertAgreement(Chain chain)
    {
        using StoreBox box = Box(chain);
        string user = box.User.Jwt!;
        NatsJwt[] parents = [JwtReader.Read(box.Account.Jwt!), JwtReader.Read(box.Operator.Jwt!)];
        ConnectDecision decision = new ServerTrust(box.Operator.Jwt!, key => key == Key("A1") ? box.Account.Jwt : null)
            .Decide(new ConnectAttempt(user) { Time = box.Clock.Now });

        bool isChainGood = JwtValidator.Check(user, parents, box.Clock.Now).All(finding => finding.Severity == FindingSeverity.Warning);
        bool isStoreGood = EntityValidator.Check(box.User, box.Clock.Now).All(finding => finding.Severity == FindingSeverity.Warning);
        bool isSigned = box.User.State == EntityState.Signed && box.Account.State == EntityState.Signed;
        Assert.True(isChainGood == decision.IsAllowed,
            $"{chain}: the chain is {(isChainGood ? "good" : "bad")}, and servers: {decision.Refusal?.ToString() ?? "in"}");
        Assert.True(isStoreGood == decision.IsAllowed,
            $"{chain}: the store is {(isStoreGood ? "good" : "bad")}, and servers: {decision.Refusal?.ToString() ?? "in"}");

        // The state says nothing of roles and bearers, which have findings of their own.
        Assert.True(isSigned || !decision.IsAllowed, $"{chain}: not signed, and servers let it in.");
        bool isOfSigner = decision.Refusal?.Rule is "connect.user-issuer" or "connect.account" or "connect.account-issuer";
        Assert.True(!isSigned || !isOfSigner, $"{chain}: signed, and servers say {decision.Refusal}");
    }

    /// <summary>A store that has the chain, past every check.</summary>
    private static StoreBox Box(Chain chain)
    {
        var box = new StoreBox(StorePlace.Memory);
        box.Clock.Now = DateTimeOffset.FromUnixTimeSeconds(Now);
        Save(box, StoreBox.O,
            new OperatorClaims { Name = "O", Subject = Key("O1"), SigningKeys = [Key("O2")], StrictSigningKeyUsage = chain.IsStrict }, "O1");

        var account = new AccountClaims { Name = "A", Subject = Key("A1") };
        account.SigningKeys.Add(new AccountSigningKey { Key = Key("A1S1") });
        account.SigningKeys.Add(new AccountSigningKey { Key = Key("A1S2"), IsScoped = true, Role = "r" });
        account.Limits.DisallowBearer = true;
        if (chain.IsRevoked)
        {
            account.Revocations[Key("U1")] = Now;
        }

        Save(box, StoreBox.A, account, chain.AccountSigner);
        var user = new UserClaims { Name = "U", Subject = Key("U1"),
            IssuerAccount = chain.IssuerAccount is { Length: > 0 } label ? Key(label) : chain.IssuerAccount };
        user.Permissions.BearerToken = chain.IsBearer;
        if (chain.IsCleared)
        {
            user.Permissions.SetLimits(0);
        }

        Save(box, StoreBox.U, user, chain.UserSigner);
        return box;
    }

    private static void Save(StoreBox box, EntityPath path, ClaimSet claims, string signer)
    {
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed(signer));
        string token = JwtWriter.Write(claims, key, new FixedClock(Now));
        box.Store.Save(path, new EntityDocument(JwtReader.Read(token).Claims, token));
    }

    private static string Key(string label)
    {
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed(label));
        return key.PublicKey;
    }

    [GeneratedRegex(@"^(?<kind>\w+) (?<sub>\w+) issued by (?<iss>\w+)(?: with issuer_account \[(?<for>\w*)\])?$")]
    private static partial Regex Sentence();
}
