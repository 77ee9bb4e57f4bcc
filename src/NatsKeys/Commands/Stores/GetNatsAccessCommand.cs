using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Inspection;
using NatsKeys.Pipeline;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// Gets who may publish a subject or receive its messages, in the account itself and from others. Without a subject: every subject that may be
/// published or received.
/// </summary>
[Cmdlet(VerbsCommon.Get, Nouns.Access)]
[OutputType(typeof(NatsAccess))]
public sealed class GetNatsAccessCommand : StoreCmdlet
{
    private const string Everything = ">";
    private readonly List<NatsUser> users = [];
    private readonly HashSet<EntityPath> reaching = [];
    private readonly NamedRows rows;

    /// <summary>Creates the cmdlet.</summary>
    public GetNatsAccessCommand() => rows = new NamedRows(this);

    /// <summary>
    /// The subject to publish. Wildcards mean any subject that they match. Without this and the other subject: every subject, to publish and to
    /// subscribe.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Publish { get; set; }

    /// <summary>The subject whose messages are received. Wildcards mean any subject that they match.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Subscribe { get; set; }

    /// <summary>The users whose access is listed. The default is all users, roles and default permissions.</summary>
    [Parameter(ValueFromPipeline = true)]
    [EntityName(typeof(UserArgument[]), typeof(NatsAccount))]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserArgument[]? User { get; set; }

    /// <summary>An account from the pipeline, to which the subject belongs. A name in the pipeline is that of a user.</summary>
    [Parameter(ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NatsAccount? InputObject { get; set; }

    /// <summary>The account to which the subject belongs. The default is each account.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the accounts. The default is all operators.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>Requires access to every subject that the wildcards match, instead of any.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>What to list: users, roles, or the default permissions of accounts. The default is all of them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    public AccessHolderKind[] Kind { get; set; } = Enum.GetValues<AccessHolderKind>();

    /// <summary>The time at which users connect; the default is now.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TimeCompleter))]
    public TimeArgument? At { get; set; }

    /// <summary>The versions of the servers. Users that can connect to one of them are listed. The default is the newest version.</summary>
    [Parameter]
    [ServerVersion]
    [ArgumentCompleter(typeof(ServerVersionCompleter))]
    public string[]? ServerVersion { get; set; }

    private protected override object? CurrentItem => User?[0] ?? (object?)InputObject ?? Publish ?? Subscribe;

    private bool AsksForAll => (Publish ?? Subscribe) is null;

    private protected override void ProcessItem()
    {
        if (User is not null)
        {
            // The accounts are read once for all users.
            Each(User, user => users.Add(rows.Resolve(user, account: null, above: null)));
            return;
        }

        Ask(Stores.OpenOf, known: null);
    }

    private protected override void ProcessAll()
    {
        foreach (IGrouping<NatsStore, NatsUser> group in users.GroupBy(user => user.Store))
        {
            Ask(_ => group.Key, [.. group]);
            foreach (NatsUser user in group.Where(user => AsksForAll && !reaching.Contains(user.Path)).TakeWhile(_ => !Stopping))
            {
                WriteWarning($"The {user.Path} reaches no subject. If it should, Test-NatsJwt tells whether servers admit it.");
            }
        }
    }

    private void Ask(Func<OperatorArgument?, NatsStore> openStore, NatsUser[]? known)
    {
        SubjectPattern? publish = Publish is not null || AsksForAll ? PatternOf(Publish) : null;
        SubjectPattern? subscribe = Subscribe is not null || AsksForAll ? PatternOf(Subscribe) : null;
        DateTimeOffset time = At?.Require(nameof(At), "For the current time, omit it.") ?? TimeProvider.System.GetUtcNow();
        AccountArgument? named = InputObject is null ? Account : new AccountArgument(InputObject);
        NatsAccount? target = named is null ? null : AccountArgument.Resolve(named, Operator, () => openStore(Operator));
        NatsStore store = target?.Store ?? openStore(Operator);
        if (!store.Exists)
        {
            throw StoreRoots.NotFound(store);
        }

        (AccessDirection Direction, SubjectPattern? Pattern)[] wanted =
            [(AccessDirection.Publish, publish), (AccessDirection.Subscribe, subscribe)];
        AccessQuestion[] questions =
        [
            .. wanted.Where(one => one.Pattern is not null).Select(one => new AccessQuestion(one.Direction, one.Pattern!)
            {
                IsAll = All,
                Account = target?.Path,
                Kinds = known is null ? Kind : [AccessHolderKind.User],
                Users = known?.Select(user => user.Path).ToHashSet(),
            }),
        ];
        HashSet<string>? operators = known?.Select(user => user.Operator).ToHashSet();
        foreach (NatsOperator owner in store.ReadOperators(WriteFault, target?.Operator ?? Operator?.Name).TakeWhile(_ => !Stopping)
            .Where(owner => operators?.Contains(owner.Name) != false))
        {
            foreach (AccessQuestion question in questions)
            {
                Try(() => Ask(owner, question, time), owner.Path.ToString());
            }
        }
    }

    private static SubjectPattern PatternOf(string? subject) => SubjectPattern.TryParse(subject ?? Everything) ?? throw new NatsKeysException(
        ErrorCode.InvalidClaims,
        $"'{subject}' is not a subject. A subject is tokens separated by dots, such as orders.created or orders.>.");

    private void Ask(NatsOperator owner, AccessQuestion question, DateTimeOffset time)
    {
        ServerVersion[] servers = [.. ServerVersionAttribute.Read(ServerVersion) ?? ServerVersions.Newest];
        var found = new Dictionary<(string, string, string), (NatsAccess Access, List<string> Servers)>();
        foreach (ServerVersion server in servers)
        {
            AccessSnapshot snapshot = AccessSnapshot.Read(
                owner,
                question.Kinds.Contains(AccessHolderKind.User),
                server,
                time,
                WriteFault,
                Stopped);
            WriteCallouts(snapshot, server == servers[^1]);
            foreach (NatsAccess access in question.Ask(snapshot, Stopped).TakeWhile(_ => !Stopping))
            {
                if (servers.Length == 1)
                {
                    Write(access.For([server.ToString()]));
                    continue;
                }

                (string, string, string) key = (access.Kind.ToString(), access.Holder, access.Path);
                if (!found.TryGetValue(key, out (NatsAccess Access, List<string> Servers) known))
                {
                    found[key] = known = (access, []);
                }

                known.Servers.Add(server.ToString());
            }
        }

        foreach ((NatsAccess access, List<string> versions) in found.Values)
        {
            Write(access.For(versions));
        }
    }

    private void Write(NatsAccess access)
    {
        if (access.User is { } user)
        {
            reaching.Add(access.Way.Group.Account.Child(user));
        }

        WriteObject(access);
    }

    private void WriteCallouts(AccessSnapshot snapshot, bool isLast)
    {
        foreach (AccessAccount account in snapshot.Accounts.Where(account => isLast && account.Claims.Authorization.AuthUsers.Count > 0))
        {
            WriteWarning($"The {account.Path} has an authorization callout. Users from the callout are not in the store and are not listed.");
        }
    }
}
