using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Core.Tests.Signing;

/// <summary>What a source gave is kept as long as a pipeline lasts, and is forgotten then.</summary>
public sealed class CachedKeySourceTests : IDisposable
{
    private readonly NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);

    [Fact]
    public void The_seed_that_is_kept_is_cleared_at_the_end_and_what_was_given_away_is_its_finder_s()
    {
        NatsKeyPair given = key.Copy();
        var cached = new CachedKeySource(new FakeSource("fake", _ => given));
        using NatsKeyPair first = (NatsKeyPair)cached.Find(key.PublicKey, CancellationToken.None)!;
        ((NatsKeyPair)cached.Find(key.PublicKey, CancellationToken.None)!).Dispose();
        first.ToSeed().Dispose();
        given.ToSeed().Dispose();

        cached.Dispose();
        Assert.Throws<ObjectDisposedException>(given.ToSeed);
        first.ToSeed().Dispose();
    }

    [Fact]
    public void Afterwards_the_source_is_asked_again()
    {
        FakeSource source = FakeSource.Of(key);
        var cached = new CachedKeySource(source);
        for (int round = 0; round < 2; round++)
        {
            Assert.NotNull(cached.Find(key.PublicKey, CancellationToken.None));
            Assert.Null(cached.Find("other", CancellationToken.None));
            cached.Dispose();
        }

        Assert.Equal([key.PublicKey, "other", key.PublicKey, "other"], source.Asked);
    }

    [Fact]
    public void What_signs_elsewhere_is_passed_on_as_it_is()
    {
        var signer = new SignerKeySource(KeySourceKind.Signer, key.PublicKey, (data, _) => data, "a test", "kms");
        using var cached = new CachedKeySource(signer);
        Assert.Same(cached.Find(key.PublicKey, CancellationToken.None), cached.Find(key.PublicKey, CancellationToken.None));
        Assert.Equal(
            (signer.Name, signer.Kind, signer.Location, signer.HoldsSeeds, signer.Describe()),
            (cached.Name, cached.Kind, cached.Location, cached.HoldsSeeds, cached.Describe()));
        Assert.Equal(signer.PublicKeys, cached.PublicKeys);
    }

    public void Dispose() => key.Dispose();
}
