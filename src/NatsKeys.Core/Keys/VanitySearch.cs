namespace NatsKeys.Keys;

/// <summary>
/// Searches for a key pair whose public key begins, after its type letter, with requested characters. All cores search. The character after the type
/// letter is always one of A to D. If the requested characters begin with another one, they follow that character: <c>U?TEAM…</c>.
/// </summary>
internal sealed class VanitySearch
{
    private const int MaximumLength = 20;

    // The low three bits of the prefix byte are zero, so only two bits of the second character vary.
    private const int SecondCharacterChoices = 4;
    private readonly NatsKeyType type;
    private readonly int offset;
    private readonly string prefix;
    private long tries;

    /// <summary>Prepares a search.</summary>
    /// <param name="type">The type of the key.</param>
    /// <param name="prefix">The requested characters: <c>A-Z</c> and <c>2-7</c>, in any case, at most 20.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidName"/>: no public key can begin with them.</exception>
    public VanitySearch(NatsKeyType type, string prefix)
    {
        this.type = type;
        this.prefix = prefix.ToUpperInvariant();
        if (this.prefix.Length is 0 or > MaximumLength
            || this.prefix.Any(character => !Base32.Alphabet.Contains(character, StringComparison.Ordinal)))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidName, $"'{prefix}' is not a valid key prefix. A prefix has at most {MaximumLength} characters of A-Z and 2-7.")
            {
                Remedy = Remedy.ChoosePrefix,
            };
        }

        offset = this.prefix[0] is >= 'A' and <= 'D' ? 1 : 2;
    }

    /// <summary>The number of key pairs tried so far.</summary>
    public long Tries => Interlocked.Read(ref tries);

    /// <summary>The average number of tries that are needed.</summary>
    public double ExpectedTries => offset == 1
        ? SecondCharacterChoices * Math.Pow(Base32.Alphabet.Length, prefix.Length - 1)
        : Math.Pow(Base32.Alphabet.Length, prefix.Length);

    /// <summary>Searches until a key pair is found or the search is cancelled.</summary>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public NatsKeyPair Run(CancellationToken cancellation)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        NatsKeyPair? found = null;
        Parallel.For(0, Environment.ProcessorCount, new ParallelOptions { CancellationToken = CancellationToken.None }, _ =>
        {
            while (!done.IsCancellationRequested)
            {
                NatsKeyPair key = NatsKeyPair.Generate(type);
                Interlocked.Increment(ref tries);
                if (key.PublicKey.AsSpan(offset).StartsWith(prefix) && Interlocked.CompareExchange(ref found, key, null) is null)
                {
                    done.Cancel();
                    return;
                }

                key.Dispose();
            }
        });
        return found ?? throw new OperationCanceledException(cancellation);
    }
}
