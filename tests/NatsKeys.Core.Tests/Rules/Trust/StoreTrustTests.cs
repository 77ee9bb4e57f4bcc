using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>What a server that has the tokens of a store lets a user do, and where that comes from.</summary>
public sealed class StoreTrustTests : IDisposable
{
    private readonly StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.U);

    [Fact]
    public void Where_nothing_is_stated_nothing_restricts_the_user() => Holds(PermissionSource.Unrestricted, "", role: null);

    [Fact]
    public void Permissions_of_the_user_go_before_the_defaults_of_its_account()
    {
        Allow(StoreBox.A, "default");
        Holds(PermissionSource.AccountDefault, "default", role: null);
        Allow(StoreBox.U, "own");
        Holds(PermissionSource.User, "own", role: null);
    }

    [Fact]
    public void A_user_of_a_role_has_what_its_template_says()
    {
        string key = box.AddRole("reader");
        Allow(StoreBox.A, "default");
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).SigningKeys.Single(listed => listed.Key == key).Template = new UserPermissions
        {
            Pub = new SubjectPermission { Allow = ["x.{{name()}}"] },
        });
        box.Create(StoreBox.A, new NewEntity("R") { SigningKey = SigningKeyChoice.Named("reader") });
        Holds(PermissionSource.Template, "x.R", "reader", "R");
    }

    [Fact]
    public void A_role_that_says_nothing_leaves_the_defaults_of_the_account()
    {
        box.AddRole("reader");
        Allow(StoreBox.A, "default");
        box.Create(StoreBox.A, new NewEntity("R") { SigningKey = SigningKeyChoice.Named("reader") });
        Holds(PermissionSource.AccountDefault, "default", "reader", "R");
    }

    [Fact]
    public void A_user_may_name_another_account_than_the_one_in_which_it_is()
    {
        NatsEntity other = box.Create(StoreBox.O, new NewEntity("B"));
        Allow(StoreBox.A, "of A");
        Allow(other.Path, "of.B");
        Sign(other.Subject!, other.Subject!);
        Holds(PermissionSource.AccountDefault, "of.B", role: null);
    }

    [Fact]
    public void An_account_that_the_store_does_not_have_lets_nobody_in()
    {
        using NatsKeyPair stranger = NatsKeyPair.Generate(NatsKeyType.Account);
        box.Store.Keys.Add(stranger);
        Sign(stranger.PublicKey, stranger.PublicKey);
        ConnectDecision decision = Decide("U");
        Assert.False(decision.IsAllowed);
        Assert.Null(decision.Permissions);
        Assert.Contains(stranger.PublicKey, decision.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_of_another_kind_lets_nobody_in()
    {
        ConnectDecision decision = StoreTrust.Of(box.User).Decide(Attempt(box.Account.Jwt!));
        Assert.Equal("connect.token", decision.Refusal!.Rule);
    }

    public void Dispose() => box.Dispose();

    private void Holds(PermissionSource source, string allowed, string? role, string user = "U")
    {
        ConnectDecision decision = Decide(user);
        Assert.Null(decision.Refusal);
        Assert.Equal((source, allowed, role), (decision.Source!.Value, string.Join(' ', decision.Permissions!.Pub.Allow), decision.Role));
    }

    private ConnectDecision Decide(string user)
    {
        var entity = (NatsUser)box.Store.Get(StoreBox.A.Child(user));
        return StoreTrust.Of(entity).Decide(Attempt(entity.Jwt!));
    }

    private ConnectAttempt Attempt(string token) => new(token) { Time = box.Clock.GetUtcNow(), Proof = NonceProof.Good };

    private void Allow(EntityPath path, string subject) => box.Resign(path, claims =>
    {
        Permissions permissions = claims is AccountClaims account ? account.DefaultPermissions : ((UserClaims)claims).Permissions;
        permissions.Pub.Allow.Add(subject);
    });

    /// <summary>Signs the user by a key, for an account.</summary>
    private void Sign(string key, string account)
    {
        var claims = (UserClaims)box.User.Wanted.Copy();
        (claims.Issuer, claims.IssuerAccount) = (key, account);
        using NatsKeyPair signer = box.Store.Keys.Find(key)!;
        box.Save(StoreBox.U, claims, signer);
    }
}
