using System.Collections.Concurrent;
using System.Text;
using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.KeyRoot;

namespace NatsKeys.Store;

/// <summary>A store without a disk. It keeps only tokens, so the wanted claims always equal the signed ones.</summary>
internal sealed class MemoryStore(TimeProvider clock) : NatsStore(new MemoryKeyStore(clock), clock, new FlushQueue())
{
    // Children are kept under their parent, so that they are found without searching the whole store.
    private static readonly EntityPath Top = new("");
    private readonly ConcurrentDictionary<EntityPath, ConcurrentDictionary<EntityPath, (EntityPath Path, string Jwt)>> folders = new();
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private readonly Lock changing = new();

    public override string Location => "in memory";

    internal List<RotationRecord> Rotations { get; set; } = [];

    public override IEnumerable<string> Names(EntityPath? parent = null) => folders.TryGetValue(parent?.Folded ?? Top, out var below)
        ? below.Values.Select(entry => entry.Path.Name).Order(StringComparer.OrdinalIgnoreCase)
        : [];

    internal override (EntityPath Path, EntityDocument Document)? Load(EntityPath path)
    {
        if (Kept(path) is not { } kept)
        {
            return null;
        }

        ClaimSet claims = JwtReader.ReadUnchecked(kept.Jwt).Claims;
        claims.Freeze();
        return (kept.Path, new EntityDocument(claims, kept.Jwt));
    }

    internal override (EntityPath Path, byte[] Text)? LoadText(EntityPath path) =>
        Load(path) is { } found ? (found.Path, Encoding.UTF8.GetBytes(EntityFile.Write(found.Document))) : null;

    internal override byte[] TextAsKept(EntityPath path, byte[] text) => Encoding.UTF8.GetBytes(EntityFile.Write(Signed(path, text)));

    /// <summary>Reads the token of a text. It must match the readable claims, because this store keeps nothing else.</summary>
    internal static EntityDocument Signed(EntityPath path, byte[] text)
    {
        EntityDocument document = EntityFile.Read(text, path.Kind);
        ClaimSet? signed = document.Jwt is null ? null : JwtReader.ReadUnchecked(document.Jwt).Claims;
        return signed is not null && ClaimJson.SameWish(document.Wanted, signed) && (document.Wanted.Issuer ?? signed.Issuer) == signed.Issuer
            ? new EntityDocument(signed, document.Jwt)
            : throw new NatsKeysException(
                ErrorCode.EntityNotSigned, $"The {path} is not signed as its file says, and a store in memory only holds signed entities.");
    }

    internal override EntityPath Stored(EntityPath path) => Kept(path)?.Path ?? path;

    /// <summary>Returns the token itself as the version.</summary>
    internal override object? VersionOf(EntityPath path) => Kept(path)?.Jwt;

    internal override List<RotationRecord> ReadRotations() => [.. Rotations];

    internal override StoreTransaction BeginChange(CancellationToken cancellation = default)
    {
        HeldStores.RequireOther(this, Location);
        while (!changing.TryEnter(Poll))
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return new MemoryTransaction(this, new HeldLock(changing, HeldStores.Enter(this)));
    }

    internal void Save(EntityPath path, string jwt)
    {
        EntityPath folded = path.Folded;
        folders.GetOrAdd(folded.Parent ?? Top, _ => new())[folded] = (path, jwt);
    }

    internal void Delete(EntityPath path)
    {
        EntityPath folded = path.Folded;
        if (folders.TryGetValue(folded.Parent ?? Top, out var folder))
        {
            folder.TryRemove(folded, out _);
        }
    }

    internal void Move(EntityPath path, EntityPath target)
    {
        (EntityPath Path, string Jwt)[] moved = [.. AtAndBelow(path.Folded)];
        foreach ((EntityPath place, _) in moved)
        {
            Delete(place);
        }

        foreach ((EntityPath stored, string jwt) in moved)
        {
            EntityPath place = path.Kind switch
            {
                EntityKind.Operator => new EntityPath(target.Operator, stored.Account, stored.User),
                EntityKind.Account => new EntityPath(stored.Operator, target.Account, stored.User),
                _ => target,
            };
            Save(place, jwt);
        }
    }

    private (EntityPath Path, string Jwt)? Kept(EntityPath path)
    {
        EntityPath folded = path.Folded;
        return folders.TryGetValue(folded.Parent ?? Top, out var folder) && folder.TryGetValue(folded, out (EntityPath Path, string Jwt) kept)
            ? kept
            : null;
    }

    private IEnumerable<(EntityPath Path, string Jwt)> AtAndBelow(EntityPath folded)
    {
        if (Kept(folded) is { } kept)
        {
            yield return kept;
        }

        foreach (EntityPath child in folders.TryGetValue(folded, out var below) ? below.Keys : [])
        {
            foreach ((EntityPath Path, string Jwt) found in AtAndBelow(child))
            {
                yield return found;
            }
        }
    }

    private sealed class HeldLock(Lock changing, HeldStores reentry) : IDisposable
    {
        private bool isOver;

        public void Dispose()
        {
            if (!isOver)
            {
                isOver = true;
                reentry.Dispose();
                changing.Exit();
            }
        }
    }
}
