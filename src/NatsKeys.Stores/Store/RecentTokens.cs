using NatsKeys.Jwt;

namespace NatsKeys.Store;

/// <summary>
/// Tokens of users that were signed a short while ago. What is read back, such as by the next reader, need not be parsed and verified
/// once more: the same text is the same token, wherever it stands.
/// </summary>
internal sealed class RecentTokens
{
    private const int Most = 256;
    private const int Longest = 8 * 1024;
    private readonly Lock changing = new();
    private readonly Dictionary<string, NatsJwt> tokens = new(StringComparer.Ordinal);

    /// <summary>Takes up a token whose signature holds. Others, and long ones, are passed over.</summary>
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

    /// <summary>The token of a text; null when it is none of these.</summary>
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
