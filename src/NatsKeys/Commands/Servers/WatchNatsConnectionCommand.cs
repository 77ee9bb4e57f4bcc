using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Watches running servers: returns each client that connects, disconnects or is rejected, as it happens.</summary>
[Cmdlet(VerbsCommon.Watch, Nouns.Connection)]
[OutputType(typeof(ConnectionEvent))]
public sealed class WatchNatsConnectionCommand : ServerCmdlet
{
    /// <summary>The account of the clients. Without it: all accounts.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [EntityInput(typeof(AccountArgument))]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>How long to watch, such as <c>10m</c>. Without it: until Ctrl+C.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? For { get; set; }

    private protected override ServerTask ServerTask => ServerTask.Watch;

    private protected override object? CurrentItem => Account;

    private protected override void ProcessItem()
    {
        TimeSpan? time = For?.Patience;
        NatsAccount? account = Account is null ? null : AccountArgument.Resolve(Account, Operator, Stores.Open);
        NatsOperator owner = OwnerOf(account);
        SystemAccountClient client = Client(owner);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stopped);
        if (time is { } length)
        {
            end.CancelAfter(length);
        }

        foreach (ConnectionEvent one in AskMany(owner, client.WatchAsync(account?.Subject, new ConnectedUsers(owner), end.Token)))
        {
            WriteObject(one);
        }
    }
}
