using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>The kind of a part of an account.</summary>
public enum EffectiveKind : long
{
    /// <summary>An import.</summary>
    Import,

    /// <summary>An export.</summary>
    Export,

    /// <summary>A subject mapping.</summary>
    Mapping,

    /// <summary>The whole account, if the server does not report its parts.</summary>
    Account,
}

/// <summary>How a running server uses a part of an account.</summary>
public enum EffectiveState : long
{
    /// <summary>The server uses the part as the token states it.</summary>
    Used,

    /// <summary>The server uses the part, but not everything that the token states.</summary>
    Different,

    /// <summary>The token states the part, but the server does not use it.</summary>
    Dropped,

    /// <summary>The server uses a part that the token does not state.</summary>
    NotStated,

    /// <summary>The server has not loaded the account, because none of its clients uses it now.</summary>
    NotLoaded,
}

/// <summary>A part of an account in a server's token, and how that server uses it.</summary>
/// <param name="Account">The account below its operator, such as <c>O2/A</c>.</param>
/// <param name="PublicKey">The public key of the account.</param>
/// <param name="Server">The server.</param>
/// <param name="Kind">The kind of part.</param>
/// <param name="State">How the server uses it.</param>
public sealed record EffectiveClaim(string Account, string PublicKey, ServerInformation Server, EffectiveKind Kind, EffectiveState State)
{
    /// <summary>The claim, such as <c>imports[0]</c>; null for a part that the token does not state.</summary>
    public string? Claim { get; init; }

    /// <summary><c>Stream</c> or <c>Service</c>; null for mappings and accounts.</summary>
    public string? Type { get; init; }

    /// <summary>The subject. For an import, the exporter's subject; for a mapping, the source. Null for accounts.</summary>
    public string? Subject { get; init; }

    /// <summary>The local subject of an import; null for other parts.</summary>
    public string? LocalSubject { get; init; }

    /// <summary>The targets of a mapping, in order.</summary>
    public IReadOnlyList<string> Targets { get; init => field = new PrintableList<string>(value); } = new PrintableList<string>([]);

    /// <summary>The exporting account of an import: its name below its operator if the store has it, otherwise its public key.</summary>
    public string? From { get; init; }

    /// <summary>The rule that explains why the server does not use the part; null if none is known.</summary>
    public string? Rule { get; init; }

    /// <summary>Why the server does not use the part as stated; null if it does.</summary>
    public string? Reason { get; init; }

    /// <summary>How the server's token compares with the store. If it is <c>Older</c>, the store may already have the correction.</summary>
    public ServerAccountState TokenState { get; init; }

    /// <summary>The part, the server and the state.</summary>
    public override string ToString() =>
        TextSanitizer.Clean($"{Account} on {Server}: {(Subject is null ? "" : $"{Kind} {Subject} ".ToLowerInvariant())}{State}");
}
