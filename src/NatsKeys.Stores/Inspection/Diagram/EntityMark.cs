using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>How a diagram shows the state of an entity.</summary>
/// <param name="Remark">A short remark; null if there is no problem.</param>
/// <param name="Style">The style class of its node.</param>
internal sealed record EntityMark(string? Remark, string? Style)
{
    private static readonly EntityMark Good = new(Remark: null, Style: null);

    /// <summary>The mark of an entity; null means that its file cannot be read.</summary>
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
