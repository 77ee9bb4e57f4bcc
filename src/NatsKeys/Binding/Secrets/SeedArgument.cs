using System.Security;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>A seed, as a secure string or a string.</summary>
public sealed class SeedArgument
{
    private readonly Func<NatsKeyPair> open;

    /// <summary>Creates the argument from a seed in a secure string.</summary>
    /// <param name="seed">The seed.</param>
    public SeedArgument(SecureString seed) => open = () => SecureStrings.ReadSeed(seed);

    /// <summary>Creates the argument from a seed as text.</summary>
    /// <param name="seed">The seed.</param>
    public SeedArgument(string seed) => open = () => NatsKeyPair.FromSeed(seed);

    /// <summary>Opens the key pair. The caller disposes it.</summary>
    internal NatsKeyPair Open() => open();
}
