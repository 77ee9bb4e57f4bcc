using NatsKeys.Inspection;
using NatsKeys.Keys;

namespace NatsKeys.Server;

/// <summary>The known servers and the accounts that they keep. Several requests read and change it at once.</summary>
internal sealed class ServerSurvey
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ServerInformation> servers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> kept = new(StringComparer.Ordinal);

    // Those that did not answer a request. Nobody waits for them again, until they answer.
    private readonly HashSet<string> silent = new(StringComparer.Ordinal);

    /// <summary>All servers.</summary>
    public IReadOnlyList<ServerInformation> Servers => Read(() => Named);

    /// <summary>Those with a resolver that keeps accounts, full or cache.</summary>
    public IReadOnlyList<ServerInformation> Keepers => Read(() => Named.Where(server => kept.ContainsKey(server.Id)));

    /// <summary>Those that keep none: their accounts stand in their configurations.</summary>
    public IReadOnlyList<ServerInformation> WithoutStore => Read(() => Named.Where(server => !kept.ContainsKey(server.Id)));

    /// <summary>Every account that a server keeps.</summary>
    public IReadOnlyList<string> Accounts =>
        Read(() => kept.Values.SelectMany(keys => keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>How many servers the servers themselves know of. One that was killed is known to the others for some minutes more.</summary>
    public int Known { get; private set; }

    /// <summary>How many servers answer when they are asked for the token of an account: those with a full resolver.</summary>
    public int Lookups { get; set; }

    /// <summary>Reads an answer to a ping, and gives the number of servers that answered so far.</summary>
    public int AddPing(byte[] message)
    {
        lock (gate)
        {
            if (ServerReply.Read(message) is { } reply)
            {
                servers[reply.Server.Id] = reply.Server;
                Known = Math.Max(
                    Known, (int)Math.Min(int.MaxValue, ServerReply.Number(ServerReply.Member(reply.Content, "statsz"), "active_servers")));
            }

            return servers.Count;
        }
    }

    /// <summary>Reads a list of accounts, and gives the number of servers that gave theirs so far.</summary>
    public int AddList(byte[] message)
    {
        lock (gate)
        {
            if (ServerReply.Read(message) is { } reply)
            {
                servers[reply.Server.Id] = reply.Server;
                kept[reply.Server.Id] = [.. ServerReply.Texts(reply.Data).Where(key => PublicNkey.Is(key, NatsKeyType.Account))];
            }

            return kept.Count;
        }
    }

    /// <summary>The servers that keep accounts, and among them this one, or not.</summary>
    public IReadOnlyList<ServerInformation> KeepersOf(string account, bool isThere = true) =>
        Read(() => Named.Where(server => kept.TryGetValue(server.Id, out HashSet<string>? keys) && keys.Contains(account) == isThere));

    /// <summary>Those of some servers for whose answers is worth waiting.</summary>
    public IReadOnlyList<string> Awaited(IEnumerable<ServerInformation> expected) =>
        Read(() => expected.Select(server => server.Id).Where(id => !silent.Contains(id)));

    /// <summary>Notes who answered, and gives those of some servers that did not.</summary>
    public IReadOnlyList<ServerInformation> MarkHeard(IReadOnlyList<ServerInformation> expected, IReadOnlyCollection<string> heard)
    {
        lock (gate)
        {
            ServerInformation[] missing = [.. expected.Where(server => !heard.Contains(server.Id))];
            silent.ExceptWith(heard);
            silent.UnionWith(missing.Select(server => server.Id));
            return missing;
        }
    }

    /// <summary>Notes what a server has done.</summary>
    public void MarkDone(ServerAnswer answer, bool isDeleted)
    {
        lock (gate)
        {
            if (answer.Outcome == ServerOutcome.Done && kept.TryGetValue(answer.Server.Id, out HashSet<string>? keys))
            {
                _ = isDeleted ? keys.Remove(answer.PublicKey) : keys.Add(answer.PublicKey);
            }
        }
    }

    private IEnumerable<ServerInformation> Named =>
        servers.Values.OrderBy(server => server.Name, StringComparer.Ordinal).ThenBy(server => server.Id, StringComparer.Ordinal);

    private T[] Read<T>(Func<IEnumerable<T>> read)
    {
        lock (gate)
        {
            return [.. read()];
        }
    }
}
