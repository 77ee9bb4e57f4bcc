using System.Security;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>A seed, as a secure string or a string.</summary>
public sealed class SeedArgument
{
    private readonly Func<NatsKeyPair> open;

    /// <summary>Takes a seed in a secure string.</summary>
    /// <param name="seed">The seed.</param>
    public SeedArgument(SecureString seed) => open = () => SecureStrings.ReadSeed(seed);

    /// <summary>Takes a seed as text.</summary>
    /// <param name="seed">The seed.</param>
    public SeedArgument(string seed) => open = () => NatsKeyPair.FromSeed(seed);

    /// <summary>The key pair, which the caller disposes.</summary>
    internal NatsKeyPair Open() => open();
}
