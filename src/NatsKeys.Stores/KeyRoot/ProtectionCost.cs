using NSec.Cryptography;

namespace NatsKeys.KeyRoot;

/// <summary>The cost of Argon2id for one passphrase. NSec supports only one lane.</summary>
/// <param name="Memory">The memory, in KiB.</param>
/// <param name="Passes">The number of passes over the memory.</param>
internal readonly record struct ProtectionCost(int Memory, int Passes)
{
    public const int Parallelism = 1;
    public const int LeastMemory = 8;
    public const int LeastPasses = 1;

    // An attacker who can write the file must not be able to exhaust the memory of its readers.
    public const int MostMemory = 1024 * 1024;
    public const int MostPasses = 64;

    /// <summary>The cost for new passphrases: about a tenth of a second.</summary>
    public static ProtectionCost Usual { get; } = new(64 * 1024, 3);

    public PasswordBasedKeyDerivationAlgorithm ToAlgorithm()
    {
        var parameters = new Argon2Parameters { DegreeOfParallelism = Parallelism, MemorySize = Memory, NumberOfPasses = Passes };
        return PasswordBasedKeyDerivationAlgorithm.Argon2id(parameters);
    }
}
