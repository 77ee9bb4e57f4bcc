using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>An entity to import. Its token is kept unchanged.</summary>
internal sealed class ImportedEntity(
    NatsStore store, string file, EntityPath path, NatsJwt jwt, bool overwrite) : EntityItem(store, file, path, overwrite)
{
    public NatsJwt Jwt => jwt;

    private EntityDocument Document => new(jwt.Claims, jwt.Token);

    private protected override (EntityPath Path, bool IsSame)? Kept() =>
        Store.Load(Path) is { } kept ? (kept.Path, kept.Document.Jwt == jwt.Token) : null;

    private protected override bool Has(EntityPath parent) => Store.Load(parent) is not null;

    private protected override void Save(StoreTransaction edit) => edit.Save(Path, Document);

    private protected override void WarnOfTimes() => TokenTimes.Warn(Store, Path, jwt.Claims);

    private protected override NatsEntity Entity(bool isSaved) => isSaved ? Store.Make(Path, Document, parent: null) : Store.Get(Path);
}
