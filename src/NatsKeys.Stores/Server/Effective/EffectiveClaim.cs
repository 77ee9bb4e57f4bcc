using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>What a part of an account is.</summary>
public enum EffectiveKind : long
{
    /// <summary>An import.</summary>
    Import,

    /// <summary>An export.</summary>
    Export,

    /// <summary>A subject mapping.</summary>
    Mapping,

    /// <summary>The account as a whole, where the server says nothing of its parts.</summary>
    Account,
}

/// <summary>What a running server does with a part of an account.</summary>
public enum EffectiveState : long
{
    /// <summary>It uses the part as the token states it.</summary>
    Used,

    /// <summary>It uses the part, and not all that the token states of it.</summary>
    Different,

    /// <summary>The token states the part, and the server does not use it.</summary>
    Dropped,

    /// <summary>It uses what the token does not state.</summary>
    NotStated,

    /// <summary>It has not loaded the account, because no client of this server uses it now.</summary>
    NotLoaded,
}

/// <summary>A part of an account as the token of a server states it, and what that server does with it.</summary>
/// <param name="Account">The account below its operator, such as <c>O2/A</c>.</param>
/// <param name="PublicKey">The public key of the account.</param>
/// <param name="Server">The server.</param>
/// <param name="Kind">What the part is.</param>
/// <param name="State">What the server does with it.</param>
public sealed record EffectiveClaim(string Account, string PublicKey, ServerInformation Server, EffectiveKind Kind, EffectiveState State)
{
    /// <summary>The place in the token, such as <c>imports[0]</c>; null for what the token does not state.</summary>
    public string? Claim { get; init; }

    /// <summary><c>Stream</c> or <c>Service</c>; null for mappings and accounts.</summary>
    public string? Type { get; init; }

    /// <summary>The subject: of an import on the side of the exporter, of a mapping that which is mapped; null for accounts.</summary>
    public string? Subject { get; init; }

    /// <summary>The subject of an import on the side of this account; null for all else.</summary>
    public string? LocalSubject { get; init; }

    /// <summary>The targets of a mapping, in their order.</summary>
    public IReadOnlyList<string> Targets { get; init => field = new PrintableList<string>(value); } = new PrintableList<string>([]);

    /// <summary>The exporting account of an import: its name below its operator where the store has it, else its public key.</summary>
    public string? From { get; init; }

    /// <summary>The rule that tells why the server does not use it; null where none is known.</summary>
    public string? Rule { get; init; }

    /// <summary>Why the server does not use it as stated; null where it does.</summary>
    public string? Reason { get; init; }

    /// <summary>How the token of the server stands to the store. What is <c>Older</c> there may be right in the store already.</summary>
    public ServerAccountState TokenState { get; init; }

    /// <summary>The part, the server and what it does.</summary>
    public override string ToString() =>
        TextSanitizer.Clean($"{Account} on {Server}: {(Subject is null ? "" : $"{Kind} {Subject} ".ToLowerInvariant())}{State}");
}
