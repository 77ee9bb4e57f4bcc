using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>What a diagram says of an entity's state.</summary>
/// <param name="Remark">A word for it; null where all is well.</param>
/// <param name="Style">The class of its node.</param>
internal sealed record EntityMark(string? Remark, string? Style)
{
    private static readonly EntityMark Good = new(Remark: null, Style: null);

    /// <summary>The mark of an entity; null stands for one whose file cannot be read.</summary>
    public static EntityMark Of(NatsEntity? entity) => entity switch
    {
        null => new("cannot be read", MermaidWriter.Refused),
        NatsUser { Parent: NatsAccount account } user when Revocations.IsRevoked(account.Claims.Revocations, user.Claims) =>
            new("revoked", MermaidWriter.Refused),
        { State: EntityState.Signed } => Good,
        { State: EntityState.Unsigned } => new("not signed", MermaidWriter.Unready),
        { State: EntityState.Modified } => new("edited and not signed", MermaidWriter.Unready),
        { State: EntityState.NotYetValid } => new("not valid yet", MermaidWriter.Unready),
        { State: EntityState.Expired } => new("expired", MermaidWriter.Refused),
        { State: EntityState.Revoked } => new("revoked", MermaidWriter.Refused),
        _ => new("not trusted", MermaidWriter.Refused),
    };
}
