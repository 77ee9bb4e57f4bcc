using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Inspection;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gets who may publish a subject or receive its messages, in the account itself and from others.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Access, DefaultParameterSetName = ToPublish)]
[OutputType(typeof(NatsAccess))]
public sealed class GetNatsAccessCommand : StoreCmdlet
{
    private const string ToPublish = "Publish";
    private const string ToSubscribe = "Subscribe";

    /// <summary>The subject to publish. Wildcards mean any subject that they match.</summary>
    [Parameter(ParameterSetName = ToPublish, Mandatory = true, Position = 0, HelpMessage = "The subject to publish.")]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Publish { get; set; } = "";

    /// <summary>The subject whose messages are received. Wildcards mean any subject that they match.</summary>
    [Parameter(ParameterSetName = ToSubscribe, Mandatory = true, HelpMessage = "The subject to subscribe to.")]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Subscribe { get; set; } = "";

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

    private protected override object? CurrentItem => ParameterSetName == ToPublish ? Publish : Subscribe;

    private protected override void ProcessItem()
    {
        string subject = ParameterSetName == ToPublish ? Publish : Subscribe;
        SubjectPattern pattern = SubjectPattern.TryParse(subject) ?? throw new NatsKeysException(
            ErrorCode.InvalidClaims,
            $"'{subject}' is not a subject. A subject is tokens separated by dots, such as orders.created or orders.>.");
        DateTimeOffset time = At?.Require(nameof(At), "For the current time, omit it.") ?? TimeProvider.System.GetUtcNow();
        NatsAccount? target = Account is null ? null : AccountArgument.Resolve(Account, Operator, Stores.Open);
        NatsStore store = target?.Store ?? Stores.OpenOf(Operator);
        if (!store.Exists)
        {
            throw StoreRoots.NotFound(store);
        }

        var question = new AccessQuestion(ParameterSetName == ToPublish ? AccessDirection.Publish : AccessDirection.Subscribe, pattern)
        {
            IsAll = All,
            Account = target?.Path,
            Kinds = Kind,
        };
        foreach (NatsOperator owner in store.ReadOperators(WriteFault, target?.Operator ?? Operator?.Name).TakeWhile(_ => !Stopping))
        {
            Try(() => Ask(owner, question, time), owner.Path.ToString());
        }
    }

    private void Ask(NatsOperator owner, AccessQuestion question, DateTimeOffset time)
    {
        ServerVersion[] servers = [.. ServerVersionAttribute.Read(ServerVersion) ?? ServerVersions.Newest];
        var found = new Dictionary<(string, string, string), (NatsAccess Access, List<string> Servers)>();
        foreach (ServerVersion server in servers)
        {
            AccessSnapshot snapshot = AccessSnapshot.Read(
                owner,
                Kind.Contains(AccessHolderKind.User),
                server,
                time,
                WriteFault,
                Stopped);
            WriteCallouts(snapshot, server == servers[^1]);
            foreach (NatsAccess access in question.Ask(snapshot, Stopped).TakeWhile(_ => !Stopping))
            {
                if (servers.Length == 1)
                {
                    WriteObject(access.For([server.ToString()]));
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
            WriteObject(access.For(versions));
        }
    }

    private void WriteCallouts(AccessSnapshot snapshot, bool isLast)
    {
        foreach (AccessAccount account in snapshot.Accounts.Where(account => isLast && account.Claims.Authorization.AuthUsers.Count > 0))
        {
            WriteWarning($"The {account.Path} has an authorization callout. Users from the callout are not in the store and are not listed.");
        }
    }
}
