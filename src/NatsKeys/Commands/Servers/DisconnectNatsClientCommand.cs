using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Inspection;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Disconnects clients from servers.</summary>
[Cmdlet(VerbsCommunications.Disconnect, Nouns.Client, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DisconnectResult))]
public sealed class DisconnectNatsClientCommand : ServerCmdlet
{
    private readonly List<LiveConnection> connections = [];

    /// <summary>The connections, as Get-NatsConnection returns them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The connections, as Get-NatsConnection returns them.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public LiveConnection[] InputObject { get; set; } = [];

    /// <summary>
    /// Also disconnects clients that reconnect as the same users, until none has reconnected for three seconds. It is an error if clients are still
    /// connected after this time.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? Until { get; set; }

    private protected override ServerTask ServerTask => ServerTask.Clients;

    private protected override object? CurrentItem => InputObject is [var only] ? only : null;

    /// <summary>Ends the pipeline before any question if the time is not valid.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Require(() => _ = Until?.Patience, target: null);
    }

    private protected override void ProcessItem()
    {
        foreach (LiveConnection connection in InputObject)
        {
            NatsOperator owner = OwnerOf(connection.Operator);
            RequireServers(owner.Store, owner.Name);
            if (ShouldProcess(connection.ToString(), "Disconnect"))
            {
                connections.Add(connection);
            }
        }
    }

    private protected override void ProcessAll()
    {
        foreach (IGrouping<string, LiveConnection> owned in connections.GroupBy(connection => connection.Operator))
        {
            NatsOperator owner = OwnerOf(owned.Key);
            Try(() => Disconnect(owner, [.. owned]), owner.Path.ToString());
        }
    }

    private NatsOperator OwnerOf(string name) =>
        Operator is null ? Stores.Open().FindOperator(name) : OperatorArgument.Resolve(Operator, Stores.Open);

    private void Disconnect(NatsOperator owner, LiveConnection[] meant)
    {
        SystemAccountClient client = Client(owner);
        if (client.WithoutKick is { Count: > 0 } old && old.Count == client.Servers.Count)
        {
            throw new NatsKeysException(
                ErrorCode.ServerTooOld,
                $"The servers of {owner.Path} cannot disconnect clients on request, because they are too old: {string.Join(", ", old.Select(server =>
                    $"{server} is {server.Version}"))}. Nothing was sent.");
        }

        foreach (DisconnectResult answer in AskMany(owner, ClientDisconnector.OnceAsync(client, meant, Stopped)))
        {
            Write(answer);
        }

        if (Until is not null)
        {
            HashSet<(string?, string, string?)> users = [.. meant.Select(UserOf)];
            var filter = new ConnectionFilter { Accounts = meant.Select(connection => connection.AccountKey).OfType<string>().ToHashSet() };
            foreach (DisconnectResult answer in AskMany(
                owner,
                ClientDisconnector.UntilNobodyAsync(
                    client,
                    filter,
                    connection => users.Contains(UserOf(connection)),
                    new ConnectedUsers(owner),
                    Until.Patience,
                    TimeProvider.System,
                    Stopped)))
            {
                Write(answer);
            }
        }
    }

    private void Write(DisconnectResult answer)
    {
        WriteObject(answer);
        ErrorCode? fault = answer.Outcome switch
        {
            DisconnectOutcome.NotSupported => ErrorCode.ServerTooOld,
            DisconnectOutcome.Refused => ErrorCode.ServerRefused,
            DisconnectOutcome.Remains => ErrorCode.ClientsRemain,
            _ => null,
        };
        if (fault is { } code)
        {
            Errors.Write(new NatsKeysException(code, $"The client {answer.Connection} was not disconnected. {answer.Reason}"), answer.Connection);
        }
    }

    private static (string?, string, string?) UserOf(LiveConnection connection) =>
        (connection.AccountKey, connection.UserKey ?? connection.User, connection.SigningKey);
}
