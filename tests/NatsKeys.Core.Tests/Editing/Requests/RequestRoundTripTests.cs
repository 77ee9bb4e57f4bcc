using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Files;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Editing;

public class RequestRoundTripTests
{
    [Fact]
    public void An_edit_is_signed_where_the_key_is()
    {
        using RequestBox box = RequestBox.Usual();
        string old = box.Home.Account.Jwt!;
        box.Append(StoreBox.A, "# mine\ntags: [x]\n");

        NatsSigningRequest asked = box.Ask(StoreBox.A);
        Assert.False(asked.IsCompleted);
        Assert.Equal(["+ tags \"x\""], Assert.Single(asked.GetSignatures()).Changes);
        NatsSigningRequest completed = box.Complete();
        Assert.Equal((true, asked.Digest), (completed.IsCompleted, completed.Digest));
        NatsEntity account = Assert.Single(box.Return());

        Assert.Equal((EntityState.Signed, "x", box.Home.Operator.Subject), (account.State, Assert.Single(account.Tags), account.Issuer));
        Assert.NotEqual(old, account.Jwt);
        Assert.Contains("# mine", File.ReadAllText(box.FileOf(StoreBox.A)), StringComparison.Ordinal);
        Assert.Empty(StoreValidator.Check(box.Home.Store));
        Assert.Empty(box.Safe.Store.Names());
    }

    [Fact]
    public void What_changes_twice_in_a_second_has_a_later_time_although_the_clocks_are_the_same()
    {
        using RequestBox box = RequestBox.Usual();
        DateTimeOffset? before = box.Home.Account.IssuedAt;
        box.Append(StoreBox.A, "tags: [x]\n");
        box.Ask(StoreBox.A);
        box.Complete();
        box.Return();
        Assert.Equal(before + TimeSpan.FromSeconds(1), box.Home.Account.IssuedAt);
    }

    [Fact]
    public void Operator_account_and_user_are_one_request_and_each_sees_what_stands_above_as_it_will_be()
    {
        using RequestBox box = RequestBox.Usual();
        box.Lock(box.Home.Account.Subject!);
        string operatorKey = box.NewKey(NatsKeyType.Operator);
        string accountKey = box.NewKey(NatsKeyType.Account);
        box.Append(StoreBox.O, $"claims:\n  signing_keys: [{operatorKey}]\n");
        box.Append(StoreBox.A, $"claims:\n  signing_keys: [{accountKey}]\n");
        box.Wish(StoreBox.A, operatorKey);
        box.Wish(StoreBox.U, accountKey);

        // Alone, the account's key is not yet one of the operator's token.
        Refused.With(ErrorCode.SigningKeyNotAllowed, () => box.Plan(StoreBox.A));

        NatsSigningRequest asked = box.Ask(StoreBox.O, StoreBox.A, StoreBox.U);
        Assert.Equal([box.Home.Operator.Subject!, operatorKey, accountKey], asked.GetSignatures().Select(signature => signature.SigningKey));
        box.Complete();
        Assert.Equal(["O", "A", "U"], box.Return().Select(entity => entity.Name));

        Assert.Equal(box.Home.Account.Subject, box.Home.User.Claims.IssuerAccount);
        Assert.Empty(StoreValidator.Check(box.Home.Store));
    }

    [Fact]
    public void A_new_entity_gets_its_key_at_home_and_no_seed_travels()
    {
        using RequestBox box = RequestBox.Usual();
        var path = new EntityPath("O", "B");
        box.Append(path, "kind: account # new\nclaims:\n  limits: { conn: 5 }\n");

        NatsSigningRequest asked = box.Ask(path);
        string subject = asked.GetSignatures()[0].Claims.Subject!;
        Assert.Equal(subject, box.Home.Store.Get(path).Subject);
        Assert.True(box.Home.Store.Keys.Contains(subject));
        box.Complete();
        var account = (NatsAccount)Assert.Single(box.Return());

        Assert.Equal((EntityState.Signed, subject, 5), (account.State, account.Subject, account.Limits.Conn));
        Assert.False(box.Safe.Store.Keys.Contains(subject));
        Assert.DoesNotMatch("S[OAU][A-Z2-7]{56}", File.ReadAllText(box.File));
        Assert.Contains("kind: account # new", File.ReadAllText(box.FileOf(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_that_the_store_keeps_follow_their_user()
    {
        using RequestBox box = RequestBox.Usual();
        char[] text = CredentialTexts.Of(box.Home.User);
        string path = CredentialFile.DefaultPath(box.Home.User)!;
        SecretFile.Write(path, text, overwrite: false);
        box.Lock(box.Home.Account.Subject!);
        box.Append(StoreBox.U, "tags: [x]\n");
        box.Ask(StoreBox.U);
        box.Complete();
        box.Return();
        using NatsCredential credential = CredentialFile.Read(path);
        Assert.Equal(box.Home.User.Jwt, credential.Token.Token);
    }

    [Theory]
    [EveryStore]
    public void Another_key_of_the_list_can_be_asked(StorePlace place)
    {
        string key = "";
        using RequestBox box = RequestBox.Usual(place, home => key = home.AddSigningKey(StoreBox.A));
        Assert.Null(box.Plan(StoreBox.U));
        Assert.Null(box.Plan(StoreBox.U, box.Home.Account.Subject));
        box.Lock(key);
        box.Ask(key, expires: null, StoreBox.U);
        box.Complete();
        box.Return();
        Assert.Equal((key, EntityState.Signed), (box.Home.User.Issuer, box.Home.User.State));
    }

    [Theory]
    [EveryStore]
    public void What_an_unlisted_key_signed_waits_for_another_key(StorePlace place)
    {
        string key = "";
        using RequestBox box = RequestBox.Usual(place, home =>
        {
            key = home.AddSigningKey(StoreBox.O);
            home.Edit(editor => editor.Change(StoreBox.A, SigningKeyChoice.Named(key), _ => { }));
            home.Edit(editor => editor.RemoveSigningKey(StoreBox.O, key, SigningKeyChoice.Default));
        });
        Assert.True(SigningRequestBuilder.IsPending(box.Home.Account));
        Assert.True(SigningRequestBuilder.IsPending(box.Home.Account, box.Home.Operator.Subject));
        Assert.False(SigningRequestBuilder.IsPending(box.Home.Account, key));
        Assert.False(SigningRequestBuilder.IsPending(box.Home.User));

        box.Ask(StoreBox.A);
        box.Complete();
        box.Return();
        Assert.Equal((box.Home.Operator.Subject, EntityState.Signed), (box.Home.Account.Issuer, box.Home.Account.State));
    }

    [Fact]
    public void Each_of_two_holders_signs_what_its_key_is_asked_for()
    {
        using RequestBox box = RequestBox.Usual();
        string first = box.Home.Operator.Subject!;
        string second = box.Home.Account.Subject!;
        box.Lock(second);
        box.Append(StoreBox.A, "tags: [x]\n");
        box.Append(StoreBox.U, "tags: [y]\n");
        box.Ask(StoreBox.A, StoreBox.U);

        Assert.Equal([false, true], box.Complete(SigningKeyChoice.Named(second)).GetSignatures().Select(signature => signature.Token is not null));
        Refused.With(ErrorCode.SigningKeyNotAllowed, () => box.Complete(SigningKeyChoice.Named(second)));
        Assert.Equal([StoreBox.U], box.Return().Select(entity => entity.Path));
        Assert.True(box.Complete(SigningKeyChoice.Named(first)).IsCompleted);
        Refused.With(ErrorCode.RequestCompleted, () => box.Complete());
        box.Return();
        Assert.Empty(StoreValidator.Check(box.Home.Store));
    }

    [Fact]
    public void A_key_that_lives_elsewhere_signs_and_every_signature_is_verified()
    {
        using RequestBox box = RequestBox.Usual();
        using NatsKeyPair key = box.Safe.Store.Keys.Find(box.Home.Operator.Subject!)!;
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.Operator);
        box.Append(StoreBox.A, "tags: [x]\n");
        box.Ask(StoreBox.A);
        int calls = 0;
        Refused.With(ErrorCode.ExternalSigner, () => box.Complete(SigningKeyChoice.External(data => SignWith(other, data))));
        Refused.With(ErrorCode.ExternalSigner, () => box.Complete(SigningKeyChoice.External(data => SignWith(calls++ == 0 ? key : other, data))));
        Assert.True(box.Complete(SigningKeyChoice.External(data => SignWith(key, data))).IsCompleted);
        box.Return();
    }

    [Fact]
    public void A_user_of_a_role_has_what_the_role_gives_and_nothing_of_its_own()
    {
        string role = "";
        using RequestBox box = RequestBox.Usual(prepare: home => role = home.AddRole("r"));
        box.Lock(role);
        box.Ask(role, expires: null, StoreBox.U);
        box.Complete();
        box.Return();
        Assert.Equal(("r", true, EntityState.Signed), (box.Home.User.Role, box.Home.User.Permissions.IsCleared, box.Home.User.State));

        box.Append(StoreBox.U, "tags: [x]\n");
        SigningPlan plan = box.Plan(StoreBox.U, box.Home.Account.Subject)!;
        Assert.True(plan.LeavesRole);
        Assert.False(box.Plan(StoreBox.U)!.LeavesRole);
        box.Append(new EntityPath("O", "A", "V"), $"kind: user\nissuer: {role}\nclaims:\n  pub: {{ allow: [a] }}\n");
        Refused.With(ErrorCode.SigningKeyNotAllowed, () => box.Plan(new EntityPath("O", "A", "V")));
    }

    [Fact]
    public void The_lines_of_the_file_may_have_got_other_ends_on_the_way()
    {
        using RequestBox box = RequestBox.Usual();
        box.Append(StoreBox.A, "tags: [x]\n");
        box.Ask(StoreBox.A);
        File.WriteAllText(box.File, "\uFEFF" + File.ReadAllText(box.File).ReplaceLineEndings("\r\n"));
        Assert.True(NatsSigningRequest.IsRequest(box.File));
        box.Complete();
        File.WriteAllText(box.File, File.ReadAllText(box.File).ReplaceLineEndings("\r\n"));
        box.Return();
        Assert.Equal(EntityState.Signed, box.Home.Account.State);
    }

    [Fact]
    public void Every_kind_of_claim_goes_there_and_back()
    {
        using RequestBox box = RequestBox.Usual();
        const string lines =
            """
            tags: [x, '2027', 'a: b']
            expires: 2099-01-31
            not_before: 2030-01-01
            audience: 'me # too'
            other: { x_outer: [1, true, ~, "\u2028"] }
            claims:
              description: "two\nlines \u2028 \u202e and 'quotes'"
              limits: { conn: 5, wildcards: false }
              exports: [{ name: e, subject: e.*, type: service, response_type: Stream }]
              revocations: { '*': 5 }
              mappings: { m: [{ subject: n, weight: 30 }, { subject: o, weight: 70 }] }
              x_future: { a: 1.50, b: "digest: 1\ndigest: 2" }
            """;
        box.Append(StoreBox.A, lines + "\n");
        box.Ask(StoreBox.A);
        box.Complete();
        box.Return();
        Assert.Equal((EntityState.NotYetValid, 5), (box.Home.Account.State, box.Home.Account.Limits.Conn));
        Assert.DoesNotContain("\u202e", NatsSigningRequest.Read(box.File, box.Safe.Store).GetSignatures()[0].Text, StringComparison.Ordinal);
    }

    private static byte[] SignWith(NatsKeyPair key, byte[] data)
    {
        byte[] signature = new byte[ISigner.SignatureLength];
        key.Sign(data, signature);
        return signature;
    }
}
