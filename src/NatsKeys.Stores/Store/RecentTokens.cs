using NatsKeys.Jwt;

namespace NatsKeys.Store;

/// <summary>
/// Caches tokens of users that were signed recently. A token that is read back soon after need not be parsed and verified again: the same text is the
/// same token, wherever it is stored.
/// </summary>
internal sealed class RecentTokens
{
    private const int Most = 256;
    private const int Longest = 8 * 1024;
    private readonly Lock changing = new();
    private readonly Dictionary<string, NatsJwt> tokens = new(StringComparer.Ordinal);

    /// <summary>Adds a token whose signature is verified. Other tokens, and long ones, are ignored.</summary>
    public void Add(NatsJwt token)
    {
        if (!token.IsChecked || token.Token.Length > Longest)
        {
            return;
        }

        lock (changing)
        {
            if (tokens.Count >= Most)
            {
                tokens.Clear();
            }

            tokens[token.Token] = token;
        }
    }

    /// <summary>Finds the token with a text; null if it is not in the cache.</summary>
    public NatsJwt? Find(string token)
    {
        if (token.Length > Longest)
        {
            return null;
        }

        lock (changing)
        {
            return tokens.GetValueOrDefault(token);
        }
    }
}
