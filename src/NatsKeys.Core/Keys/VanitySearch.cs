namespace NatsKeys.Keys;

/// <summary>
/// Looks for a key pair whose public key begins, after its type letter, with wanted characters. All cores search. The character after the
/// type letter is always one of A to D; wanted characters that begin with another one stand behind it: <c>U?TEAM…</c>.
/// </summary>
internal sealed class VanitySearch
{
    private const int MaximumLength = 20;

    // The low three bits of the prefix byte are zero, so that the second character has two bits to choose from.
    private const int SecondCharacterChoices = 4;
    private readonly NatsKeyType type;
    private readonly int offset;
    private readonly string prefix;
    private long tries;

    /// <summary>Prepares a search.</summary>
    /// <param name="type">The type of the key.</param>
    /// <param name="prefix">What is wanted: <c>A-Z</c> and <c>2-7</c>, in any case, at most 20 characters.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidName"/>: no public key begins so.</exception>
    public VanitySearch(NatsKeyType type, string prefix)
    {
        this.type = type;
        this.prefix = prefix.ToUpperInvariant();
        if (this.prefix.Length is 0 or > MaximumLength
            || this.prefix.Any(character => !Base32.Alphabet.Contains(character, StringComparison.Ordinal)))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidName, $"'{prefix}' is not a valid key prefix. A prefix has at most {MaximumLength} characters of A-Z and 2-7.");
        }

        offset = this.prefix[0] is >= 'A' and <= 'D' ? 1 : 2;
    }

    /// <summary>How many key pairs were tried so far.</summary>
    public long Tries => Interlocked.Read(ref tries);

    /// <summary>How many tries it takes on average.</summary>
    public double ExpectedTries => offset == 1
        ? SecondCharacterChoices * Math.Pow(Base32.Alphabet.Length, prefix.Length - 1)
        : Math.Pow(Base32.Alphabet.Length, prefix.Length);

    /// <summary>Searches until a key pair is found or the search is cancelled.</summary>
    /// <param name="cancellation">Ends the search.</param>
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
