namespace NatsKeys.Server;

/// <summary>The subjects on which servers answer the users of the system account.</summary>
internal static class SystemSubjects
{
    public const string Ping = "$SYS.REQ.SERVER.PING";
    public const string Accounts = "$SYS.REQ.SERVER.PING.ACCOUNTZ";
    public const string Variables = "$SYS.REQ.SERVER.PING.VARZ";
    public const string List = "$SYS.REQ.CLAIMS.LIST";
    public const string Update = "$SYS.REQ.CLAIMS.UPDATE";
    public const string Delete = "$SYS.REQ.CLAIMS.DELETE";
    public const string UserInfo = "$SYS.REQ.USER.INFO";

    /// <summary>On this servers tell an account of the requests to its JetStream API. The system account hears it where it imports it.</summary>
    public const string Audit = "$JS.EVENT.ADVISORY.API";

    private static readonly string[] ToRead = [Ping, Accounts, List, Lookup("*")];

    /// <summary>What a task needs.</summary>
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

    /// <summary>What a task must be let hear, beside its answers.</summary>
    public static IReadOnlyList<string> HeardBy(ServerTask task) => task switch
    {
        ServerTask.Watch => Events(account: null),
        ServerTask.Measure => [Audit],
        _ => [],
    };

    /// <summary>What servers tell of clients that come, leave and are refused.</summary>
    /// <param name="account">The only account that is meant; null for all.</param>
    public static IReadOnlyList<string> Events(string? account) =>
    [
        $"$SYS.ACCOUNT.{account ?? "*"}.CONNECT",
        $"$SYS.ACCOUNT.{account ?? "*"}.DISCONNECT",
        account is null ? "$SYS.SERVER.*.CLIENT.AUTH.ERR" : $"$SYS.ACCOUNT.{account}.CLIENT.AUTH.ERR",
    ];

    /// <summary>The clients of one server.</summary>
    public static string Connections(string server) => $"$SYS.REQ.SERVER.{server}.CONNZ";

    /// <summary>The leaf nodes of one server.</summary>
    public static string LeafNodes(string server) => $"$SYS.REQ.SERVER.{server}.LEAFZ";

    /// <summary>Ends the connection of one client of one server.</summary>
    public static string Kick(string server) => $"$SYS.REQ.SERVER.{server}.KICK";

    /// <summary>All kinds of resolvers answer on this, also those that keep nothing.</summary>
    public static string UpdateOf(string account) => $"$SYS.REQ.ACCOUNT.{account}.CLAIMS.UPDATE";

    /// <summary>The name that the same had at first.</summary>
    public static string OldUpdateOf(string account) => $"$SYS.ACCOUNT.{account}.CLAIMS.UPDATE";
}
