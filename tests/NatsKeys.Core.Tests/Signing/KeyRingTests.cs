using NatsKeys.Core.Tests.KeyRoot;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Core.Tests.Signing;

public sealed class KeyRingTests : IDisposable
{
    private readonly StoreBox box = new(StorePlace.Memory);
    private readonly NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Operator);

    [Fact]
    public void The_key_root_is_asked_first_and_the_sources_in_their_order()
    {
        FakeSource first = FakeSource.Of(key, "first");
        FakeSource second = FakeSource.Of(key, "second");
        using (KeyRing ring = Ring(first, second))
        {
            Assert.Equal(key.PublicKey, ring.Find(key.PublicKey)!.PublicKey);
        }

        box.Store.Keys.Add(key);
        using (KeyRing ring = Ring(first, second))
        {
            Assert.NotNull(ring.Find(key.PublicKey));
        }

        Assert.Equal([key.PublicKey], first.Asked);
        Assert.Empty(second.Asked);
    }

    [Fact]
    public void What_a_source_has_or_has_not_is_asked_once_as_long_as_it_is_kept()
    {
        FakeSource source = FakeSource.Of(key);
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.Operator);
        using var cached = new CachedKeySource(source);
        for (int round = 0; round < 3; round++)
        {
            using KeyRing ring = Ring(cached);
            Assert.True(ring.Contains(key.PublicKey));
            using NatsKeyPair pair = ring.FindSeed(key.PublicKey)!;
            Sign(pair, [1]);
            Assert.False(ring.Contains(other.PublicKey));
            Assert.Null(ring.Find(other.PublicKey));
        }

        Assert.Equal([key.PublicKey, other.PublicKey], source.Asked);
        cached.Dispose();
        Assert.NotNull(cached.Find(key.PublicKey, CancellationToken.None));
        Assert.Equal(3, source.Asked.Count);
    }

    [Fact]
    public void That_a_source_cannot_be_asked_is_not_kept()
    {
        bool isLocked = true;
        using var cached = new CachedKeySource(
            new FakeSource("vault", _ => isLocked ? throw new NatsKeysException(ErrorCode.KeySourceFailed, "locked") : key.Copy()));
        using KeyRing ring = Ring(cached);
        Refused.With(ErrorCode.KeySourceFailed, () => ring.Find(key.PublicKey));
        isLocked = false;
        Assert.NotNull(ring.Find(key.PublicKey));
    }

    [Fact]
    public void What_the_key_root_gets_meanwhile_is_found_all_the_same()
    {
        using KeyRing ring = Ring(new FakeSource("empty", _ => null));
        Assert.Null(ring.Find(key.PublicKey));
        box.Store.Keys.Add(key);
        Assert.NotNull(ring.Find(key.PublicKey));
    }

    [Fact]
    public void A_source_that_cannot_be_asked_is_passed_over_only_where_another_one_has_the_key()
    {
        using KeyRing ring = Ring(FakeSource.Locked("first"), FakeSource.Of(key), FakeSource.Locked("last"));
        Assert.True(ring.Contains(key.PublicKey));

        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.Operator);
        Assert.Contains("first", Refused.With(ErrorCode.KeySourceFailed, () => ring.Find(other.PublicKey)).Message, StringComparison.Ordinal);
        Refused.With(ErrorCode.KeySourceFailed, () => ring.Contains(other.PublicKey));
        Refused.With(ErrorCode.KeySourceFailed, () => ring.FindSeed(other.PublicKey));
    }

    [Fact]
    public void A_key_root_that_is_locked_does_not_hide_what_a_source_has()
    {
        using var keys = new ProtectedKeysBox();
        using NatsKeyPair kept = keys.Add();
        keys.Forget();
        using (var ring = new KeyRing(keys.Keys, [FakeSource.Of(kept)]))
        {
            Assert.NotNull(ring.Find(kept.PublicKey));
        }

        using var alone = new KeyRing(keys.Keys);
        Refused.With(ErrorCode.KeyStoreLocked, () => alone.Find(kept.PublicKey));
    }

    [Fact]
    public void A_key_in_a_root_that_is_locked_counts_as_at_hand()
    {
        using var keys = new ProtectedKeysBox();
        using NatsKeyPair kept = keys.Add();
        keys.Forget();
        using var ring = new KeyRing(keys.Keys);
        Assert.True(ring.Contains(kept.PublicKey));
    }

    [Fact]
    public void A_key_that_was_opened_stays_at_hand_whatever_becomes_of_its_source()
    {
        bool isGone = false;
        using KeyRing ring = Ring(new FakeSource("once", _ => isGone ? throw new NatsKeysException(ErrorCode.KeySourceFailed, "gone") : key.Copy()));
        Assert.NotNull(ring.Find(key.PublicKey));
        isGone = true;
        Assert.True(ring.Contains(key.PublicKey));
        Assert.NotNull(ring.Find(key.PublicKey));
    }

    [Fact]
    public void A_seed_takes_the_place_of_what_only_signs()
    {
        var signer = new SignerKeySource(KeySourceKind.Signer, key.PublicKey, (data, _) => Sign(key, data), "a test");
        using KeyRing ring = Ring(signer);
        Assert.IsType<ExternalSigner>(ring.Find(key.PublicKey));
        NatsKeyPair seed = key.Copy();
        Assert.Same(seed, ring.Keep(seed));
        Assert.Same(seed, ring.Find(key.PublicKey));
    }

    [Fact]
    public void Another_failure_of_a_source_is_not_passed_over()
    {
        var broken = new FakeSource("broken", _ => throw new NatsKeysException(ErrorCode.ExternalSigner, "broken"));
        using KeyRing ring = Ring(broken, FakeSource.Of(key));
        Refused.With(ErrorCode.ExternalSigner, () => ring.Find(key.PublicKey));
    }

    [Fact]
    public void A_wrong_seed_is_an_error_although_another_source_has_the_right_one()
    {
        using var wrong = new EnvironmentVariable(Vectors.Seed("O2"));
        using KeyRing ring = Ring(new EnvironmentKeySource(wrong.Name, key.PublicKey), FakeSource.Of(key));
        Refused.With(ErrorCode.KeyConflict, () => ring.Find(key.PublicKey));
    }

    [Fact]
    public void Only_sources_that_give_seeds_are_asked_for_them()
    {
        var signer = new SignerKeySource(KeySourceKind.Signer, key.PublicKey, (data, _) => Sign(key, data), "a test");
        using (KeyRing ring = Ring(signer))
        {
            Assert.Null(ring.FindSeed(key.PublicKey));
            Assert.IsType<ExternalSigner>(ring.Find(key.PublicKey));
            Assert.Null(ring.FindSeed(key.PublicKey));
        }

        using KeyRing both = Ring(signer, FakeSource.Of(key));
        using NatsKeyPair? found = both.FindSeed(key.PublicKey);
        Assert.NotNull(found);
    }

    [Fact]
    public void A_seed_is_found_also_where_a_signer_was_opened_before_and_is_its_finder_s()
    {
        var signer = new SignerKeySource(KeySourceKind.Signer, key.PublicKey, (data, _) => Sign(key, data), "a test");
        using KeyRing ring = Ring(signer, FakeSource.Of(key));
        Assert.IsType<ExternalSigner>(ring.Find(key.PublicKey));
        ring.FindSeed(key.PublicKey)!.Dispose();
        using NatsKeyPair again = ring.FindSeed(key.PublicKey)!;
        Assert.True(key.Verify([1], Sign(again, [1])));
    }

    [Fact]
    public void A_second_pair_of_a_key_is_not_kept_and_is_cleared()
    {
        NatsKeyPair first = key.Copy();
        NatsKeyPair second = key.Copy();
        using KeyRing ring = Ring();
        Assert.Same(first, ring.Keep(first));
        Assert.Same(first, ring.Keep(second));
        Assert.Throws<ObjectDisposedException>(() => Sign(second, [1]));
        Sign(first, [1]);
    }

    [Fact]
    public void A_seed_that_was_found_is_not_asked_for_again_until_the_ring_is_disposed()
    {
        FakeSource source = FakeSource.Of(key);
        KeyRing ring = Ring(source);
        for (int round = 1; round <= 2; round++)
        {
            Assert.NotNull(ring.Find(key.PublicKey));
            Assert.NotNull(ring.Find(key.PublicKey));
            using NatsKeyPair? seed = ring.FindSeed(key.PublicKey);
            Assert.Equal(key.PublicKey, seed!.PublicKey);
            Assert.Equal(round, source.Asked.Count);
            ring.Dispose();
        }
    }

    [Fact]
    public void Pairs_are_disposed_with_the_ring()
    {
        NatsKeyPair copy = key.Copy();
        using (KeyRing ring = Ring(new FakeSource("one", _ => copy)))
        {
            Assert.Same(copy, ring.Find(key.PublicKey));
        }

        Assert.Throws<ObjectDisposedException>(() => Sign(copy, [1]));
    }

    [Theory]
    [EveryStore]
    public void By_default_a_key_of_a_source_counts_as_at_hand(StorePlace place)
    {
        using StoreBox store = new StoreBox(place).With(StoreBox.A);
        using NatsKeyPair identity = store.Store.Keys.Find(store.Account.Subject!)!;
        store.Store.Keys.Remove(identity.PublicKey);
        store.AddSigningKey(StoreBox.A);
        store.AddSigningKey(StoreBox.A);
        string[] plain = [.. store.Account.GetSigningKeys().Select(key => key.PublicKey)];
        using NatsKeyPair first = store.Store.Keys.Find(plain[0])!;
        store.Store.Keys.Remove(plain[0]);

        // The key root has the second key alone; the source has the first one of the list.
        Assert.Equal(plain[1], Create(store, "U1"));
        Assert.Equal(plain[0], Create(store, "U2", FakeSource.Of(first)));
        Assert.Equal(plain[0], Create(store, "U3", FakeSource.Of(identity, "identity"), FakeSource.Of(first)));
        Refused.With(ErrorCode.KeySourceFailed, () => Create(store, "U4", FakeSource.Locked()));
        store.Store.Keys.Remove(plain[1]);
        Assert.Equal(identity.PublicKey, Create(store, "U5", FakeSource.Of(identity, "identity")));
        Assert.Equal(["U1", "U2", "U3", "U5"], store.Store.Names(StoreBox.A));
    }

    [Theory]
    [EveryStore]
    public void What_was_not_found_tells_every_source(StorePlace place)
    {
        using StoreBox store = new StoreBox(place).With(StoreBox.A);
        store.Store.Keys.Remove(store.Account.Subject!);
        var none = new FakeSource("vault one", _ => null);
        var signer = new SignerKeySource(KeySourceKind.Command, key.PublicKey, (data, _) => data, "/opt/sign", "program two");
        foreach (SigningKeyChoice choice in new[] { SigningKeyChoice.Default, SigningKeyChoice.Named(store.Account.Subject!),
            SigningKeyChoice.Of(NatsKeyPair.FromPublicKey(store.Account.Subject!)) })
        {
            string message = Refused.With(ErrorCode.SigningKeyNotFound, () => Create(store, "U", choice, none, signer)).Message;
            Assert.Contains(store.Store.Keys.Location, message, StringComparison.Ordinal);
            Assert.All(["'vault one'", "'program two'", "/opt/sign"], named => Assert.Contains(named, message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Whether_a_key_is_at_hand_is_known_without_signing()
    {
        box.With(StoreBox.O);
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.Operator);
        using KeyRing ring = Ring(new SignerKeySource(KeySourceKind.Signer, key.PublicKey, (_, _) => throw new TimeoutException(), "a test"));
        Assert.True(ring.Contains(key.PublicKey));
        Assert.True(ring.Contains(box.Operator.Subject!));
        Assert.False(ring.Contains(other.PublicKey));
    }

    public void Dispose()
    {
        box.Dispose();
        key.Dispose();
    }

    private static string? Create(StoreBox store, string name, params KeySource[] sources) => Create(store, name, SigningKeyChoice.Default, sources);

    private static string? Create(StoreBox store, string name, SigningKeyChoice choice, params KeySource[] sources)
    {
        using var editor = new EntityEditor(store.Store, new KeyRing(store.Store.Keys, sources));
        return editor.CreateUser(new NewEntity(name) { SigningKey = choice }, StoreBox.A).Issuer;
    }

    private static byte[] Sign(NatsKeyPair key, byte[] data)
    {
        byte[] signature = new byte[ISigner.SignatureLength];
        key.Sign(data, signature);
        return signature;
    }

    private KeyRing Ring(params KeySource[] sources) => new(box.Store.Keys, sources);
}
