using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Finds the keys that signed children of an operator or account and that it does not list. Each key is returned once.</summary>
internal sealed class UnlistedKeys(NatsEntity owner)
{
    private readonly HashSet<string> known = [.. KeyUses.OwnKeys(owner)];

    /// <summary>
    /// The keys that signed a child or that it will be signed with, if the owner does not list them and they were not returned before.
    /// </summary>
    public IEnumerable<NatsKeyUsage> Of(NatsEntity entity) => Of(entity.Document.Signer).Concat(Of(entity.Issuer));

    /// <summary>The use of a key, if the owner does not list it and it was not returned before.</summary>
    public IEnumerable<NatsKeyUsage> Of(string? signer) =>
        signer is not null && known.Add(signer) ? [new NatsKeyUsage(KeyUsageKind.Unlisted, owner.Path) { PublicKey = signer, Entity = owner }] : [];
}
