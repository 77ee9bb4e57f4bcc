using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

public class NatsStoreTests
{
    [Theory]
    [EveryStore]
    public void Who_reads_through_a_change_sees_what_it_saved(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        EntityPath other = StoreBox.A.Child("V");
        using StoreTransaction change = box.Store.BeginChange();
        change.Save(other, box.User.Document);
        Assert.Equal(box.User.Jwt, change.Get(other).Jwt);
        Assert.Equal(box.User.Subject, change.Get(other).Subject);
        Assert.Null(box.Store.Find(other));
    }

    [Theory]
    [EveryStore]
    public void What_is_created_is_found_and_listed(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U).With(new EntityPath("O", "A", "a")).With(new EntityPath("O", "B"))
            .With(new EntityPath("N"));

        Assert.Equal(["N", "O"], box.Store.Names());
        Assert.Equal(["A", "B"], box.Store.Names(StoreBox.O));
        Assert.Equal(["a", "U"], box.Store.Names(StoreBox.A));
        Assert.Empty(box.Store.Names(new EntityPath("N")));
        Assert.Equal(["A", "B"], box.Store.Children(box.Operator).Select(child => child.Name));
        Assert.Equal(("U", "A", "O", EntityState.Signed), (box.User.Name, box.User.Account, box.User.Operator, box.User.State));
    }

    [Theory]
    [EveryStore]
    public void Names_are_the_same_whatever_their_case(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(new EntityPath("Op", "Größe", "Bob"));
        NatsEntity found = box.Store.Get(new EntityPath("oP", "gRÖSSE".Replace("SS", "ß", StringComparison.Ordinal), "BOB"));

        Assert.Equal(new EntityPath("Op", "Größe", "Bob"), found.Path);
        Assert.Equal(EntityState.Signed, found.State);
        Assert.Equal(["Bob"], box.Store.Names(new EntityPath("OP", "größe")));
        Refused.With(ErrorCode.EntityExists, () => box.With(new EntityPath("OP")));
        Refused.With(ErrorCode.EntityExists, () => box.With(new EntityPath("op", "GRÖßE")));
        Refused.With(ErrorCode.EntityExists, () => box.With(new EntityPath("op", "größe", "bob")));
    }

    [Theory]
    [EveryStore]
    public void A_name_is_the_same_in_either_form_of_unicode(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(new EntityPath("Caf\u00e9"));
        Refused.With(ErrorCode.EntityExists, () => box.With(new EntityPath("Cafe\u0301")));
        Assert.Equal("Caf\u00e9", box.Store.Find(new EntityPath("Cafe\u0301"))?.Name);
    }

    [Theory]
    [EveryStore]
    public void What_does_not_exist_is_not_found(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        Assert.Null(box.Store.Find(new EntityPath("X")));
        Assert.Null(box.Store.Find(StoreBox.U));
        Assert.Null(box.Store.Find(new EntityPath("X", "Y", "Z")));
        Assert.Empty(box.Store.Names(new EntityPath("X", "Y")));
        NatsKeysException error = Refused.With(ErrorCode.EntityNotFound, () => box.Store.Get(StoreBox.U));
        Assert.Contains("user O/A/U", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [EveryStore]
    public void An_object_is_a_snapshot_and_a_new_read_sees_the_newest_state(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        NatsAccount before = box.Account;
        string key = box.AddSigningKey(StoreBox.A);
        Assert.Empty(before.SigningKeys);
        Assert.Equal(key, box.Account.GetSigningKeys().Single().PublicKey);
    }

    [Theory]
    [EveryStore]
    public void A_changed_object_does_not_change_the_store(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        Assert.Throws<InvalidOperationException>(() => box.Account.Claims.Limits.Conn = 7);
        Assert.Throws<InvalidOperationException>(() => box.Account.Claims.Tags.Add("x"));
        ((AccountClaims)box.Account.Claims.Copy()).Limits.Conn = 7;
        Assert.Equal(-1, box.Account.Limits.Conn);
        Assert.Empty(box.Account.Tags);
        Assert.Equal(EntityState.Signed, box.Account.State);
    }

    [Theory]
    [EveryStore]
    public void A_user_of_a_key_that_its_account_does_not_list_is_untrusted(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        using NatsKeyPair stranger = NatsKeyPair.Generate(NatsKeyType.Account);
        box.Save(StoreBox.U, box.User.Claims, stranger);
        Assert.Equal(EntityState.Untrusted, box.User.State);
        Assert.Equal(stranger.PublicKey, box.User.Issuer);
    }

    [Theory]
    [EveryStore]
    public void A_user_is_untrusted_once_its_signing_key_is_off_the_list(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        string key = box.AddSigningKey(StoreBox.A);
        box.Create(StoreBox.A, new NewEntity("U") { SigningKey = SigningKeyChoice.Named(key) });
        Assert.Equal(EntityState.Signed, box.User.State);

        SigningKeyRemovalResult removal = box.Edit(editor => editor.RemoveSigningKey(StoreBox.A, key, SigningKeyChoice.Default));
        Assert.Equal([StoreBox.U], removal.GetInvalid().Select(entity => entity.Path));
        Assert.Equal(EntityState.Untrusted, box.User.State);
    }

    [Theory]
    [EveryStore]
    public void A_tampered_token_is_untrusted(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        box.Store.Save(StoreBox.U, new EntityDocument(box.User.Claims, Tokens.Tampered(box.User.Jwt!)));
        Assert.Equal(EntityState.Untrusted, box.User.State);
    }

    [Theory]
    [EveryStore]
    public void Under_a_strict_operator_identity_keys_are_not_trusted(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).StrictSigningKeyUsage = true);
        Assert.Equal(EntityState.Signed, box.Operator.State);
        Assert.Equal(EntityState.Untrusted, box.Account.State);
        Assert.Equal(EntityState.Untrusted, box.User.State);
    }

    [Theory]
    [InlineData(StorePlace.Disk, -1, EntityState.Signed)]
    [InlineData(StorePlace.Disk, 0, EntityState.Signed)]
    [InlineData(StorePlace.Disk, 999, EntityState.Signed)]
    [InlineData(StorePlace.Disk, 1000, EntityState.Expired)]
    [InlineData(StorePlace.Memory, 0, EntityState.Signed)]
    [InlineData(StorePlace.Memory, 999, EntityState.Signed)]
    [InlineData(StorePlace.Memory, 1000, EntityState.Expired)]
    public void A_token_is_valid_to_the_end_of_its_last_second(StorePlace place, int millisecondsAfter, string expected)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        DateTimeOffset expiry = MovingClock.Start.AddDays(1);
        box.Create(StoreBox.A, new NewEntity("U") { Expires = expiry });
        box.Clock.Now = expiry.AddMilliseconds(millisecondsAfter);
        Assert.Equal(expected, box.User.State);
    }

    [Theory]
    [EveryStore]
    public void A_token_is_valid_from_its_first_second_on(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        DateTimeOffset first = MovingClock.Start.AddDays(1);
        box.Create(StoreBox.A, new NewEntity("U") { NotBefore = first });
        box.Clock.Now = first.AddMilliseconds(-1);
        Assert.Equal(EntityState.NotYetValid, box.User.State);
        box.Clock.Now = first;
        Assert.Equal(EntityState.Signed, box.User.State);
    }

    [Theory]
    [EveryStore]
    public void Times_of_zero_and_below_are_none(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        box.Resign(StoreBox.U, claims => (claims.Expires, claims.NotBefore) = (-5, -5));
        Assert.Equal(EntityState.Signed, box.User.State);
    }

    [Theory]
    [EveryStore]
    public void What_is_in_a_store_can_be_read_again_by_any_reader_of_tokens(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        NatsJwt jwt = JwtReader.Read(box.User.Jwt!);
        Assert.Equal((box.User.Subject, box.Account.Subject, MovingClock.Start), (jwt.Subject, jwt.Issuer, jwt.IssuedAt));
        Assert.Equal(MovingClock.Start, box.User.IssuedAt);
    }
}
