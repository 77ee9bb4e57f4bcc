using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Editing;

public class SigningKeyRotatingTests
{
    [Theory]
    [EveryStore]
    public void What_a_plain_key_signed_its_successor_signs_and_nothing_else_changes(StorePlace place)
    {
        using var box = new RotationBox(place);
        string[] untouched = [box.User("s1").Jwt!, box.User("i1").Jwt!, box.Box.Operator.Jwt!];
        KeyRotationResult rotation = box.Rotate(box.Plain);

        Assert.Equal(["user O/A/u1", "user O/A/u2"], rotation.SignedAgain.Select(path => path.ToString()));
        Assert.Equal(["account O/B"], rotation.Importers.Select(path => path.ToString()));
        Assert.True(rotation.IsFinished);
        RotationBox.RequireKeys(box.Box.Account.Jwt, rotation.NewKey, box.Role);
        Assert.Equal((rotation.NewKey, rotation.NewKey, rotation.NewKey), (box.User("u1").Issuer, box.User("u2").Issuer, box.ActivationIssuer));
        Assert.Equal(untouched, (string[])[box.User("s1").Jwt!, box.User("i1").Jwt!, box.Box.Operator.Jwt!]);
        Assert.True(box.Store.Keys.Contains(rotation.NewKey));
        box.RequireGood();
    }

    [Theory]
    [EveryStore]
    public void Servers_learn_of_both_keys_first_and_of_the_end_of_the_old_one_last(StorePlace place)
    {
        using var box = new RotationBox(place);
        KeyRotationResult rotation = box.Rotate(box.Plain);

        Assert.Equal([(1, "account O/A"), (2, "account O/B"), (3, "account O/A")],
            rotation.Updates.Select(update => (update.Order, update.Path.ToString())));
        RotationBox.RequireKeys(rotation.Updates[0].Token, box.Plain, rotation.NewKey, box.Role);
        RotationBox.RequireKeys(rotation.Updates[2].Token, rotation.NewKey, box.Role);
        Assert.Equal(box.Box.Account.Jwt, rotation.Updates[2].Token);
        Assert.Equal(box.Importer.Jwt, rotation.Updates[1].Token);
        Assert.True(JwtReader.Read(rotation.Updates[0].Token).Claims.IssuedAt < JwtReader.Read(rotation.Updates[2].Token).Claims.IssuedAt);
    }

    [Theory]
    [EveryStore]
    public void A_compromised_key_is_gone_from_the_first_token_on(StorePlace place)
    {
        using var box = new RotationBox(place);
        KeyRotationResult rotation = box.Rotate(box.Plain, compromised: true);

        Assert.Equal(["account O/A", "account O/B"], rotation.Updates.Select(update => update.Path.ToString()));
        RotationBox.RequireKeys(rotation.Updates[0].Token, rotation.NewKey, box.Role);
        Assert.True(rotation.IsFinished);
        box.RequireGood();
    }

    [Theory]
    [EveryStore]
    public void The_successor_of_a_scoped_key_has_its_role_and_template(StorePlace place)
    {
        using var box = new RotationBox(place);
        KeyRotationResult rotation = box.Rotate(box.Role);
        NatsSigningKey now = box.Box.Account.GetSigningKeys().Single(key => key.IsScoped);

        Assert.Equal(("r", "r", rotation.NewKey, "d"), (rotation.Role, now.Role, now.PublicKey, now.Description));
        Assert.Equal(["x.>"], now.Template!.Pub.Allow);
        Assert.Equal(rotation.NewKey, box.User("s1").Issuer);
        Assert.True(box.User("s1").Claims.Permissions.IsCleared);
        Assert.Empty(rotation.Importers);
        box.RequireGood();
    }

    [Theory]
    [EveryStore]
    public void Accounts_of_an_operators_key_are_signed_again(StorePlace place)
    {
        using var box = new RotationBox(place);
        KeyRotationResult rotation = box.Rotate(new RotationRequest(StoreBox.O, box.OperatorKey));

        Assert.Equal(["operator O", "account O/A", "account O/B", "operator O"], rotation.Updates.Select(update => update.Path.ToString()));
        Assert.Equal((rotation.NewKey, rotation.NewKey), (box.Box.Account.Issuer, box.Importer.Issuer));
        RotationBox.RequireKeys(box.Box.Operator.Jwt, rotation.NewKey);
        box.RequireGood();
    }

    [Theory]
    [EveryStore]
    public void Users_get_new_keys_where_that_is_wanted_and_the_old_ones_are_revoked(StorePlace place)
    {
        using var box = new RotationBox(place);
        string[] old = [box.User("u1").Subject!, box.User("u2").Subject!];
        string token = box.User("u1").Jwt!;
        KeyRotationResult rotation = box.Rotate(new RotationRequest(StoreBox.A, box.Plain) { NewUserKeys = true });

        Assert.Equal(old.Order(StringComparer.Ordinal), rotation.RevokedKeys.Order(StringComparer.Ordinal));
        Assert.Empty(old.Intersect([box.User("u1").Subject!, box.User("u2").Subject!]));
        Assert.True(box.Store.Keys.Contains(box.User("u1").Subject!));
        Assert.True(Revocations.IsRevoked(box.Box.Account.Claims.Revocations, JwtReader.Read(token).Claims));
        Assert.False(Revocations.IsRevoked(
            ((AccountClaims)JwtReader.Read(rotation.Updates[0].Token).Claims).Revocations, JwtReader.Read(token).Claims));
        box.RequireGood();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Credentials_of_the_store_follow(bool newUserKeys)
    {
        using var box = new RotationBox(StorePlace.Disk);
        string path = box.Credentials("u1");
        box.Rotate(new RotationRequest(StoreBox.A, box.Plain) { NewUserKeys = newUserKeys });

        using NatsCredential now = CredentialFile.Read(path);
        Assert.Equal((box.User("u1").Jwt, box.User("u1").Subject), (now.Token.Token, now.KeyPair.PublicKey));
        Assert.True(now.Matches);
    }

    [Theory]
    [EveryStore]
    public void What_was_revoked_stays_so(StorePlace place)
    {
        using var box = new RotationBox(place);
        string[] tokens = [box.User("u1").Jwt!, box.Importer.Jwt!];
        box.Box.Edit(editor => editor.Change(StoreBox.A, SigningKeyChoice.Default, found =>
        {
            AccountClaims claims = ((NatsAccount)found).Claims;
            Revocations.Revoke(claims.Revocations, box.User("u1").Subject!, box.User("u1").Wanted.IssuedAt);
            Revocations.Revoke(claims.Exports[0].Revocations, box.Importer.Subject!, box.User("u1").Wanted.IssuedAt + 60);
        }));
        KeyRotationResult rotation = box.Rotate(box.Plain, compromised: true);

        Assert.Equal(["user O/A/u1"], rotation.LeftRevoked.Select(found => found.ToString()));
        Assert.Equal(["user O/A/u2"], rotation.SignedAgain.Select(found => found.ToString()));
        Assert.Empty(rotation.Importers);
        Assert.Equal(tokens, (string[])[box.User("u1").Jwt!, box.Importer.Jwt!]);
        Assert.True(rotation.IsFinished);
    }

    [Theory]
    [EveryStore]
    public void A_key_that_stays_for_now_leaves_with_the_next_run(StorePlace place)
    {
        using var box = new RotationBox(place);
        KeyRotationResult first = box.Rotate(new RotationRequest(StoreBox.A, box.Plain) { KeepOldKey = true });
        Assert.Equal((false, true), (first.IsFinished, first.IsOldKeyListed));
        RotationBox.RequireKeys(box.Box.Account.Jwt, box.Plain, first.NewKey, box.Role);
        Assert.Equal("account O/A", first.Updates[0].Path.ToString());

        KeyRotationResult second = box.Rotate(box.Plain);
        Assert.Equal((true, first.NewKey), (second.IsFinished, second.NewKey));
        Assert.Empty(second.SignedAgain);
        RotationBox.RequireKeys(box.Box.Account.Jwt, first.NewKey, box.Role);
        Assert.Empty(box.Store.ReadRotations());
        Refused.With(ErrorCode.KeyNotFound, () => box.Rotate(box.Plain));
    }

    [Theory]
    [EveryStore]
    public void The_end_of_a_rotation_does_not_list_a_compromised_successor_again(StorePlace place)
    {
        using var box = new RotationBox(place);
        KeyRotationResult first = box.Rotate(new RotationRequest(StoreBox.A, box.Role) { KeepOldKey = true });
        KeyRotationResult leak = box.Rotate(first.NewKey, compromised: true);
        RotationBox.RequireKeys(box.Box.Account.Jwt, box.Plain, box.Role, leak.NewKey);

        KeyRotationResult end = box.Rotate(box.Role);

        Assert.Equal(leak.NewKey, end.NewKey);
        Assert.All(end.Updates, update => Assert.DoesNotContain(first.NewKey, JwtReader.Read(update.Token).Claims.ListedKeys));
        RotationBox.RequireKeys(box.Box.Account.Jwt, box.Plain, leak.NewKey);
        Assert.Empty(box.Store.ReadRotations());
        box.RequireGood();
    }

    [Theory]
    [EveryStore]
    public void Rotations_of_one_key_after_another_end_with_the_last_key_in_whatever_order_they_end(StorePlace place)
    {
        using var box = new RotationBox(place);
        KeyRotationResult first = box.Rotate(new RotationRequest(StoreBox.A, box.Role) { KeepOldKey = true });
        KeyRotationResult second = box.Rotate(new RotationRequest(StoreBox.A, first.NewKey) { KeepOldKey = true });

        box.Rotate(first.NewKey);
        box.Rotate(box.Role);

        RotationBox.RequireKeys(box.Box.Account.Jwt, box.Plain, second.NewKey);
        Assert.Empty(box.Store.ReadRotations());
        box.RequireGood();
    }

    [Theory]
    [EveryStore]
    public void A_rotation_back_to_the_old_key_leaves_no_record(StorePlace place)
    {
        using var box = new RotationBox(place);
        using NatsKeyPair old = box.Store.Keys.Find(box.Role)!;
        KeyRotationResult first = box.Rotate(new RotationRequest(StoreBox.A, box.Role) { KeepOldKey = true });

        box.Rotate(new RotationRequest(StoreBox.A, first.NewKey) { NewKey = old });

        RotationBox.RequireKeys(box.Box.Account.Jwt, box.Plain, box.Role);
        Assert.Empty(box.Store.ReadRotations());
        box.RequireGood();
    }

    [Theory]
    [EveryStore]
    public void A_successor_that_was_removed_is_replaced_by_another_key(StorePlace place)
    {
        using var box = new RotationBox(place);
        KeyRotationResult first = box.Rotate(new RotationRequest(StoreBox.A, box.Role) { KeepOldKey = true });
        box.Box.Edit(editor => editor.RemoveSigningKey(StoreBox.A, first.NewKey, SigningKeyChoice.Default));

        KeyRotationResult end = box.Rotate(box.Role);

        Assert.NotEqual(first.NewKey, end.NewKey);
        Assert.All(end.Updates, update => Assert.DoesNotContain(first.NewKey, JwtReader.Read(update.Token).Claims.ListedKeys));
        RotationBox.RequireKeys(box.Box.Account.Jwt, box.Plain, end.NewKey);
        Assert.Empty(box.Store.ReadRotations());
    }

    [Theory]
    [EveryStore]
    public void A_rotation_ends_although_its_role_was_changed_meanwhile(StorePlace place)
    {
        using var box = new RotationBox(place);
        KeyRotationResult first = box.Rotate(new RotationRequest(StoreBox.A, box.Role) { KeepOldKey = true });
        box.Box.Edit(editor => editor.SetSigningKey(
            StoreBox.A, first.NewKey, SigningKeyChoice.Default, new ScopeChangeRequest { Template = template => template.Pub.Allow.Add("y.>") }));

        Assert.True(box.Rotate(box.Role).IsFinished);

        NatsSigningKey now = box.Box.Account.GetSigningKeys().Single(key => key.IsScoped);
        Assert.Equal((first.NewKey, "x.> y.>"), (now.PublicKey, string.Join(' ', now.Template!.Pub.Allow)));
    }

    [Theory]
    [EveryStore]
    public void A_given_key_takes_the_place_and_one_that_is_listed_takes_over(StorePlace place)
    {
        using var box = new RotationBox(place);
        using NatsKeyPair given = NatsKeyPair.Generate(NatsKeyType.Account);
        Assert.Equal(given.PublicKey, box.Rotate(new RotationRequest(StoreBox.A, box.Plain) { NewKey = given }).NewKey);
        using NatsKeyPair listed = box.Store.Keys.Find(box.Box.AddSigningKey(StoreBox.A))!;
        KeyRotationResult rotation = box.Rotate(new RotationRequest(StoreBox.A, given.PublicKey) { NewKey = listed });

        RotationBox.RequireKeys(box.Box.Account.Jwt, box.Role, listed.PublicKey);
        Assert.Equal(["account O/B", "account O/A"], rotation.Updates.Select(update => update.Path.ToString()));
        box.RequireGood();
    }

    [Theory]
    [EveryStore]
    public void What_cannot_be_done_changes_nothing(StorePlace place)
    {
        using var box = new RotationBox(place);
        using NatsKeyPair user = NatsKeyPair.Generate(NatsKeyType.User);
        using NatsKeyPair identity = box.Store.Keys.Find(box.Box.Account.Subject!)!;
        using NatsKeyPair role = box.Store.Keys.Find(box.Role)!;
        using NatsKeyPair plain = box.Store.Keys.Find(box.Plain)!;
        using NatsKeyPair foreign = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair away = NatsKeyPair.FromPublicKey(foreign.PublicKey);
        var request = new RotationRequest(StoreBox.A, box.Plain);
        IReadOnlyList<string> before = box.Box.Snapshot();

        Refused.With(ErrorCode.IncompatibleKey, () => box.Rotate(request with { NewKey = user }));
        Refused.With(ErrorCode.SigningKeyExists, () => box.Rotate(request with { NewKey = identity }));
        Refused.With(ErrorCode.SigningKeyExists, () => box.Rotate(request with { NewKey = plain }));
        Refused.With(ErrorCode.SigningKeyNotAllowed, () => box.Rotate(request with { NewKey = role }));
        Refused.With(ErrorCode.SigningKeyNotFound, () => box.Rotate(request with { NewKey = away }));
        Refused.With(ErrorCode.SigningKeyNotAllowed, () => box.Rotate(request with { SigningKey = SigningKeyChoice.Of(foreign) }));
        Refused.With(ErrorCode.KeyNotFound, () => box.Rotate(foreign.PublicKey));
        Refused.With(ErrorCode.InvalidClaims, () => box.Rotate(new RotationRequest(StoreBox.A.Child("u1"), box.Plain)));
        Assert.ThrowsAny<OperationCanceledException>(() => box.Box.Edit(editor => editor.Rotate(request, new CancellationToken(canceled: true))));
        Assert.Equal(before, box.Box.Snapshot());
    }

    [Theory]
    [EveryStore]
    public void A_plan_says_what_will_be_and_changes_nothing(StorePlace place)
    {
        using var box = new RotationBox(place);
        IReadOnlyList<string> before = box.Box.Snapshot();
        RotationPlan plan = box.Box.Edit(editor => editor.PlanRotation(new RotationRequest(StoreBox.A, box.Plain)));
        Assert.Equal(before, box.Box.Snapshot());
        KeyRotationResult rotation = box.Rotate(box.Plain);

        Assert.Equal((rotation.SignedAgain, rotation.Importers), (plan.SignedAgain, plan.Importers), (left, right) =>
            left.Item1.SequenceEqual(right.Item1) && left.Item2.SequenceEqual(right.Item2));
        Assert.Equal((box.OperatorKey, null), (plan.Signer, plan.NewKey));
    }

    [Theory]
    [EveryStore]
    public void The_age_of_a_key_is_that_of_its_seed_or_of_what_it_signed(StorePlace place)
    {
        using var box = new RotationBox(place);
        if (place == StorePlace.Disk)
        {
            string seed = box.Box.At("keys", "keys", "A", box.Plain[1..3], box.Plain + ".nk");
            File.SetLastWriteTimeUtc(seed, MovingClock.Start.UtcDateTime);
        }

        Assert.False(KeyAge.IsOlder(box.Box.Account, box.Plain, TimeSpan.FromDays(30)));
        box.Box.Clock.Now += TimeSpan.FromDays(31);
        Assert.True(KeyAge.IsOlder(box.Box.Account, box.Plain, TimeSpan.FromDays(30)));
        Assert.False(KeyAge.IsOlder(box.Box.Account, box.Plain, TimeSpan.MaxValue));

        // Where the seed is elsewhere, its tokens are left.
        box.Store.Keys.Remove(box.Plain);
        Assert.True(KeyAge.IsOlder(box.Box.Account, box.Plain, TimeSpan.FromDays(30)));
        Assert.False(KeyAge.IsOlder(box.Box.Account, box.Plain, TimeSpan.FromDays(32)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_replaced_is_found_although_the_file_of_another_account_cannot_be_read(bool isOfAccount)
    {
        using var box = new RotationBox(StorePlace.Disk);
        (EntityPath owner, string old) = isOfAccount ? (StoreBox.A, box.Plain) : (StoreBox.O, box.OperatorKey);
        var key = new NatsSigningKey(box.Store.Get(owner), old, scope: null);
        KeyRotationResult made = box.Rotate(new RotationRequest(owner, old) { IsCompromised = true });
        box.Box.With(new EntityPath("O", "bad"));
        File.WriteAllText(box.FileOf(new EntityPath("O", "bad")), "kind: [");
        KeyRotationResult found = box.Box.Edit(editor => editor.FindReplaced(key))!;
        Assert.Equal(made.Updates.Select(update => update.Path), found.Updates.Select(update => update.Path));
    }
}
