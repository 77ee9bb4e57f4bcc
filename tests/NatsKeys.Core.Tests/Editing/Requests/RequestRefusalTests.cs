using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;
using System.Text;

namespace NatsKeys.Core.Tests.Editing;

public class RequestRefusalTests
{
    private static readonly EntityPath B = new("O", "B");
    private static readonly EntityPath V = new("O", "B", "V");

    [Theory]
    [InlineData("claims: { cluster_traffic: x }\n", ErrorCode.RuleBroken)]
    [InlineData("expires: 2020-01-01\n", ErrorCode.InvalidTime)]
    [InlineData("expires: 2030-01-01\nnot_before: 2031-01-01\n", ErrorCode.InvalidTime)]
    [InlineData("claims: [\n", ErrorCode.InvalidYaml)]
    public void Nothing_is_asked_for_that_could_not_be_signed(string lines, ErrorCode code)
    {
        using RequestBox box = RequestBox.Usual();
        box.Append(StoreBox.A, lines);
        Refused.With(code, () => box.Plan(StoreBox.A));
    }

    [Fact]
    public void A_bearer_of_an_account_that_disallows_them_is_not_asked_for()
    {
        using RequestBox box = RequestBox.Usual();
        box.Append(StoreBox.A, "claims: { limits: { disallow_bearer: true } }\n");
        box.Append(StoreBox.U, "claims: { bearer_token: true }\n");
        Assert.NotNull(box.Plan(StoreBox.U));
        Assert.Contains("trust.bearer", Refused.With(ErrorCode.RuleBroken, () => box.Ask(StoreBox.A, StoreBox.U)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_not_listed_is_not_asked()
    {
        using RequestBox box = RequestBox.Usual();
        string other = box.NewKey(NatsKeyType.Operator);
        Refused.With(ErrorCode.SigningKeyNotAllowed, () => box.Plan(StoreBox.A, other));
        Refused.With(ErrorCode.SigningKeyNotAllowed, () => box.Plan(StoreBox.O, other));
        box.Wish(StoreBox.A, other);
        Refused.With(ErrorCode.SigningKeyNotAllowed, () => box.Plan(StoreBox.A));

        // By its file alone the operator lists it: servers do not know that yet.
        box.Append(StoreBox.O, $"claims: {{ signing_keys: [{other}] }}\n");
        Refused.With(ErrorCode.SigningKeyNotAllowed, () => box.Plan(StoreBox.A));
    }

    [Fact]
    public void A_key_that_its_file_does_not_list_any_more_is_not_asked_although_the_token_lists_it()
    {
        string key = "";
        using RequestBox box = RequestBox.Usual(prepare: home => key = home.AddSigningKey(StoreBox.O));
        Assert.NotNull(box.Plan(StoreBox.A, key));
        string file = box.FileOf(StoreBox.O);
        File.WriteAllText(file, File.ReadAllText(file).Replace($"- {key}", "", StringComparison.Ordinal));
        Refused.With(ErrorCode.SigningKeyNotAllowed, () => box.Plan(StoreBox.A, key));
    }

    [Fact]
    public void Where_nobody_says_which_of_several_keys_it_is_the_first_is_asked()
    {
        using RequestBox box = RequestBox.Usual(prepare: home =>
        {
            home.AddSigningKey(StoreBox.O);
            home.AddSigningKey(StoreBox.O);
            home.Resign(StoreBox.O, claims => ((OperatorClaims)claims).StrictSigningKeyUsage = true);
        });
        Assert.Equal(box.Home.Operator.GetSigningKeys()[0].PublicKey, box.Plan(StoreBox.A)!.SigningKey);
        Assert.Equal(box.Home.Operator.GetSigningKeys()[1].PublicKey,
            box.Plan(StoreBox.A, box.Home.Operator.GetSigningKeys()[1].PublicKey)!.SigningKey);
    }

    [Fact]
    public void A_user_of_a_role_whose_key_is_gone_is_asked_of_no_other_key()
    {
        string role = "";
        var path = new EntityPath("O", "A", "R");
        using RequestBox box = RequestBox.Usual(prepare: home =>
        {
            role = home.AddRole("r");
            home.Create(StoreBox.A, new NewEntity("R") { SigningKey = SigningKeyChoice.Named(role) });
        });
        using NatsKeyPair operatorKey = box.Safe.Store.Keys.Find(box.Home.Operator.Subject!)!;
        box.Home.Edit(editor => editor.RemoveSigningKey(StoreBox.A, role, SigningKeyChoice.Of(operatorKey)));
        Assert.Contains(role, Refused.With(ErrorCode.SigningKeyNotFound, () => box.Plan(path)).Message, StringComparison.Ordinal);
        Assert.True(box.Plan(path, box.Home.Account.Subject)!.LeavesRole);
    }

    [Fact]
    public void What_stands_below_something_unsigned_is_asked_for_with_it_or_not_at_all()
    {
        using RequestBox box = RequestBox.Usual();
        string elsewhere = box.NewKey(NatsKeyType.Account);
        box.Append(B, $"kind: account\nclaims: {{ signing_keys: [{elsewhere}] }}\n");
        box.Append(V, "kind: user\n");
        Assert.Contains("account O/B", Refused.With(ErrorCode.EntityNotSigned, () => box.Plan(V)).Message, StringComparison.Ordinal);

        using var builder = new SigningRequestBuilder(box.Home.Store);
        builder.PassOver(builder.Plan(B)!);
        Assert.True(builder.IsSignedHere(builder.Plan(V)!));
        Refused.With(ErrorCode.EntityNotSigned, () => builder.Add(builder.Plan(V, elsewhere)!));

        using var both = new SigningRequestBuilder(box.Home.Store);
        both.Add(both.Plan(B)!);
        Assert.True(both.IsSignedHere(both.Plan(V)!));
        Assert.False(both.IsSignedHere(both.Plan(V, elsewhere)!));
        Assert.Null(box.Home.Store.Get(B).Subject);
    }

    [Fact]
    public void An_operator_without_a_key_is_asked_of_nobody()
    {
        using RequestBox box = RequestBox.Usual();
        var path = new EntityPath("N");
        box.Append(path, "kind: operator\n");
        Assert.Contains("subject", Refused.With(ErrorCode.InvalidClaims, () => box.Plan(path)).Message, StringComparison.Ordinal);

        box.Append(path, $"subject: {box.NewKey(NatsKeyType.Operator)}\n");
        box.Ask(path);
        box.Complete();
        box.Return();
        Assert.Equal(EntityState.Signed, box.Home.Store.Get(path).State);
    }

    [Fact]
    public void A_request_is_not_written_over_a_file_and_what_fails_keeps_no_key()
    {
        using RequestBox box = RequestBox.Usual();
        box.Append(B, "kind: account\n");
        File.WriteAllText(box.File, "mine");
        IReadOnlyList<string> before = box.Home.Snapshot();
        using var builder = new SigningRequestBuilder(box.Home.Store);
        builder.Add(builder.Plan(B)!);
        Assert.Equal(box.File, Refused.With(ErrorCode.FileExists, () => builder.Write(box.File, overwrite: false)).Path);
        Refused.With(ErrorCode.InvalidTime, () => builder.Write(box.File, overwrite: true, box.Home.Clock.Now));
        Assert.Equal(before, box.Home.Snapshot());
        Assert.Equal("mine", File.ReadAllText(box.File));

        box.Append(B, $"subject: {box.NewKey(NatsKeyType.Account)}\n");
        Refused.With(ErrorCode.RequestOutdated, () => builder.Write(box.File, overwrite: true));
    }

    [Fact]
    public void A_request_whose_time_is_over_is_not_completed()
    {
        using RequestBox box = RequestBox.Usual();
        box.Append(StoreBox.A, "tags: [x]\n");
        NatsSigningRequest asked = box.Ask(signingKey: null, box.Home.Clock.Now.AddDays(7), StoreBox.A);
        Assert.Equal((box.Home.Clock.Now, box.Home.Clock.Now.AddDays(7)), (asked.Created, asked.Expires));
        box.Safe.Clock.Now += TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1);
        Refused.With(ErrorCode.RequestExpired, () => box.Complete());
        box.Safe.Clock.Now -= TimeSpan.FromSeconds(1);
        box.Complete();

        // What was signed in time stays signed.
        box.Home.Clock.Now += TimeSpan.FromDays(30);
        box.Return();
    }

    [Fact]
    public void A_key_that_is_not_asked_or_cannot_be_had_signs_nothing()
    {
        using RequestBox box = RequestBox.Usual();
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.Operator);
        using NatsKeyPair curve = NatsKeyPair.Generate(NatsKeyType.Curve);
        box.Append(StoreBox.A, "tags: [x]\n");
        box.Ask(StoreBox.A);
        byte[] before = File.ReadAllBytes(box.File);
        Assert.IsType<SigningKeyException>(Refused.With(ErrorCode.SigningKeyNotAllowed, () => box.Complete(SigningKeyChoice.Of(other))));
        Refused.With(ErrorCode.InvalidCurveKeyOperation, () => box.Complete(SigningKeyChoice.Of(curve)));
        Refused.With(ErrorCode.SigningKeyNotFound, () => box.Complete(SigningKeyChoice.Named("nobody")));
        box.Safe.Store.Keys.Remove(box.Home.Operator.Subject!);
        Refused.With(ErrorCode.SigningKeyNotFound, () => box.Complete());
        Refused.With(ErrorCode.RequestNotCompleted, () => box.Import());
        Assert.Equal(before, File.ReadAllBytes(box.File));
    }

    [Fact]
    public void What_was_changed_at_home_in_the_meantime_is_not_signed_and_the_rest_is()
    {
        using RequestBox box = RequestBox.Usual(prepare: home => home.With(B));
        box.Append(StoreBox.A, "tags: [x]\n");
        box.Append(B, "tags: [y]\n");
        box.Ask(StoreBox.A, B);
        box.Complete();
        File.WriteAllText(box.FileOf(StoreBox.A), File.ReadAllText(box.FileOf(StoreBox.A)).Replace("[x]", "[z]", StringComparison.Ordinal));
        string file = File.ReadAllText(box.FileOf(StoreBox.A));

        (IReadOnlyList<NatsEntity> entities, IReadOnlyList<NatsKeysException> faults) = box.Import();

        Assert.Equal([B], entities.Select(entity => entity.Path));
        NatsKeysException fault = Assert.Single(faults);
        Assert.Equal((ErrorCode.RequestOutdated, box.File), (fault.Code, fault.Path));
        Assert.Contains("+ tags \"z\"", fault.Message, StringComparison.Ordinal);
        Assert.Contains("- tags \"x\"", fault.Message, StringComparison.Ordinal);
        Assert.Equal(file, File.ReadAllText(box.FileOf(StoreBox.A)));
        Assert.Equal(EntityState.Signed, box.Home.Store.Get(B).State);
    }

    [Fact]
    public void A_token_never_goes_back_in_time()
    {
        using RequestBox box = RequestBox.Usual();
        box.Append(StoreBox.A, "tags: [x]\n");
        box.Ask(StoreBox.A);
        box.Complete();
        string old = File.ReadAllText(box.File);
        box.Return();
        Assert.Equal(EntityState.Signed, Assert.Single(box.Return()).State);
        IReadOnlyList<string> before = box.Home.Snapshot();
        box.Return();
        Assert.Equal(before, box.Home.Snapshot());

        box.Append(StoreBox.A, "audience: me\n");
        box.Ask(StoreBox.A);
        box.Complete();
        box.Return();
        string file = box.FileOf(StoreBox.A);
        File.WriteAllText(file, File.ReadAllText(file).Replace("audience: me\n", "", StringComparison.Ordinal));
        File.WriteAllText(box.File, old);
        NatsKeysException fault = Assert.Single(box.Import().Faults);
        Assert.Equal(ErrorCode.RequestOutdated, fault.Code);
        Assert.Contains($"{box.Home.Account.IssuedAt:u}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_store_does_not_have_or_wants_of_another_key_is_not_taken()
    {
        string key = "";
        using RequestBox box = RequestBox.Usual(prepare: home =>
        {
            home.With(B);
            key = home.AddSigningKey(StoreBox.O);
        });
        box.Append(StoreBox.A, "tags: [x]\n");
        box.Append(B, "tags: [x]\n");
        box.Ask(StoreBox.A, B);
        box.Complete();
        box.Wish(StoreBox.A, key);
        box.Home.Store.Delete(B);
        (IReadOnlyList<NatsEntity> entities, IReadOnlyList<NatsKeysException> faults) = box.Import();
        Assert.Empty(entities);
        Assert.Equal([ErrorCode.RequestOutdated, ErrorCode.EntityNotFound], faults.Select(fault => fault.Code));
    }

    [Fact]
    public void A_key_that_was_taken_off_the_list_in_the_meantime_has_signed_in_vain()
    {
        string key = "";
        using RequestBox box = RequestBox.Usual(prepare: home => key = home.AddSigningKey(StoreBox.A));
        box.Lock(key);
        box.Ask(key, expires: null, StoreBox.U);
        box.Complete();
        File.WriteAllText(box.FileOf(StoreBox.A), File.ReadAllText(box.FileOf(StoreBox.A)).Replace($"- {key}", "", StringComparison.Ordinal));
        Assert.Equal(ErrorCode.SigningKeyNotAllowed, Assert.Single(box.Import().Faults).Code);
    }

    [Fact]
    public void A_token_that_is_ahead_of_the_clock_as_clocks_are_is_followed_by_a_later_one_and_one_from_the_future_by_none()
    {
        using RequestBox box = RequestBox.Usual();
        box.Append(StoreBox.A, "tags: [x]\n");
        box.Ask(StoreBox.A);
        box.Safe.Clock.Now -= TimeSpan.FromMinutes(4);
        box.Complete();
        Assert.Equal(box.Home.Account.IssuedAt + TimeSpan.FromSeconds(1),
            NatsSigningRequest.Read(box.File, box.Home.Store).GetSignatures()[0].Token!.IssuedAt);
        box.Ask(StoreBox.A);
        box.Safe.Clock.Now -= TimeSpan.FromMinutes(2);
        Assert.Contains($"{box.Home.Account.IssuedAt:u}", Refused.With(ErrorCode.InvalidRequest, () => box.Complete()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_revocation_of_this_moment_does_not_hit_what_is_signed_now()
    {
        using RequestBox box = RequestBox.Usual(prepare: home =>
            home.Resign(StoreBox.A, claims => ((AccountClaims)claims).Revocations["*"] = home.Clock.Now.ToUnixTimeSeconds()));
        box.Lock(box.Home.Account.Subject!);
        box.Append(StoreBox.U, "tags: [x]\n");
        box.Ask(StoreBox.U);
        box.Complete();
        box.Return();
        Assert.True(JwtReader.Read(box.Home.User.Jwt!).Claims.IssuedAt > box.Home.Clock.Now.ToUnixTimeSeconds());
    }

    [BucketFact]
    public void What_is_left_out_is_told_once_although_others_change_the_store_meanwhile()
    {
        using RequestBox box = RequestBox.Usual(StorePlace.Bucket, home => home.With(StoreBox.O.Child("B")));
        Append(StoreBox.A, "tags: [x]\n");
        Append(StoreBox.O.Child("B"), "tags: [x]\n");
        box.Ask(StoreBox.A, StoreBox.O.Child("B"));
        box.Complete();
        Append(StoreBox.O.Child("B"), "description: later\n");
        NatsStore other = BucketServer.Open(box.Home.Store, box.Home.At("keys"), "other");
        var import = new SigningRequestImporter(box.Home.Store, box.File);
        var told = new List<EntityPath>();
        IReadOnlyList<NatsEntity> taken = import.Import(import.Signed, (signature, _) =>
        {
            told.Add(signature.Path);
            using StoreTransaction faster = other.BeginChange();
            faster.Save(StoreBox.O, faster.Get(StoreBox.O).Document);
            faster.Commit();
        });
        Assert.Equal([StoreBox.O.Child("B")], told);
        Assert.Equal(["A"], taken.Select(entity => entity.Name));
        Assert.Equal(["x"], box.Home.Account.Tags);

        void Append(EntityPath path, string lines)
        {
            using StoreTransaction edit = box.Home.Store.BeginChange();
            edit.SaveText(path, [.. box.Home.Store.LoadText(path)!.Value.Text, .. Encoding.UTF8.GetBytes(lines)]);
            edit.Commit();
        }
    }
}
