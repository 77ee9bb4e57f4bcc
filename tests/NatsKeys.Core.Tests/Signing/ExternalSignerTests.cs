using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Signing;

public class ExternalSignerTests
{
    [Fact]
    public void The_key_of_a_function_is_found_among_the_candidates()
    {
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.Account);
        ExternalSigner signer = ExternalSigner.Identify(data => Sign(key, data), [other.PublicKey, key.PublicKey]);
        byte[] signature = new byte[ISigner.SignatureLength];
        signer.Sign("data"u8, signature);
        Assert.Equal(key.PublicKey, signer.PublicKey);
        Assert.True(key.Verify("data"u8, signature));
    }

    [Fact]
    public void The_function_is_asked_something_new_each_time()
    {
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        var asked = new List<string>();
        for (int round = 0; round < 2; round++)
        {
            ExternalSigner.Identify(
                data =>
                {
                    asked.Add(Convert.ToHexString(data));
                    return Sign(key, data);
                },
                [key.PublicKey]);
        }

        Assert.Equal(2, asked.Distinct().Count());
    }

    [Fact]
    public void A_function_of_no_candidate_is_refused()
    {
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.Account);
        Refused.With(ErrorCode.ExternalSigner, () => ExternalSigner.Identify(data => Sign(key, data), [other.PublicKey]));
        Refused.With(ErrorCode.ExternalSigner, () => ExternalSigner.Identify(data => Sign(key, data), []));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    public void What_is_no_signature_is_refused(int? length)
    {
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        Refused.With(ErrorCode.ExternalSigner, () => ExternalSigner.Identify(_ => length is null ? null! : new byte[length.Value], [key.PublicKey]));
    }

    [Fact]
    public void A_function_that_fails_is_an_error_of_the_signer()
    {
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        NatsKeysException error = Refused.With(
            ErrorCode.ExternalSigner, () => ExternalSigner.Identify(_ => throw new TimeoutException("no answer"), [key.PublicKey]));
        Assert.IsType<TimeoutException>(error.InnerException);
    }

    [Fact]
    public void A_function_that_is_stopped_is_no_failure_of_the_signer()
    {
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        string[] candidates = [key.PublicKey];
        Assert.Throws<OperationCanceledException>(() => ExternalSigner.Identify(_ => throw new OperationCanceledException(), candidates));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void A_signature_of_nobody_in_particular_has_its_length(int length)
    {
        Refused.With(ErrorCode.ExternalSigner, () => ExternalSigner.SignUnidentified(_ => new byte[length], [1]));
        Assert.Equal(new byte[64], ExternalSigner.SignUnidentified(_ => new byte[64], [1]));
    }

    [Fact]
    public void A_candidate_that_is_no_key_or_cannot_sign_is_passed_over()
    {
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Operator);
        using NatsKeyPair curve = NatsKeyPair.Generate(NatsKeyType.Curve);
        Assert.Equal(key.PublicKey, ExternalSigner.Identify(data => Sign(key, data), ["OABC", curve.PublicKey, key.PublicKey]).PublicKey);
    }

    [Theory]
    [EveryStore]
    public void A_function_whose_later_signature_is_bad_leaves_nothing_behind(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        using NatsKeyPair key = box.Store.Keys.Find(box.Account.Subject!)!;
        IReadOnlyList<string> before = box.Snapshot();
        int calls = 0;
        SigningKeyChoice choice = SigningKeyChoice.External(data => Sign(key, calls++ == 0 ? data : [.. data, 0]));
        Refused.With(ErrorCode.ExternalSigner, () => box.Create(StoreBox.A, new NewEntity("U") { SigningKey = choice }));
        Assert.Equal(2, calls);
        Assert.Equal(before, box.Snapshot());
    }

    [Theory]
    [EveryStore]
    public void An_account_can_be_signed_by_a_key_that_the_store_has_never_seen(StorePlace place)
    {
        using var box = new StoreBox(place);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Operator);
        using NatsKeyPair publicOnly = NatsKeyPair.FromPublicKey(key.PublicKey);
        SigningKeyChoice choice = SigningKeyChoice.External(data => Sign(key, data));
        box.Create(null, new NewEntity("O") { Key = publicOnly, SigningKey = choice });
        box.Create(StoreBox.O, new NewEntity("A") { SigningKey = choice });
        Assert.Equal((EntityState.Signed, EntityState.Signed), (box.Operator.State, box.Account.State));
        Assert.False(box.Store.Keys.Contains(key.PublicKey));
        Refused.With(ErrorCode.SigningKeyNotFound, () => box.Create(StoreBox.O, new NewEntity("B")));
    }

    private static byte[] Sign(NatsKeyPair key, byte[] data)
    {
        byte[] signature = new byte[ISigner.SignatureLength];
        key.Sign(data, signature);
        return signature;
    }
}
