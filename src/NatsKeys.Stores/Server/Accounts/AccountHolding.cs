using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>
/// Finds out which server has which token of one account. Servers report by name that they store the account, and by name which token they use now.
/// They report stored tokens without their names, so the result is clear only if all stored tokens are the same. A server that uses another token
/// than it stores has both.
/// </summary>
/// <param name="keepers">The servers that store the account.</param>
/// <param name="without">The servers that store accounts, but not this one.</param>
/// <param name="others">The servers that do not store accounts.</param>
internal sealed class AccountHolding(
    IReadOnlyList<ServerInformation> keepers, IReadOnlyList<ServerInformation> without, IReadOnlyList<ServerInformation> others)
{
    private readonly List<string> stored = [];
    private readonly Dictionary<string, string> used = new(StringComparer.Ordinal);

    /// <summary>Whether the servers must also be asked which token they use.</summary>
    public bool IsOpen => others.Count > 0 || stored.Count != keepers.Count || stored.Distinct(StringComparer.Ordinal).Count() > 1;

    /// <summary>Adds the tokens that servers store.</summary>
    public void AddStored(IEnumerable<string> tokens) => stored.AddRange(tokens.Select(token => token.Trim()));

    /// <summary>Adds the token that a server uses.</summary>
    public void AddUsed(ServerInformation server, string? token)
    {
        if (token is not null)
        {
            used[server.Id] = token;
        }
    }

    /// <summary>The token of each server.</summary>
    public IEnumerable<HeldToken> Tokens()
    {
        IEnumerable<HeldToken> absent = without.Select(server => new HeldToken(server.Name, Text: null, IsThere: false));
        IEnumerable<HeldToken> configured = others.Select(server => new HeldToken(server.Name, used.GetValueOrDefault(server.Id), IsThere: true));
        return Kept().Concat(absent).Concat(configured);
    }

    private IEnumerable<HeldToken> Kept()
    {
        List<string> left = [.. stored];
        var unclear = new List<ServerInformation>();
        var others = new List<ServerInformation>();
        foreach (ServerInformation server in keepers)
        {
            if (used.TryGetValue(server.Id, out string? token))
            {
                // A server may use another token than it stores, for example because it could not apply the stored one.
                if (!left.Remove(token))
                {
                    others.Add(server);
                }

                yield return new HeldToken(server.Name, token, IsThere: true);
            }
            else
            {
                unclear.Add(server);
            }
        }

        // The tokens that are left are stored by servers that did not report the token that they use, or that use another one.
        ServerInformation[] holders = [.. unclear, .. others];
        IEnumerable<string?> missing = Enumerable.Repeat<string?>(null, unclear.Count == 0 ? 0 : Math.Max(0, holders.Length - left.Count));

        // The most frequent token comes first, so that the order does not depend on which server answered first.
        IGrouping<string?, string?>[] kinds = [.. left.Cast<string?>().Concat(missing)
            .GroupBy(token => token, StringComparer.Ordinal)
            .OrderByDescending(kind => kind.Count())
            .ThenBy(kind => kind.Key, StringComparer.Ordinal)];
        if (kinds is [var only] && only.Count() == holders.Length)
        {
            foreach (ServerInformation server in holders)
            {
                yield return new HeldToken(server.Name, only.Key, IsThere: true);
            }

            yield break;
        }

        string names = string.Join(", ", holders.Select(server => server.Name));
        foreach (IGrouping<string?, string?> kind in kinds)
        {
            yield return new HeldToken($"{kind.Count()} of {names}", kind.Key, IsThere: true);
        }
    }
}
