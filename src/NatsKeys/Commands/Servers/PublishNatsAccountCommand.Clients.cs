using System.Management.Automation;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <content>The clients that should not be connected any more.</content>
public sealed partial class PublishNatsAccountCommand
{
    private static readonly TimeSpan DisconnectPatience = TimeSpan.FromSeconds(30);
    private readonly HashSet<(NatsStore Store, EntityPath Path)> published = [];

    /// <summary>
    /// Disconnects the clients of the accounts that should not be connected: those of revoked, removed and expired users, and of signing keys that
    /// the account does not list any more. Gives for each account whether any of them is left.
    /// </summary>
    [Parameter]
    public SwitchParameter Disconnect { get; set; }

    private protected override ServerTask ServerTask => Disconnect ? ServerTask.PublishAndDisconnect : ServerTask.Publish;

    private void DisconnectUnwanted()
    {
        foreach (var owned in published.GroupBy(account => (account.Store, account.Path.Operator)))
        {
            NatsOperator owner = owned.Key.Store.FindOperator(owned.Key.Operator);
            NatsAccount[] accounts = [.. owned.Select(account => (NatsAccount)account.Store.Get(account.Path))];
            Try(() => DisconnectFrom(owner, accounts), owner.Path);
        }
    }

    private void DisconnectFrom(NatsOperator owner, NatsAccount[] accounts)
    {
        SystemAccountClient client = Client(owner);
        var filter = new ConnectionFilter { Accounts = accounts.Select(account => account.Subject).OfType<string>().ToHashSet(), IsUnwanted = true };
        ILookup<string?, DisconnectResult> answers = AskMany(
            owner,
            ClientDisconnector.UntilNobodyAsync(
                client, filter, _ => true, new ConnectedUsers(owner), DisconnectPatience, TimeProvider.System, Stopped))
            .ToLookup(answer => answer.Connection.AccountKey);
        foreach (NatsAccount account in accounts)
        {
            var proof = new ClientProof($"{account.Operator}/{account.Name}", account.Subject!)
            {
                Servers = client.Servers,
                Disconnected = answers[account.Subject].Count(answer => answer.Outcome == DisconnectOutcome.Disconnected),
                Remaining =
                [
                    .. answers[account.Subject].Where(answer => answer.Outcome == DisconnectOutcome.Remains).Select(answer => answer.Connection),
                ],
            };
            WriteObject(proof);
            if (!proof.IsClear)
            {
                Errors.Write(
                    new NatsKeysException(
                        ErrorCode.ClientsRemain,
                        $"{proof.Remaining.Count} clients of the {account.Path} are still connected and should not be, such as "
                            + $"{proof.Remaining[0]}."),
                    account.Path);
            }
        }
    }
}
