using NatsKeys.Inspection;
using NatsKeys.Keys;

namespace NatsKeys.Server;

/// <summary>The known servers and the accounts that they store. Several requests may read and change it at the same time.</summary>
internal sealed class ServerSurvey
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ServerInformation> servers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> kept = new(StringComparer.Ordinal);

    // The servers that did not answer a request. Their answers are not awaited until they answer again.
    private readonly HashSet<string> silent = new(StringComparer.Ordinal);

    /// <summary>All servers.</summary>
    public IReadOnlyList<ServerInformation> Servers => Read(() => Named);

    /// <summary>The servers with a resolver that stores accounts, full or cache.</summary>
    public IReadOnlyList<ServerInformation> Keepers => Read(() => Named.Where(server => kept.ContainsKey(server.Id)));

    /// <summary>The servers that do not store accounts: these are in their configurations.</summary>
    public IReadOnlyList<ServerInformation> WithoutStore => Read(() => Named.Where(server => !kept.ContainsKey(server.Id)));

    /// <summary>All accounts that servers store.</summary>
    public IReadOnlyList<string> Accounts =>
        Read(() => kept.Values.SelectMany(keys => keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>The number of servers that the servers themselves know of. A killed server is counted for some minutes.</summary>
    public int Known { get; private set; }

    /// <summary>The number of servers that answer a request for the token of an account: those with a full resolver.</summary>
    public int Lookups { get; set; }

    /// <summary>Adds an answer to a ping, and returns the number of servers that have answered.</summary>
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

    /// <summary>Adds a server's list of accounts, and returns the number of servers that have sent theirs.</summary>
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

    /// <summary>The servers that store accounts, and that have or do not have this one.</summary>
    public IReadOnlyList<ServerInformation> KeepersOf(string account, bool isThere = true) =>
        Read(() => Named.Where(server => kept.TryGetValue(server.Id, out HashSet<string>? keys) && keys.Contains(account) == isThere));

    /// <summary>Gets the IDs of the expected servers, without those that did not answer before.</summary>
    public IReadOnlyList<string> Awaited(IEnumerable<ServerInformation> expected) =>
        Read(() => expected.Select(server => server.Id).Where(id => !silent.Contains(id)));

    /// <summary>Records which servers answered, and returns the expected ones that did not.</summary>
    public IReadOnlyList<ServerInformation> MarkAnswered(IReadOnlyList<ServerInformation> expected, IReadOnlyCollection<string> answered)
    {
        lock (gate)
        {
            ServerInformation[] missing = [.. expected.Where(server => !answered.Contains(server.Id))];
            silent.ExceptWith(answered);
            silent.UnionWith(missing.Select(server => server.Id));
            return missing;
        }
    }

    /// <summary>Records what a server has done.</summary>
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
