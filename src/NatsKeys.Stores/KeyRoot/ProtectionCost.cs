using NSec.Cryptography;

namespace NatsKeys.KeyRoot;

/// <summary>What Argon2id takes for one try at a passphrase. NSec computes one lane alone.</summary>
/// <param name="Memory">The memory, in KiB.</param>
/// <param name="Passes">How often it is gone through.</param>
internal readonly record struct ProtectionCost(int Memory, int Passes)
{
    public const int Parallelism = 1;
    public const int LeastMemory = 8;
    public const int LeastPasses = 1;

    // Whoever can write the file must not be able to block its readers.
    public const int MostMemory = 1024 * 1024;
    public const int MostPasses = 64;

    /// <summary>What is taken for a new passphrase: about a tenth of a second.</summary>
    public static ProtectionCost Usual { get; } = new(64 * 1024, 3);

    public PasswordBasedKeyDerivationAlgorithm ToAlgorithm()
    {
        var parameters = new Argon2Parameters { DegreeOfParallelism = Parallelism, MemorySize = Memory, NumberOfPasses = Passes };
        return PasswordBasedKeyDerivationAlgorithm.Argon2id(parameters);
    }
}
