using System.Management.Automation;
using NatsKeys.Errors;
using NatsKeys.Inspection;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <content>Disconnects clients that should no longer be connected.</content>
public sealed partial class PublishNatsAccountCommand
{
    private static readonly TimeSpan DisconnectPatience = TimeSpan.FromSeconds(30);
    private readonly HashSet<(NatsStore Store, EntityPath Path)> published = [];

    // Operators whose key was replaced: a holder of the old key may have created other accounts with it.
    private readonly HashSet<(NatsStore Store, string Name)> rotated = [];

    /// <summary>
    /// Disconnects clients of the accounts that should not be connected: those of revoked, removed and expired users, and of signing keys that the
    /// account no longer lists. Returns for each account whether any of them remain.
    /// </summary>
    [Parameter]
    public SwitchParameter Disconnect { get; set; }

    private protected override ServerTask ServerTask => Disconnect ? ServerTask.PublishAndDisconnect : ServerTask.Publish;

    private void DisconnectUnwanted()
    {
        ILookup<(NatsStore Store, string Name), EntityPath> owned = published.ToLookup(
            account => (account.Store, account.Path.Operator), account => account.Path);
        foreach ((NatsStore store, string name) in owned.Select(group => group.Key).Union(rotated))
        {
            NatsOperator owner = store.FindOperator(name);
            NatsAccount[] accounts = [.. owned[(store, name)].Select(path => store.Get<NatsAccount>(path))];
            Try(() => DisconnectFrom(owner, accounts, rotated.Contains((store, name))), owner.Path);
        }
    }

    private void DisconnectFrom(NatsOperator owner, NatsAccount[] accounts, bool isWhole)
    {
        SystemAccountClient client = Client(owner);
        HashSet<string> keys = [.. accounts.Select(account => account.Subject).OfType<string>()];
        var filter = new ConnectionFilter { Accounts = isWhole ? null : keys, IsUnwanted = true };
        ILookup<string?, DisconnectResult> answers = AskMany(
            owner,
            ClientDisconnector.UntilNobodyAsync(
                client, filter, _ => true, new ConnectedUsers(owner), DisconnectPatience, TimeProvider.System, Stopped))
            .ToLookup(answer => answer.Connection.AccountKey);
        // A specified number of servers is more reliable than what servers report.
        int unanswered = ServerCount is null ? Math.Max(0, client.KnownServers - client.Servers.Count) : 0;
        foreach (NatsAccount account in accounts)
        {
            Write(
                account.Path,
                new ClientProof($"{account.Operator}/{account.Name}", account.Subject!) { Servers = client.Servers, Unanswered = unanswered },
                answers[account.Subject]);
        }

        if (unanswered > 0)
        {
            Errors.Write(
                new AdvisedException(
                    ErrorCode.ServersMissing,
                    $"Only the clients of these servers are known: {string.Join(", ", client.Servers)}. Servers that did not answer: {unanswered}. "
                        + "Run the command again when they are back, or specify -ServerCount if there are no others."),
                owner.Path);
        }

        if (isWhole)
        {
            LearnTrust(owner.Path, client);
            var proof = new ClientProof(owner.Name, owner.Subject!)
            {
                Servers = client.Servers, Unanswered = unanswered, TrustingOldKeys = client.TrustingOldKeys(owner),
            };
            Write(owner.Path, proof, answers.Where(group => group.Key is null || !keys.Contains(group.Key)).SelectMany(group => group));
            if (proof.TrustingOldKeys.Count > 0)
            {
                Errors.Write(
                    new AdvisedException(
                        ErrorCode.ClientsRemain,
                        $"Servers still trust a key that the {owner.Path} does not list any more: {string.Join(", ", proof.TrustingOldKeys)}. "
                            + "Restart them with a configuration from New-NatsServerConfig, and publish again."),
                    owner.Path);
            }
        }
    }

    private void Write(EntityPath path, ClientProof empty, IEnumerable<DisconnectResult> answers)
    {
        ILookup<DisconnectOutcome, LiveConnection> found = answers.ToLookup(answer => answer.Outcome, answer => answer.Connection);
        ClientProof proof = empty with
        {
            Disconnected = found[DisconnectOutcome.Disconnected].Count(), Clients = [.. found[DisconnectOutcome.Remains]],
        };
        WriteObject(proof);
        if (proof.Remaining.Count > 0)
        {
            Errors.Write(
                new NatsKeysException(
                    ErrorCode.ClientsRemain,
                    $"{proof.Remaining.Count} clients of the {path} are still connected and should not be, such as {proof.Remaining[0]}."),
                path);
        }
    }
}
