using System.Text.Json.Nodes;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Editing;

public class EntityEditorTests
{
    [Theory]
    [EveryStore]
    public void Operators_sign_themselves_and_accounts_and_users_are_signed_by_what_stands_above(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        Assert.Equal(box.Operator.Subject, box.Operator.Issuer);
        Assert.Equal(box.Operator.Subject, box.Account.Issuer);
        Assert.Equal(box.Account.Subject, box.User.Issuer);
        Assert.Null(box.User.Claims.IssuerAccount);
        Assert.Equal(new[] { box.Operator.Subject!, box.Account.Subject!, box.User.Subject! }.Order(), box.Store.Keys.PublicKeys().Order());
    }

    [Theory]
    [EveryStore]
    public void A_new_entity_has_what_was_asked_for(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        DateTimeOffset first = MovingClock.Start.AddHours(1);
        var request = new NewEntity("U") { Key = key, NotBefore = first, Expires = first.AddDays(1), Tags = [" Env:Prod ", "env:prod", "", "b"] };
        NatsEntity made = box.Create(StoreBox.A, request);

        Assert.Equal((key.PublicKey, first, first.AddDays(1)), (made.Subject, made.NotBefore, made.Expires));
        Assert.Equal(["env:prod", "b"], made.Tags);
        Assert.Equal(made.Jwt, box.User.Jwt);
    }

    [Theory]
    [EveryStore]
    public void A_key_whose_seed_is_elsewhere_can_be_an_identity(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        using NatsKeyPair publicOnly = NatsKeyPair.FromPublicKey(key.PublicKey);
        box.Create(StoreBox.A, new NewEntity("U") { Key = publicOnly });
        Assert.Equal((key.PublicKey, EntityState.Signed), (box.User.Subject, box.User.State));
        Assert.False(box.Store.Keys.Contains(key.PublicKey));
    }

    [Theory]
    [EveryStore]
    public void Nothing_expires_before_it_is_made_or_before_it_is_valid(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        DateTimeOffset now = MovingClock.Start;
        NewEntity[] requests =
        [
            new("U") { Expires = now.AddSeconds(-1) }, new("U") { Expires = now }, new("U") { Expires = DateTimeOffset.UnixEpoch },
            new("U") { Expires = DateTimeOffset.MinValue },
            new("U") { NotBefore = now.AddDays(2), Expires = now.AddDays(1) }, new("U") { NotBefore = now.AddDays(1), Expires = now.AddDays(1) },
        ];
        AssertNothingWritten(box, () => Assert.All(requests, request => Refused.With(ErrorCode.InvalidTime, () => box.Create(StoreBox.A, request))));
    }

    [Theory]
    [EveryStore]
    public void A_key_of_another_type_is_no_identity(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        using NatsKeyPair user = NatsKeyPair.Generate(NatsKeyType.User);
        using NatsKeyPair curve = NatsKeyPair.Generate(NatsKeyType.Curve);
        AssertNothingWritten(box, () =>
        {
            Refused.With(ErrorCode.IncompatibleKey, () => box.Create(null, new NewEntity("P") { Key = user }));
            Refused.With(ErrorCode.IncompatibleKey, () => box.Create(StoreBox.O, new NewEntity("B") { Key = user }));
            Refused.With(ErrorCode.IncompatibleKey, () => box.Create(StoreBox.A, new NewEntity("V") { Key = curve }));
        });
    }

    [Theory]
    [EveryStore]
    public void What_has_no_place_is_not_made(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        AssertNothingWritten(box, () =>
        {
            Refused.With(ErrorCode.EntityNotFound, () => box.Create(new EntityPath("X"), new NewEntity("A")));
            Refused.With(ErrorCode.EntityNotFound, () => box.Create(new EntityPath("O", "X"), new NewEntity("U")));
            Refused.With(ErrorCode.EntityExists, () => box.Create(null, new NewEntity("o")));
            Refused.With(ErrorCode.EntityExists, () => box.Create(StoreBox.O, new NewEntity("a")));
            Refused.With(ErrorCode.EntityExists, () => box.Create(StoreBox.A, new NewEntity("u")));
        });
    }

    [Theory]
    [EveryStore]
    public void A_user_of_a_signing_key_names_its_account(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        string key = box.AddSigningKey(StoreBox.A);
        box.Create(StoreBox.A, new NewEntity("U") { SigningKey = SigningKeyChoice.Named(key) });
        Assert.Equal((key, box.Account.Subject, EntityState.Signed), (box.User.Issuer, box.User.Claims.IssuerAccount, box.User.State));
    }

    [Theory]
    [EveryStore]
    public void A_user_of_a_scoped_key_has_nothing_of_its_own(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        string key = box.AddRole("reader");
        box.Create(StoreBox.A, new NewEntity("U") { SigningKey = SigningKeyChoice.Named("reader") });

        JsonNode expected = new JsonObject { ["pub"] = new JsonObject(), ["sub"] = new JsonObject(), ["issuer_account"] = box.Account.Subject,
            ["type"] = "user", ["version"] = 2 };
        JsonNode? nats = Tokens.PayloadOf(box.User.Jwt!)["nats"];
        Assert.True(JsonNode.DeepEquals(expected, nats), nats?.ToJsonString());
        Assert.Equal((key, "reader", EntityState.Signed), (box.User.Issuer, box.User.Role, box.User.State));
    }

    [Theory]
    [EveryStore]
    public void An_added_signing_key_is_listed_kept_and_signed_for(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        string forOperator = box.AddSigningKey(StoreBox.O);
        string forAccount = box.AddSigningKey(StoreBox.A);
        Assert.Equal([forOperator], box.Operator.GetSigningKeys().Select(key => key.PublicKey));
        Assert.Equal([forAccount], box.Account.GetSigningKeys().Select(key => key.PublicKey));
        Assert.Equal((EntityState.Signed, EntityState.Signed), (box.Operator.State, box.Account.State));
        Assert.True(box.Store.Keys.Contains(forOperator) && box.Store.Keys.Contains(forAccount));
    }

    [Theory]
    [EveryStore]
    public void A_signing_key_is_added_and_removed_only_where_it_can_be(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        string listed = box.AddSigningKey(StoreBox.A);
        using NatsKeyPair again = box.Store.Keys.Find(listed)!;
        using NatsKeyPair identity = box.Store.Keys.Find(box.Account.Subject!)!;
        using NatsKeyPair ofOperator = NatsKeyPair.Generate(NatsKeyType.Operator);
        using NatsKeyPair ofAccount = NatsKeyPair.Generate(NatsKeyType.Account);
        AssertNothingWritten(box, () =>
        {
            Refused.With(ErrorCode.SigningKeyExists, () => Add(box, StoreBox.A, again));
            Refused.With(ErrorCode.SigningKeyExists, () => Add(box, StoreBox.A, identity));
            Refused.With(ErrorCode.IncompatibleKey, () => Add(box, StoreBox.A, ofOperator));
            Refused.With(ErrorCode.IncompatibleKey, () => Add(box, StoreBox.O, ofAccount));
            Refused.With(ErrorCode.InvalidClaims, () => Add(box, StoreBox.U, ofAccount));
            Refused.With(ErrorCode.KeyNotFound, () =>
                box.Edit(editor => editor.RemoveSigningKey(StoreBox.A, ofAccount.PublicKey, SigningKeyChoice.Default)));
        });
    }

    [Theory]
    [EveryStore]
    public void A_removed_signing_key_leaves_its_seed_and_names_what_it_signed(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.O);
        string key = box.AddSigningKey(StoreBox.O);
        box.Create(StoreBox.O, new NewEntity("A") { SigningKey = SigningKeyChoice.Named(key) });
        box.Create(StoreBox.O, new NewEntity("B") { SigningKey = SigningKeyChoice.Named(box.Operator.Subject!) });
        SigningKeyRemovalResult removal = box.Edit(editor => editor.RemoveSigningKey(StoreBox.O, key, SigningKeyChoice.Default));

        Assert.Equal(["A"], removal.GetInvalid().Select(entity => entity.Name));
        Assert.Equal(EntityState.Untrusted, box.Account.State);
        Assert.Empty(box.Operator.SigningKeys);
        Assert.True(box.Store.Keys.Contains(key));
    }

    [Theory]
    [EveryStore]
    public void An_edit_leaves_every_other_claim_as_it_was(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.O);
        JsonObject payload = Tokens.Payload("account-full");
        payload["nats"]!["x_future"] = JsonNode.Parse("""{"a":[1,"1",null]}""");
        payload["name"] = "A";
        using NatsKeyPair o2 = NatsKeyPair.FromSeed(Vectors.Seed("O2"));
        Add(box, StoreBox.O, o2);
        box.Store.Save(StoreBox.A,
            new EntityDocument(JwtReader.Read(Tokens.Sign(payload.ToJsonString(), "O2")).Claims, Tokens.Sign(payload.ToJsonString(), "O2")));
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        Add(box, StoreBox.A, key);

        JsonObject after = Tokens.PayloadOf(box.Account.Jwt!);
        JsonArray keys = after["nats"]!["signing_keys"]!.AsArray();
        Assert.Equal(1, keys.RemoveAll(entry => entry is JsonValue text && text.GetValue<string>() == key.PublicKey));
        Assert.True(JsonNode.DeepEquals(payload["nats"], after["nats"]), after["nats"]!.ToJsonString());
        Assert.Equal((payload.Text("aud"), o2.PublicKey), (after.Text("aud"), after.Text("iss")));
    }

    private static NatsSigningKey Add(StoreBox box, EntityPath owner, NatsKeyPair key) =>
        box.Edit(editor => editor.AddSigningKey(owner, key, SigningKeyChoice.Default));

    private static void AssertNothingWritten(StoreBox box, Action action)
    {
        IReadOnlyList<string> before = box.Snapshot();
        action();
        Assert.Equal(before, box.Snapshot());
    }
}
