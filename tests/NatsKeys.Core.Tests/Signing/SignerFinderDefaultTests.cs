using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Signing;

/// <summary>Which key signs again what was signed before, and how an error about a key that was asked for is told from others.</summary>
public sealed class SignerFinderDefaultTests : IDisposable
{
    private readonly StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.O);

    [Fact]
    public void An_issuer_that_is_no_longer_trusted_does_not_sign_again()
    {
        string key = box.AddSigningKey(StoreBox.O);
        box.Create(StoreBox.O, new NewEntity("A") { SigningKey = SigningKeyChoice.Named(key) });
        Assert.Equal(key, box.Account.Issuer);
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).SigningKeys.Clear());
        Assert.True(box.Store.Keys.Contains(key));
        Assert.Equal(box.Operator.Subject, Edited(StoreBox.A).Issuer);
    }

    [Fact]
    public void What_a_role_signed_is_signed_again_by_no_other_key_unless_that_is_named()
    {
        box.With(StoreBox.A);
        string role = box.AddRole("reader");
        box.Create(StoreBox.A, new NewEntity("U") { SigningKey = SigningKeyChoice.Named("reader") });
        Assert.Equal(role, Edited(StoreBox.U).Issuer);

        box.Store.Keys.Remove(role);
        string message = Refused.With(ErrorCode.SigningKeyNotFound, () => Edited(StoreBox.U)).Message;
        Assert.Contains(role, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_of_an_unscoped_key_that_has_gone_is_signed_by_the_identity()
    {
        box.With(StoreBox.A);
        string key = box.AddSigningKey(StoreBox.A);
        box.Create(StoreBox.A, new NewEntity("U") { SigningKey = SigningKeyChoice.Named(key) });
        box.Store.Keys.Remove(key);
        Assert.Equal(box.Account.Subject, Edited(StoreBox.U).Issuer);
    }

    [Fact]
    public void Only_an_error_about_a_key_that_was_asked_for_is_one_of_the_signing_key()
    {
        box.With(StoreBox.A);
        box.Store.Keys.Remove(box.Account.Subject!);
        Assert.IsType<NatsKeysException>(Error(SigningKeyChoice.Default));
        Assert.IsType<SigningKeyException>(Error(SigningKeyChoice.Named(box.Account.Subject!)));
        Assert.IsType<SigningKeyException>(Error(SigningKeyChoice.Named("nothing")));
    }

    [Fact]
    public void A_role_is_the_name_of_scoped_keys_alone()
    {
        box.With(StoreBox.A);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        box.Store.Keys.Add(key);
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).SigningKeys.Add(new AccountSigningKey { Key = key.PublicKey, Role = "plain" }));
        Assert.Equal(ErrorCode.SigningKeyNotFound, Error(SigningKeyChoice.Named("plain")).Code);
    }

    [Fact]
    public void A_seed_that_is_given_as_text_or_file_is_kept_for_the_next_one()
    {
        box.With(StoreBox.A);
        using NatsKeyPair identity = box.Store.Keys.Find(box.Account.Subject!)!;
        string file = box.At("a.nk");
        File.WriteAllText(file, KeyRoot.ProtectedKeysBox.SeedOf(identity));
        box.Store.Keys.Remove(identity.PublicKey);
        foreach (string text in new[] { KeyRoot.ProtectedKeysBox.SeedOf(identity), file })
        {
            using var editor = new EntityEditor(box.Store);
            Assert.Equal(identity.PublicKey,
                editor.CreateUser(new NewEntity(Name()) { SigningKey = SigningKeyChoice.Named(text) }, StoreBox.A).Issuer);
            Assert.Equal(identity.PublicKey, editor.CreateUser(new NewEntity(Name()), StoreBox.A).Issuer);
        }

        Assert.Equal(ErrorCode.SigningKeyNotFound, Error(SigningKeyChoice.Default).Code);
    }

    public void Dispose() => box.Dispose();

    private static string Name() => Guid.NewGuid().ToString("N");

    private NatsEntity Edited(EntityPath path)
    {
        box.Edit(editor => editor.Change(path, SigningKeyChoice.Default, entity => entity.ChangeTags([Name()], [])));
        return box.Store.Get(path);
    }

    private NatsKeysException Error(SigningKeyChoice choice) =>
        Assert.ThrowsAny<NatsKeysException>(() => box.Create(StoreBox.A, new NewEntity("Refused") { SigningKey = choice }));
}
