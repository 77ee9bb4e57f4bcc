namespace NatsKeys.Server;

/// <summary>The subjects on which servers answer users of the system account.</summary>
internal static class SystemSubjects
{
    public const string Ping = "$SYS.REQ.SERVER.PING";
    public const string Accounts = "$SYS.REQ.SERVER.PING.ACCOUNTZ";
    public const string Variables = "$SYS.REQ.SERVER.PING.VARZ";
    public const string List = "$SYS.REQ.CLAIMS.LIST";
    public const string Update = "$SYS.REQ.CLAIMS.UPDATE";
    public const string Delete = "$SYS.REQ.CLAIMS.DELETE";
    public const string UserInfo = "$SYS.REQ.USER.INFO";

    /// <summary>
    /// The subject of advisories about requests to the JetStream API. Servers send them in the account whose API is used. The system account receives
    /// them if it imports the subject.
    /// </summary>
    public const string Audit = "$JS.EVENT.ADVISORY.API";

    private static readonly string[] ToRead = [Ping, Accounts, List, Lookup("*")];

    /// <summary>The subjects to which a task publishes.</summary>
    public static IEnumerable<string> Of(ServerTask task) => task switch
    {
        ServerTask.Publish => [.. ToRead, Variables, Update, UpdateOf("*"), OldUpdateOf("*")],
        ServerTask.Delete => [.. ToRead, Delete],
        ServerTask.Watch => ToRead,
        ServerTask.PublishAndDisconnect => Of(ServerTask.Publish).Union(Of(ServerTask.Clients)),
        ServerTask.Clients => [.. ToRead, Variables, Connections("*"), LeafNodes("*"), Kick("*")],
        ServerTask.Measure => [.. ToRead, Variables, Connections("*"), LeafNodes("*")],
        _ => ToRead,
    };

    public static string Lookup(string account) => $"$SYS.REQ.ACCOUNT.{account}.CLAIMS.LOOKUP";

    /// <summary>The subjects that a task subscribes to, besides its inbox.</summary>
    public static IReadOnlyList<string> SubscriptionsOf(ServerTask task) => task switch
    {
        ServerTask.Watch => [.. Events(account: null), .. Events("*").Except(Events(account: null))],
        ServerTask.Measure => [Audit],
        _ => [],
    };

    /// <summary>The subjects of events about clients that connect, disconnect or are refused.</summary>
    /// <param name="account">The only account; null for all.</param>
    public static IReadOnlyList<string> Events(string? account) =>
    [
        $"$SYS.ACCOUNT.{account ?? "*"}.CONNECT",
        $"$SYS.ACCOUNT.{account ?? "*"}.DISCONNECT",
        account is null ? "$SYS.SERVER.*.CLIENT.AUTH.ERR" : $"$SYS.ACCOUNT.{account}.CLIENT.AUTH.ERR",
    ];

    /// <summary>Lists the clients of one server.</summary>
    public static string Connections(string server) => $"$SYS.REQ.SERVER.{server}.CONNZ";

    /// <summary>Lists the leaf nodes of one server.</summary>
    public static string LeafNodes(string server) => $"$SYS.REQ.SERVER.{server}.LEAFZ";

    /// <summary>Disconnects one client of one server.</summary>
    public static string Kick(string server) => $"$SYS.REQ.SERVER.{server}.KICK";

    /// <summary>Updates an account. Servers with any kind of resolver answer, even those that do not store accounts.</summary>
    public static string UpdateOf(string account) => $"$SYS.REQ.ACCOUNT.{account}.CLAIMS.UPDATE";

    /// <summary>The original name of the same subject.</summary>
    public static string OldUpdateOf(string account) => $"$SYS.ACCOUNT.{account}.CLAIMS.UPDATE";
}
