using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Inspection;
using NatsKeys.Pipeline;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gets what keys are used for, and everything that depends on them, from the top down.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.KeyUsage)]
[OutputType(typeof(NatsKeyUsage))]
public sealed class GetNatsKeyUsageCommand : ServerCmdlet
{
    private static readonly string[] OfServers =
    [
        nameof(Server), nameof(Credential), nameof(ServerCount), nameof(Timeout), nameof(CertificateAuthority), nameof(Certificate),
        nameof(CertificateKey), nameof(CertificatePassphrase), nameof(TlsFirst), nameof(SkipCertificateCheck),
    ];

    /// <summary>
    /// The key: a key pair, a signing key, a public key, a role's name, a seed, or the path of a key file; or an entity or its name, which stands for
    /// its identity key and the keys that it lists. Without it: the keys of the account or operator, or those of all operators.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ListedKeyCompleter))]
    public RequestedKeyArgument? Key { get; set; }

    /// <summary>The account that owns the keys, or the role.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>Asks running servers which clients are connected by what the key signed.</summary>
    [Parameter]
    public SwitchParameter Live { get; set; }

    private protected override ServerTask ServerTask => ServerTask.Clients;

    private protected override object? CurrentItem => Key;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        string[] unused = Live ? [] : [.. Typed.Intersect(OfServers).Select(name => $"-{name}").Order(StringComparer.Ordinal)];
        if (unused.Length > 0)
        {
            WriteWarning($"Servers are queried only with -Live, so {string.Join(" and ", unused)} {(unused.Length == 1 ? "was" : "were")} not used.");
        }
    }

    private protected override void ProcessItem()
    {
        bool isUsed = false;
        try
        {
            foreach (NatsKeyUsage use in Live ? WithClients([.. Uses()]) : Uses())
            {
                isUsed = true;
                WriteObject(use);
            }
        }
        catch (OperationCanceledException) when (Stopping)
        {
            return;
        }

        if (!isUsed && Key is not null)
        {
            WriteWarning($"Nothing in the store uses the key {Key}.");
        }
    }

    private IEnumerable<NatsKeyUsage> Uses()
    {
        NatsEntity? scope = Account is not null ? AccountArgument.Resolve(Account, Operator, Stores.Open)
            : Operator is not null ? OperatorArgument.Resolve(Operator, Stores.Open)
            : null;
        if (Key is null)
        {
            return scope is null ? Tree(Stores.Open()).OfAll() : Tree(scope.Store).OfOwner(scope);
        }

        var reader = new EntityReader(this);
        (NatsEntity? owner, string? publicKey) = Key.Resolve(() => reader.SigningKeys(scope), name => reader.Named(name, scope), Paths.Full, scope);
        return publicKey is null
            ? Tree(owner!.Store).OfOwner(owner.Store.Get(owner.Path))
            : Tree((owner ?? scope)?.Store ?? Stores.Open()).OfKey(publicKey, (owner ?? scope)?.Path);
    }

    /// <summary>
    /// Adds the connected clients to the usages, and those clients that are connected by the keys with a user that the store does not have.
    /// </summary>
    private IEnumerable<NatsKeyUsage> WithClients(NatsKeyUsage[] uses)
    {
        NatsStore store = uses.Select(use => use.Entity?.Store).FirstOrDefault(store => store is not null) ?? Stores.Open();
        HashSet<string> keys = [.. uses.Where(use => use.Depth == 0).Select(use => use.PublicKey).OfType<string>()];
        Dictionary<EntityPath, List<LiveConnection>> known = uses
            .Where(IsUser)
            .Select(use => use.Path)
            .Distinct()
            .ToDictionary(path => path, _ => new List<LiveConnection>());
        List<LiveConnection> unknown = [];
        foreach (string name in uses.Select(use => use.Path.Operator).Distinct(StringComparer.Ordinal))
        {
            NatsOperator owner = store.FindOperator(name);
            SystemAccountClient client = Client(owner);
            foreach (LiveConnection connection in AskMany(
                owner, client.ConnectionsAsync(ConnectionFilter.All, new ConnectedUsers(owner), Stopped)))
            {
                if (connection.Path is { } path)
                {
                    known.GetValueOrDefault(path)?.Add(connection);
                }
                else if (connection.SigningKey is { } signer && keys.Contains(signer))
                {
                    unknown.Add(connection);
                }
            }

            WriteSilence(owner, client);
        }

        foreach (NatsKeyUsage use in uses)
        {
            yield return IsUser(use) ? use with { Connections = known[use.Path] } : use;
        }

        foreach (var clients in unknown.GroupBy(connection => (connection.AccountKey, connection.SigningKey)))
        {
            NatsKeyUsage owner = uses.First(use => use.PublicKey == clients.Key.SigningKey);
            yield return new NatsKeyUsage(KeyUsageKind.Client, owner.Path) { Depth = 1, Issuer = clients.Key.SigningKey, Connections = [.. clients] };
        }
    }

    /// <summary>Whether a usage is a user, as which clients connect.</summary>
    private static bool IsUser(NatsKeyUsage use) => use.Kind is KeyUsageKind.User or KeyUsageKind.CalloutUser
        || (use.Kind == KeyUsageKind.Identity && use.Path.Kind == EntityKind.User);

    /// <summary>Creates the tree of usages. A file that cannot be read is an error that names it, and the rest continues.</summary>
    private UsageTree Tree(NatsStore store) => new(store, Errors.WriteUnreadable, Stopped);
}
