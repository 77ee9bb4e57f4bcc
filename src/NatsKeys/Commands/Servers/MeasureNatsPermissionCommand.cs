using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Compares what users may subscribe to with what they are observed to subscribe to, and proposes narrower permissions.</summary>
[Cmdlet(VerbsDiagnostic.Measure, Nouns.Permission, DefaultParameterSetName = OfAll)]
[OutputType(typeof(PermissionMeasurement))]
public sealed class MeasureNatsPermissionCommand : ServerCmdlet
{
    private const string OfAll = "All";
    private const string OfUser = "User";
    private const string OfRole = "Role";
    private const int MostSamples = 30;
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    // A connection of the system account stays usable for this long after each request.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    /// <summary>The account of the users. Without it: all accounts.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The user to measure.</summary>
    [Parameter(ParameterSetName = OfUser, Mandatory = true, HelpMessage = "The user to measure.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserArgument? User { get; set; }

    /// <summary>The role to measure.</summary>
    [Parameter(ParameterSetName = OfRole, Mandatory = true, HelpMessage = "The role to measure.")]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(AccountRoleCompleter))]
    public string? Role { get; set; }

    /// <summary>How long to observe, such as <c>10m</c>, which is the default.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? For { get; set; }

    /// <summary>Proposes the permission entries that were used, instead of the observed subjects.</summary>
    [Parameter]
    public SwitchParameter Generalize { get; set; }

    private protected override ServerTask ServerTask => ServerTask.Measure;

    private protected override object? CurrentItem => User ?? (object?)Role ?? Account;

    private protected override void ProcessItem()
    {
        TimeSpan length = For?.Patience ?? Usual;
        NatsUser? user = User?.Resolve(Stores.Open, Account, Operator);
        NatsAccount? account = user is not null ? user.Parent
            : Account is null ? null
            : AccountArgument.Resolve(Account, Operator, Stores.Open);
        NatsOperator owner = OwnerOf(account);
        NatsAccount[] accounts = account is not null ? [account] : [.. owner.Store.ReadChildren<NatsAccount>(owner, WriteFault)];
        ConnectionFilter filter = FilterOf(account, user, accounts);

        SystemAccountClient client = Client(owner);
        TimeSpan pause = TimeSpan.FromTicks(Math.Clamp((length / MostSamples).Ticks, ShortestPause.Ticks, LongestPause.Ticks));
        var meter = new PermissionMeter(owner.Store.Clock) { Pause = pause };
        WriteVerbose($"Samples the clients every {pause.TotalSeconds:0.#} seconds for {length}.");
        Ask(owner, async () =>
        {
            await client.ObserveAsync(filter, new ConnectedUsers(owner), meter, length, Stopped).ConfigureAwait(false);
            return true;
        });

        var scope = new MeterScope(user, Role, Generalize);
        foreach (NatsAccount one in accounts.TakeWhile(_ => !Stopping))
        {
            WriteObject(meter.Compare(one, scope, WriteFault), enumerateCollection: true);
            if (user is null && Role is null && meter.UnknownUsersOf(one) is > 0 and var strangers)
            {
                WriteWarning($"Users without a role are connected to the {one.Path} but are not in the store: {strangers}. They were not measured.");
            }
        }
    }

    private ConnectionFilter FilterOf(NatsAccount? account, NatsUser? user, NatsAccount[] accounts)
    {
        var filter = new ConnectionFilter
        {
            Accounts = account?.Subject is { } key ? new HashSet<string> { key } : null,
            Users = user?.Subject is { } of ? new HashSet<string> { of } : null,
        };
        if (Role is null)
        {
            return filter;
        }

        HashSet<string> keys =
            [.. accounts.SelectMany(one => one.Claims.SigningKeys).Where(one => one.IsScoped && one.Role == Role).Select(one => one.Key)];
        return keys.Count > 0
            ? filter with { SigningKeys = keys }
            : throw RoleNames.Unknown(
                $"No signing key of {account?.Path.ToString() ?? "any account"} has the role '{Role}'.", RoleNames.Suggest(accounts, Role!));
    }
}
