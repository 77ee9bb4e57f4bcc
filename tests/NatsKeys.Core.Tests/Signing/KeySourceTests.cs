using NatsKeys.Core.Tests.Store;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Core.Tests.Signing;

public sealed class KeySourceTests : IDisposable
{
    private readonly NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed("O1"));
    private readonly NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.Operator);

    [Theory]
    [InlineData(" {0}\n")]
    [InlineData("{0}")]
    public void A_variable_gives_the_seed_that_it_holds_by_then(string form)
    {
        using var variable = new EnvironmentVariable();
        var source = new EnvironmentKeySource(variable.Name);
        Assert.Equal((variable.Name, KeySourceKind.EnvironmentVariable, true), (source.Name, source.Kind, source.HoldsSeeds));
        Assert.Equal($"environment variable {variable.Name}, which is not set", source.Location);
        Assert.Null(source.Find(key.PublicKey, CancellationToken.None));

        variable.Set(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, Vectors.Seed("O1")));
        Assert.Equal(key.PublicKey, source.Find(key.PublicKey, CancellationToken.None)!.PublicKey);
        Assert.Null(source.Find(other.PublicKey, CancellationToken.None));
        Assert.Equal([key.PublicKey], source.PublicKeys);
        Assert.Equal($"environment variable {variable.Name}", source.Location);
    }

    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("env:{0}")]
    [InlineData("{0}_OLD")]
    public void A_seed_in_the_place_of_a_name_is_refused_whatever_stands_around_it(string form)
    {
        string seed = Vectors.Seed("O1");
        Assert.DoesNotContain(
            seed, Refused.With(ErrorCode.InvalidName, () => _ = new EnvironmentKeySource(form.Replace("{0}", seed, StringComparison.Ordinal)))
                .Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_variable_is_not_set(string value)
    {
        using var variable = new EnvironmentVariable(value);
        Assert.Null(new EnvironmentKeySource(variable.Name, key.PublicKey).Find(key.PublicKey, CancellationToken.None));
    }

    [Fact]
    public void A_variable_of_one_key_is_read_for_no_other_and_must_hold_it()
    {
        using var variable = new EnvironmentVariable("no seed");
        var source = new EnvironmentKeySource(variable.Name, key.PublicKey, "mine");
        Assert.Equal([key.PublicKey], source.PublicKeys);
        Assert.Null(source.Find(other.PublicKey, CancellationToken.None));

        variable.Set(Vectors.Seed("O2"));
        string message = Refused.With(ErrorCode.KeyConflict, () => source.Find(key.PublicKey, CancellationToken.None)).Message;
        Assert.All(["'mine'", variable.Name, key.PublicKey], named => Assert.Contains(named, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(57)]
    public void A_variable_without_a_seed_is_an_error_that_does_not_show_it(int position)
    {
        char[] text = Vectors.Seed("O1").ToCharArray();
        text[position] = text[position] == 'S' ? 's' : 'S';
        using var variable = new EnvironmentVariable(new string(text));
        var source = new EnvironmentKeySource(variable.Name);
        NatsKeysException error = Refused.With(ErrorCode.KeySourceFailed, () => source.Find(key.PublicKey, CancellationToken.None));
        Assert.DoesNotContain(new string(text)[21..57], error.ToString(), StringComparison.Ordinal);
        Assert.Empty(source.PublicKeys);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("SAAK3EL5BW4ZOR7JVTXZ4TJ7RQBSOIXK27AFPPSYVP4KDHJKSRQFVRAHIA")]
    [InlineData("SAAK3EL5BW4ZOR7JVTXZ4TJ7RQBSOIXK27AFPPSYVP4KDHJKSRQFVRAHIB")]
    public void A_seed_is_no_name(string name)
    {
        NatsKeysException[] errors =
        [
            Refused.With(ErrorCode.InvalidName, () => _ = new EnvironmentKeySource(name)),
            Refused.With(ErrorCode.InvalidName, () => _ = new EnvironmentKeySource("A", name: name)),
            Refused.With(ErrorCode.InvalidName, () => _ = Signer(key, name)),
        ];
        Assert.All(errors, error => Assert.DoesNotContain("SAAK3", error.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_is_shown_without_what_stands_around_it()
    {
        var source = new EnvironmentKeySource("A", name: " mine\n");
        Assert.Equal(("mine", "mine"), (source.Name, source.ToString()));
        Assert.Equal("the key source 'mine' (environment variable A, which is not set)", source.Describe());
        using StoreBox box = new(StorePlace.Memory);
        var root = new KeyRootSource(box.Store.Keys);
        Assert.Equal((KeySourceKind.KeyRoot, true, $"the key store {box.Store.Keys.Location}"), (root.Kind, root.HoldsSeeds, root.Describe()));
        Assert.Empty(root.PublicKeys);
    }

    [Fact]
    public void Something_that_signs_has_one_key_and_its_signatures_are_verified()
    {
        SignerKeySource source = Signer(key, name: null);
        Assert.Equal((key.PublicKey[..12], KeySourceKind.Signer, false), (source.Name, source.Kind, source.HoldsSeeds));
        Assert.Null(source.Find(other.PublicKey, CancellationToken.None));

        byte[] signature = new byte[ISigner.SignatureLength];
        source.Find(key.PublicKey, CancellationToken.None)!.Sign("data"u8, signature);
        Assert.True(key.Verify("data"u8, signature));

        var wrong = new SignerKeySource(KeySourceKind.Signer, other.PublicKey, (data, _) => Sign(key, data), "a test", "wrong");
        string message = Refused.With(ErrorCode.ExternalSigner, () => wrong.Find(other.PublicKey, CancellationToken.None)!.Sign("data"u8, signature))
            .Message;
        Assert.All(["'wrong'", "a test", other.PublicKey], named => Assert.Contains(named, message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_that_signs_nothing_is_refused()
    {
        using NatsKeyPair curve = NatsKeyPair.Generate(NatsKeyType.Curve);
        Refused.With(ErrorCode.InvalidCurveKeyOperation, () => Signer(curve, name: null));
        Refused.With(ErrorCode.InvalidPublicKey, () =>
            _ = new SignerKeySource(KeySourceKind.Signer, Vectors.Seed("O1"), (data, _) => data, "a test"));
        Refused.With(ErrorCode.InvalidPublicKey, () => _ = new EnvironmentKeySource("A", Vectors.Seed("O1")));
    }

    [Fact]
    public void A_seed_of_another_key_is_cleared_where_it_is_not_wanted_and_where_it_is_wrong()
    {
        foreach (bool isFor in new[] { false, true })
        {
            NatsKeyPair read = other.Copy();
            var source = new OneSeed(read, isFor);
            Exception? error = Record.Exception(() => Assert.Null(source.Find(key.PublicKey, CancellationToken.None)));
            Assert.Equal(isFor ? ErrorCode.KeyConflict : null, (error as NatsKeysException)?.Code);
            Assert.Throws<ObjectDisposedException>(read.ToSeed);
        }
    }

    [Fact]
    public void Names_are_taken_once_whatever_their_case()
    {
        KeySourceList list = [];
        list.Add(Signer(key, "one"), replace: false);
        list.Add(Signer(key, "two"), replace: false);
        Refused.With(ErrorCode.KeySourceExists, () => list.Add(Signer(other, "ONE"), replace: false));
        Refused.With(ErrorCode.KeySourceExists, () => list.Add(Signer(other, "keyroot"), replace: true));

        list.Add(Signer(other, "ONE"), replace: true);
        Assert.Equal(["ONE", "two"], list.Select(source => source.Name));
        Assert.Equal([other.PublicKey], list[0].PublicKeys);

        Assert.Same(list[1], KeySourceList.Named(list, "Two"));
        list.Remove("one");
        Assert.Equal("two", Assert.Single(list).Name);
        Assert.Contains("'one'", Refused.With(ErrorCode.KeySourceNotFound, () => list.Remove("one")).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "SO", Refused.With(ErrorCode.KeySourceNotFound, () => list.Remove(Vectors.Seed("O1"))).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        key.Dispose();
        other.Dispose();
    }

    private static SignerKeySource Signer(NatsKeyPair key, string? name) =>
        new(KeySourceKind.Signer, key.PublicKey, (data, _) => Sign(key, data), "a test", name);

    private static byte[] Sign(NatsKeyPair key, byte[] data)
    {
        byte[] signature = new byte[ISigner.SignatureLength];
        key.Sign(data, signature);
        return signature;
    }

    /// <summary>Reads the same seed for every key.</summary>
    private sealed class OneSeed(NatsKeyPair seed, bool isFor) : SeedSource("one")
    {
        public override KeySourceKind Kind => KeySourceKind.Vault;

        public override string Location => "a test";

        protected override bool IsFor(string publicKey) => isFor;

        protected override NatsKeyPair? Read(string publicKey) => seed;
    }
}
