namespace NatsKeys.Server;

/// <summary>Settings of a resolver that stores accounts in a folder. Null means the value that nsc writes, or the server's default.</summary>
internal sealed record ResolverSettings
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(1.9);
    private static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromHours(1);

    /// <summary>The folder. Servers resolve a relative path from their working directory. Null means <c>./jwt</c>.</summary>
    public string? Directory { get; init; }

    /// <summary>Whether accounts can be deleted. Full resolvers only.</summary>
    public bool? AllowDelete { get; init; }

    /// <summary>Whether the files of deleted accounts are removed rather than renamed. Only for full resolvers that allow deletes.</summary>
    public bool? HardDelete { get; init; }

    /// <summary>The time between two exchanges with other servers. Full resolvers only.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How long to wait for other servers when an account is looked up.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The maximum number of accounts.</summary>
    public long? Limit { get; init; }

    /// <summary>The age at which an account is removed. Cache resolvers only.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Refuses settings that a server does not accept for this kind of resolver.</summary>
    internal void Check(ResolverKind kind)
    {
        bool isFull = kind == ResolverKind.Full;
        bool isFolder = kind != ResolverKind.Memory;
        (string Name, object? Value, bool IsTaken)[] settings =
        [
            ("folder", Directory, isFolder), ("deletes", AllowDelete, isFull), ("hard deletes", HardDelete, isFull), ("interval", Interval, isFull),
            ("timeout", Timeout, isFolder), ("limit", Limit, isFolder), ("time to live", TimeToLive, kind == ResolverKind.Cache),
        ];
        string refused = string.Join(
            " and no ", settings.Where(setting => setting.Value is not null && !setting.IsTaken).Select(setting => setting.Name));
        if (refused.Length > 0)
        {
            throw ConfigWriter.Refused($"A {kind.ToString().ToLowerInvariant()} resolver does not support the setting {refused}.");
        }

        if (HardDelete is not null && AllowDelete is not true)
        {
            throw ConfigWriter.Refused("Hard deletes require that the server allows deletes.");
        }

        foreach ((string name, TimeSpan? time) in new[] { ("interval", Interval), ("timeout", Timeout), ("time to live", TimeToLive) })
        {
            if (time <= TimeSpan.Zero)
            {
                throw ConfigWriter.Refused($"The {name} of a resolver must be greater than zero.");
            }
        }

        if (Limit < 1)
        {
            throw ConfigWriter.Refused($"The resolver limit {Limit} is not valid: it must be at least 1. Omit it to use the server's default.");
        }
    }

    /// <summary>Writes the settings in nsc's order.</summary>
    internal void Write(ConfigWriter text, ResolverKind kind)
    {
        if (kind == ResolverKind.Memory)
        {
            text.Member("resolver", "MEMORY");
            return;
        }

        bool isFull = kind == ResolverKind.Full;
        text.Open("resolver");
        text.Member("type", isFull ? "full" : "cache");
        text.Quoted("dir", Directory ?? "./jwt");
        if (isFull)
        {
            text.Member("allow_delete", AllowDelete ?? false);
            text.Member("hard_delete", HardDelete);
            text.Quoted("interval", Interval ?? DefaultInterval);
        }
        else
        {
            text.Quoted("ttl", TimeToLive ?? DefaultTimeToLive);
        }

        text.Quoted("timeout", Timeout ?? DefaultTimeout);
        text.Member("limit", Limit);
        text.Close();
    }
}
