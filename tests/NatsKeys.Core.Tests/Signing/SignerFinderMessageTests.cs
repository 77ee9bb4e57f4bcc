using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Signing;

/// <summary>An error about a signing key says why this one may not sign, and where it was looked for.</summary>
public sealed class SignerFinderMessageTests : IDisposable
{
    private readonly StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.A);

    [Fact]
    public void A_key_that_nobody_lists()
    {
        using NatsKeyPair stranger = NatsKeyPair.Generate(NatsKeyType.Account);
        string message = Message(ErrorCode.SigningKeyNotAllowed, StoreBox.A, SigningKeyChoice.Of(stranger));
        Assert.Contains("account O/A does not list it", message, StringComparison.Ordinal);
        Assert.Contains(stranger.PublicKey, message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_identity_key_under_a_strict_operator()
    {
        box.AddSigningKey(StoreBox.O);
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).StrictSigningKeyUsage = true);
        string message = Message(ErrorCode.SigningKeyNotAllowed, StoreBox.O, SigningKeyChoice.Named(box.Operator.Subject!));
        Assert.Contains("operator O, and the operator requires signing keys", message, StringComparison.Ordinal);
        Assert.Contains(box.Operator.Subject!, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signing_key_of_an_operator_for_the_operator_itself()
    {
        box.AddSigningKey(StoreBox.O);
        string key = box.AddSigningKey(StoreBox.O);
        using NatsKeyPair another = NatsKeyPair.Generate(NatsKeyType.Operator);
        string message = Refused.With(
            ErrorCode.SigningKeyNotAllowed, () => box.Edit(editor => editor.AddSigningKey(StoreBox.O, another, SigningKeyChoice.Named(key)))).Message;
        Assert.Contains("operator O", message, StringComparison.Ordinal);
        Assert.Contains(key, message, StringComparison.Ordinal);
    }

    [Fact]
    public void None_of_those_that_might_sign_where_none_is_named()
    {
        string identity = box.Account.Subject!;
        box.Store.Keys.Remove(identity);
        string message = Message(ErrorCode.SigningKeyNotFound, StoreBox.A, SigningKeyChoice.Default);
        Assert.Equal([identity], KeysIn(message));
        Assert.StartsWith("No signing key was specified", message, StringComparison.Ordinal);
        Assert.Contains("(there are none)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_whose_seed_is_nowhere()
    {
        string key = box.AddRole("reader");
        box.Store.Keys.Remove(key);
        string message = Message(ErrorCode.SigningKeyNotFound, StoreBox.A, SigningKeyChoice.Named("reader"));
        Assert.StartsWith("The signing key of role 'reader'", message, StringComparison.Ordinal);
        Assert.Equal([key], KeysIn(message));
    }

    [Fact]
    public void The_unscoped_keys_whose_seeds_are_nowhere_are_named()
    {
        string key = box.AddSigningKey(StoreBox.A);
        box.Store.Keys.Remove(key);
        box.Store.Keys.Remove(box.Account.Subject!);
        Assert.Equal([key, box.Account.Subject!], KeysIn(Message(ErrorCode.SigningKeyNotFound, StoreBox.A, SigningKeyChoice.Default)));
    }

    [Fact]
    public void Under_a_strict_operator_the_identity_key_is_not_looked_for()
    {
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).StrictSigningKeyUsage = true);
        Assert.Empty(KeysIn(Message(ErrorCode.SigningKeyNotFound, StoreBox.O, SigningKeyChoice.Default)));
    }

    [Fact]
    public void A_word_that_is_no_role_and_no_file()
    {
        string message = Message(ErrorCode.SigningKeyNotFound, StoreBox.A, SigningKeyChoice.Named("raeder", box.At("raeder")));
        Assert.StartsWith("The signing key ", message, StringComparison.Ordinal);
        Assert.Contains("account O/A: it has no roles", message, StringComparison.Ordinal);
        Assert.Contains(box.At("raeder"), message, StringComparison.Ordinal);
        box.AddRole("reader");
        Assert.Contains("'reader'", Message(ErrorCode.SigningKeyNotFound, StoreBox.A, SigningKeyChoice.Named("raeder")),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "role", Message(ErrorCode.SigningKeyNotFound, StoreBox.O, SigningKeyChoice.Named("raeder")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(51, true)]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Why_a_text_that_looks_like_a_key_is_none(int length, bool isExplained)
    {
        // A text with other characters is of no length that keys have: what is said of it, but for the text, is said of whatever is no key.
        string none = new string('A', length - 1) + "-";
        string text = new('A', length);
        Assert.Equal(isExplained, About(text) != About(none));
    }

    [Fact]
    public void A_file_without_a_seed_is_named()
    {
        string empty = box.At("empty.nk");
        File.WriteAllText(empty, "");
        Assert.Equal(empty, Refused.With(ErrorCode.NoSeedFound, () => Create(StoreBox.A, SigningKeyChoice.Named(empty))).Path);
    }

    public void Dispose() => box.Dispose();

    private string Message(ErrorCode code, EntityPath parent, SigningKeyChoice choice)
    {
        string message = Refused.With(code, () => Create(parent, choice)).Message;
        Assert.Null(box.Store.Find(parent.Child("Refused")));
        return message;
    }

    private string About(string text) =>
        Message(ErrorCode.SigningKeyNotFound, StoreBox.A, SigningKeyChoice.Named(text)).Replace(text, "", StringComparison.Ordinal);

    private static IEnumerable<string> KeysIn(string message) =>
        message.Split(' ', ',', ';').Where(word => PublicNkey.TryGetType(word, out _));

    private void Create(EntityPath parent, SigningKeyChoice choice) => box.Create(parent, new NewEntity("Refused") { SigningKey = choice });
}
