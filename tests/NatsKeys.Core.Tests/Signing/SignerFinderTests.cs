using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Core.Tests.Signing;

public class SignerFinderTests
{
    [Theory]
    [EveryStore]
    public void By_default_the_first_usable_plain_signing_key_signs_and_without_one_the_identity(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        box.AddRole("reader");
        Assert.Equal(box.Account.Subject, box.Create(StoreBox.A, new NewEntity("U")).Issuer);

        box.AddSigningKey(StoreBox.A);
        box.AddSigningKey(StoreBox.A);
        string[] keys = [.. box.Account.GetSigningKeys().Where(key => !key.IsScoped).Select(key => key.PublicKey)];
        Assert.Equal(keys[0], box.Create(StoreBox.A, new NewEntity("V")).Issuer);

        box.Store.Keys.Remove(keys[0]);
        Assert.Equal(keys[1], box.Create(StoreBox.A, new NewEntity("W")).Issuer);

        box.Store.Keys.Remove(keys[1]);
        Assert.Equal(box.Account.Subject, box.Create(StoreBox.A, new NewEntity("X")).Issuer);
    }

    [Theory]
    [EveryStore]
    public void Which_key_was_chosen_and_why_is_told_where_none_was_named(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        string key = box.AddSigningKey(StoreBox.A);
        var told = new List<SignerReason>();
        using (var editor = new EntityEditor(box.Store, new KeyRing(box.Store.Keys), reasons: told.Add))
        {
            editor.CreateUser(new NewEntity("U"), StoreBox.A);
            editor.Change(StoreBox.U, SigningKeyChoice.Default, user => user.Wanted.Tags.Add("x"));
            editor.CreateUser(new NewEntity("V") { SigningKey = SigningKeyChoice.Named(key) }, StoreBox.A);
            box.Store.Keys.Remove(key);
        }

        using (var editor = new EntityEditor(box.Store, new KeyRing(box.Store.Keys), reasons: told.Add))
        {
            editor.CreateUser(new NewEntity("W"), StoreBox.A);
        }

        Assert.Equal(
            [("user O/A/U", key, "the first usable signing key of the account O/A"), ("user O/A/U", key, "the current issuer"),
                ("user O/A/W", box.Account.Subject!, "the identity key of the account O/A, which has no usable signing key")],
            told.Select(reason => (reason.What, reason.Key, reason.Reason)));
    }

    [Theory]
    [EveryStore]
    public void A_scoped_key_never_signs_by_default(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        box.AddRole("reader");
        box.Store.Keys.Remove(box.Account.Subject!);
        NatsKeysException error = AssertRefused(box, ErrorCode.SigningKeyNotFound, SigningKeyChoice.Default);
        Assert.Contains(box.Account.Subject!, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [EveryStore]
    public void An_edit_is_signed_by_the_current_issuer_while_its_seed_is_at_hand(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.O);
        string key = box.AddSigningKey(StoreBox.O);
        box.Create(StoreBox.O, new NewEntity("A") { SigningKey = SigningKeyChoice.Named(key) });
        box.AddSigningKey(StoreBox.A);
        Assert.Equal(key, box.Account.Issuer);

        box.Store.Keys.Remove(key);
        box.AddSigningKey(StoreBox.A);
        Assert.Equal(box.Operator.Subject, box.Account.Issuer);
    }

    [Theory]
    [EveryStore]
    public void Under_a_strict_operator_only_signing_keys_sign(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.O);
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).StrictSigningKeyUsage = true);
        Refused.With(ErrorCode.SigningKeyNotFound, () => box.With(StoreBox.A));
        Refused.With(ErrorCode.SigningKeyNotAllowed, () =>
            box.Create(StoreBox.O, new NewEntity("A") { SigningKey = SigningKeyChoice.Named(box.Operator.Subject!) }));

        string ofOperator = box.AddSigningKey(StoreBox.O);
        Assert.Equal(box.Operator.Subject, box.Operator.Issuer);
        Assert.Equal(ofOperator, box.With(StoreBox.A).Account.Issuer);
        AssertRefused(box, ErrorCode.SigningKeyNotFound, SigningKeyChoice.Default);
        AssertRefused(box, ErrorCode.SigningKeyNotAllowed, SigningKeyChoice.Named(box.Account.Subject!));

        string ofAccount = box.AddSigningKey(StoreBox.A);
        Assert.Equal(ofAccount, box.With(StoreBox.U).User.Issuer);
    }

    [Theory]
    [EveryStore]
    public void A_signing_key_does_not_sign_its_own_operator(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.O);
        string key = box.AddSigningKey(StoreBox.O);
        using NatsKeyPair another = NatsKeyPair.Generate(NatsKeyType.Operator);
        Refused.With(ErrorCode.SigningKeyNotAllowed, () =>
            box.Edit(editor => editor.AddSigningKey(StoreBox.O, another, SigningKeyChoice.Named(key))));
        box.Store.Keys.Remove(box.Operator.Subject!);
        Refused.With(ErrorCode.SigningKeyNotFound, () => box.Edit(editor => editor.AddSigningKey(StoreBox.O, another, SigningKeyChoice.Default)));
        Assert.False(box.Store.Keys.Contains(another.PublicKey));
    }

    [Theory]
    [EveryStore]
    public void A_key_can_be_named_in_every_way(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed("A1S1"));
        box.Edit(editor => editor.AddSigningKey(StoreBox.A, key, SigningKeyChoice.Default));
        using NatsKeyPair publicOnly = NatsKeyPair.FromPublicKey(key.PublicKey);
        string file = box.At("a.nk");
        File.WriteAllText(file, Vectors.Seed("A1S1") + "\n");
        string publicFile = box.At("public.nk");
        File.WriteAllText(publicFile, key.PublicKey);
        SigningKeyChoice[] choices =
        [
            SigningKeyChoice.Of(key), SigningKeyChoice.Of(publicOnly), SigningKeyChoice.Named(key.PublicKey),
            SigningKeyChoice.Named($" {key.PublicKey}\n"), SigningKeyChoice.Named(Vectors.Seed("A1S1")),
            SigningKeyChoice.Named(file), SigningKeyChoice.Named("a.nk", file), SigningKeyChoice.Named(publicFile),
            SigningKeyChoice.External(data => Sign(key, data)),
        ];
        Assert.All(choices.Index(), choice =>
            Assert.Equal(key.PublicKey, box.Create(StoreBox.A, new NewEntity($"U{choice.Index}") { SigningKey = choice.Item }).Issuer));
    }

    [Theory]
    [EveryStore]
    public void A_role_names_its_key(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        box.AddRole("writer");
        string reader = box.AddRole("reader");
        Assert.Equal(reader, box.Create(StoreBox.A, new NewEntity("U") { SigningKey = SigningKeyChoice.Named("reader") }).Issuer);

        NatsKeysException mistyped = AssertRefused(box, ErrorCode.SigningKeyNotFound, SigningKeyChoice.Named("raeder"));
        Assert.Contains("'raeder'", mistyped.Message, StringComparison.Ordinal);
        Assert.Contains("'reader'", mistyped.Message, StringComparison.Ordinal);
        Assert.Contains("'writer'", mistyped.Message, StringComparison.Ordinal);
        box.AddRole("reader");
        AssertRefused(box, ErrorCode.EntityAmbiguous, SigningKeyChoice.Named("reader"));
        box.Store.Keys.Remove(reader);
        AssertRefused(box, ErrorCode.EntityAmbiguous, SigningKeyChoice.Named("reader"));
    }

    [Theory]
    [EveryStore]
    public void A_role_whose_seed_is_missing_is_not_replaced(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        string key = box.AddRole("reader");
        box.Store.Keys.Remove(key);
        NatsKeysException error = AssertRefused(box, ErrorCode.SigningKeyNotFound, SigningKeyChoice.Named("reader"));
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [EveryStore]
    public void A_key_that_cannot_be_had_or_is_not_listed_is_never_replaced(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        using NatsKeyPair stranger = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair publicOnly = NatsKeyPair.FromPublicKey(stranger.PublicKey);
        string mistyped = box.Account.Subject![..^1] + (box.Account.Subject[^1] == 'A' ? 'B' : 'A');
        string empty = box.At("empty.nk");
        File.WriteAllText(empty, "");

        AssertRefused(box, ErrorCode.SigningKeyNotFound, SigningKeyChoice.Named(stranger.PublicKey));
        AssertRefused(box, ErrorCode.SigningKeyNotFound, SigningKeyChoice.Of(publicOnly));
        AssertRefused(box, ErrorCode.SigningKeyNotFound, SigningKeyChoice.Named("no-such-file.nk"));
        AssertRefused(box, ErrorCode.SigningKeyNotFound, SigningKeyChoice.Named(""));
        AssertRefused(box, ErrorCode.NoSeedFound, SigningKeyChoice.Named(empty));
        AssertRefused(box, ErrorCode.SigningKeyNotAllowed, SigningKeyChoice.Of(stranger));
        AssertRefused(box, ErrorCode.SigningKeyNotAllowed, SigningKeyChoice.Named(Vectors.Seed("A1")));
        AssertRefused(box, ErrorCode.SigningKeyNotAllowed, SigningKeyChoice.Named(box.Operator.Subject!));
        AssertRefused(box, ErrorCode.SigningKeyNotAllowed, SigningKeyChoice.Named(box.User.Subject!));
        AssertRefused(box, ErrorCode.SigningKeyNotAllowed, SigningKeyChoice.Named(Vectors.Seed("X1")));
        NatsKeysException error = AssertRefused(box, ErrorCode.SigningKeyNotFound, SigningKeyChoice.Named(mistyped));
        Assert.Contains(KeyEncoding.Explain(ErrorCode.InvalidChecksum), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(57)]
    public void A_mistyped_seed_is_not_shown(int position)
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.A);
        char[] text = Vectors.Seed("A1").ToCharArray();
        text[position] = text[position] == 'S' ? 's' : 'S';
        NatsKeysException error = AssertRefused(box, ErrorCode.SigningKeyNotFound, SigningKeyChoice.Named(new string(text)));
        Assert.DoesNotContain(new string(text)[21..57], error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [EveryStore]
    public void A_listed_text_that_is_no_key_does_not_keep_the_others_from_signing(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.O);
        string key = box.AddSigningKey(StoreBox.O);
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).SigningKeys.Add("OABC"));
        box.Store.Keys.Remove(box.Operator.Subject!);
        Assert.Equal(key, box.With(StoreBox.A).Account.Issuer);
    }

    private static NatsKeysException AssertRefused(StoreBox box, ErrorCode code, SigningKeyChoice choice)
    {
        IReadOnlyList<string> before = box.Snapshot();
        NatsKeysException error = Refused.With(code, () => box.Create(StoreBox.A, new NewEntity("Refused") { SigningKey = choice }));
        Assert.Equal(before, box.Snapshot());
        return error;
    }

    private static byte[] Sign(NatsKeyPair key, byte[] data)
    {
        byte[] signature = new byte[ISigner.SignatureLength];
        key.Sign(data, signature);
        return signature;
    }
}
