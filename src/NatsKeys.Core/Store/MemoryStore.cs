using System.Collections.Concurrent;
using System.Text;
using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Store;

/// <summary>A store without a disk. It keeps tokens alone: what is wanted and what is signed are always the same here.</summary>
internal sealed class MemoryStore(TimeProvider clock) : NatsStore(new MemoryKeyStore(), clock)
{
    private readonly ConcurrentDictionary<EntityPath, (EntityPath Path, string Jwt)> entities = new();

    private readonly Lock changing = new();

    public override string Location => "in memory";

    public override IEnumerable<string> Names(EntityPath? parent = null)
    {
        EntityPath? folded = parent?.Folded;
        return entities.Where(entry => entry.Key.Parent == folded).Select(entry => entry.Value.Path.Name).Order(StringComparer.OrdinalIgnoreCase);
    }

    internal override (EntityPath Path, EntityDocument Document)? Load(EntityPath path) =>
        entities.TryGetValue(path.Folded, out (EntityPath Path, string Jwt) kept)
            ? (kept.Path, new EntityDocument(JwtReader.ReadUnchecked(kept.Jwt).Claims, kept.Jwt))
            : null;

    internal override (EntityPath Path, byte[] Text)? LoadText(EntityPath path) =>
        Load(path) is { } found ? (found.Path, Encoding.UTF8.GetBytes(EntityFile.Write(found.Document))) : null;

    internal override byte[] TextAsKept(EntityPath path, byte[] text) => Encoding.UTF8.GetBytes(EntityFile.Write(Signed(path, text)));

    internal override void SaveText(EntityPath path, byte[] text) => Save(path, Signed(path, text));

    internal override IDisposable BeginChange()
    {
        changing.Enter();
        return new Change(changing);
    }

    internal override void Save(EntityPath path, EntityDocument document) => entities[path.Folded] = (path, document.Jwt!);

    internal override void Delete(EntityPath path) => entities.TryRemove(path.Folded, out _);

    internal override void Move(EntityPath path, EntityPath target)
    {
        EntityPath from = path.Folded;
        foreach ((EntityPath place, (EntityPath stored, string jwt)) in entities.Where(entry => IsAtOrBelow(entry.Key, from)).ToArray())
        {
            entities.TryRemove(place, out _);
            EntityPath moved = path.Kind switch
            {
                EntityKind.Operator => new EntityPath(target.Operator, stored.Account, stored.User),
                EntityKind.Account => new EntityPath(stored.Operator, target.Account, stored.User),
                _ => target,
            };
            entities[moved.Folded] = (moved, jwt);
        }
    }

    /// <summary>What the token of a text states, which must be what the text says: nothing else is kept here.</summary>
    private static EntityDocument Signed(EntityPath path, byte[] text)
    {
        EntityDocument document = EntityFile.Read(text, path.Kind);
        ClaimSet? signed = document.Jwt is null ? null : JwtReader.ReadUnchecked(document.Jwt).Claims;
        return signed is not null && ClaimJson.SameWish(document.Wanted, signed) && (document.Wanted.Issuer ?? signed.Issuer) == signed.Issuer
            ? new EntityDocument(signed, document.Jwt)
            : throw new NatsKeysException(ErrorCode.InvalidClaims, $"The {path} is not signed as its file says, and a store in memory keeps nothing but tokens.");
    }

    private static bool IsAtOrBelow(EntityPath path, EntityPath top) => path == top || (path.Parent is not null && IsAtOrBelow(path.Parent, top));

    private sealed class Change(Lock changing) : IDisposable
    {
        public void Dispose() => changing.Exit();
    }
}
