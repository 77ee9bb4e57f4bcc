using NATS.NKeys;

namespace NatsKeys.Tests.Bases;

/// <summary>A key that lives elsewhere: somebody else's implementation signs with it.</summary>
internal static class ExternalKey
{
    internal static byte[] Sign(string seed, byte[] data)
    {
        using var key = KeyPair.FromSeed(seed.ToCharArray());
        byte[] signature = new byte[64];
        key.Sign(data, signature);
        return signature;
    }
}
