namespace NatsKeys.Server;

/// <summary>How a resolver that keeps accounts in a folder does so. What is not set is written as nsc writes it, or left to the server.</summary>
internal sealed record ResolverSettings
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(1.9);
    private static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromHours(1);

    /// <summary>The folder; servers take a relative one from their working directory. <c>./jwt</c> without it.</summary>
    public string? Directory { get; init; }

    /// <summary>Whether accounts can be deleted. Full resolvers only.</summary>
    public bool? AllowDelete { get; init; }

    /// <summary>Whether the files of deleted accounts go, instead of getting another name. Full resolvers that allow deletes only.</summary>
    public bool? HardDelete { get; init; }

    /// <summary>The time between two exchanges with other servers. Full resolvers only.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How long other servers are waited for when an account is looked up.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The number of accounts that are kept.</summary>
    public long? Limit { get; init; }

    /// <summary>The age at which an account is dropped. Cache resolvers only.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Refuses what a server does not take for a resolver of this kind.</summary>
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
