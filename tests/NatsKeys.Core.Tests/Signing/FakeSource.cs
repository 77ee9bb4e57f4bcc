using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Core.Tests.Signing;

/// <summary>A source that does what a test wants, and notes what it was asked for.</summary>
internal sealed class FakeSource(string name, Func<string, ISigner?> find) : KeySource(name)
{
    public List<string> Asked { get; } = [];

    public override KeySourceKind Kind => KeySourceKind.Vault;

    public override string Location => "a test";

    public override bool HoldsSeeds => true;

    /// <summary>A source that gives the seed of a key.</summary>
    public static FakeSource Of(NatsKeyPair key, string name = "fake") => new(name, publicKey => publicKey == key.PublicKey ? key.Copy() : null);

    /// <summary>A source that cannot be asked.</summary>
    public static FakeSource Locked(string name = "locked") =>
        new(name, _ => throw new NatsKeysException(ErrorCode.KeySourceFailed, $"{name} is locked."));

    public override ISigner? Find(string publicKey, CancellationToken cancellation)
    {
        Asked.Add(publicKey);
        return find(publicKey);
    }
}
