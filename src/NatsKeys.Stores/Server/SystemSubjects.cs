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

    private static readonly string[] ToRead = [Ping, Accounts, List, Lookup("*")];

    /// <summary>What a task needs.</summary>
    public static IEnumerable<string> Of(ServerTask task) => task switch
    {
        ServerTask.Publish => [.. ToRead, Variables, Update, UpdateOf("*"), OldUpdateOf("*")],
        ServerTask.Delete => [.. ToRead, Delete],
        _ => ToRead,
    };

    public static string Lookup(string account) => $"$SYS.REQ.ACCOUNT.{account}.CLAIMS.LOOKUP";

    /// <summary>All kinds of resolvers answer on this, also those that keep nothing.</summary>
    public static string UpdateOf(string account) => $"$SYS.REQ.ACCOUNT.{account}.CLAIMS.UPDATE";

    /// <summary>The name that the same had at first.</summary>
    public static string OldUpdateOf(string account) => $"$SYS.ACCOUNT.{account}.CLAIMS.UPDATE";
}
