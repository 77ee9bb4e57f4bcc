using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>An empty store with a clock that the test sets, and short words for what most tests need.</summary>
internal sealed class StoreBox : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public StoreBox(StorePlace place)
    {
        Place = place;
        Store = place switch
        {
            StorePlace.Disk => StoreRoots.Create(At("store"), At("keys"), Clock),
            StorePlace.Bucket => BucketServer.Create(At("keys"), Clock),
            _ => NatsStore.InMemory(Clock),
        };
    }

    /// <summary>A bucket that a test makes in its own way.</summary>
    /// <param name="create">Makes the store, with a key root.</param>
    public StoreBox(Func<string, NatsStore> create) => (Place, Store) = (StorePlace.Bucket, create(At("keys")));

    public static EntityPath O { get; } = new("O");

    public static EntityPath A { get; } = new("O", "A");

    public static EntityPath U { get; } = new("O", "A", "U");

    public StorePlace Place { get; }

    public MovingClock Clock { get; } = new();

    public NatsStore Store { get; }

    public NatsOperator Operator => (NatsOperator)Store.Get(O);

    public NatsAccount Account => (NatsAccount)Store.Get(A);

    public NatsUser User => (NatsUser)Store.Get(U);

    public string At(params string[] parts) => folder.At(parts);

    /// <summary>Makes what lies on the way to a path, and what stands there.</summary>
    public StoreBox With(EntityPath path)
    {
        if (path.Parent is { } parent && Store.Find(parent) is null)
        {
            With(parent);
        }

        Edit(editor => Create(editor, path.Parent, new NewEntity(path.Name)));
        return this;
    }

    public T Edit<T>(Func<EntityEditor, T> edit)
    {
        using var editor = new EntityEditor(Store);
        return edit(editor);
    }

    public NatsEntity Create(EntityPath? parent, NewEntity request) => Edit(editor => Create(editor, parent, request));

    /// <summary>Adds a signing key and gives its public half; its seed is in the key store.</summary>
    public string AddSigningKey(EntityPath owner)
    {
        using NatsKeyPair key = NatsKeyPair.Generate(owner.Kind == EntityKind.Operator ? NatsKeyType.Operator : NatsKeyType.Account);
        return Edit(editor => editor.AddSigningKey(owner, key, SigningKeyChoice.Default)).PublicKey;
    }

    /// <summary>Adds a scoped signing key, past every check of the editor, and gives its public half.</summary>
    public string AddRole(string role)
    {
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        Store.Keys.Add(key);
        Resign(A, claims => ((AccountClaims)claims).SigningKeys.Add(new AccountSigningKey { Key = key.PublicKey, IsScoped = true, Role = role }));
        return key.PublicKey;
    }

    /// <summary>Changes claims and signs them with the key that signed them before, past every check of the editor.</summary>
    public void Resign(EntityPath path, Action<ClaimSet> change)
    {
        var claims = (ClaimSet)Store.Get(path).Wanted.Copy();
        using NatsKeyPair signer = Store.Keys.Find(claims.Issuer!)!;
        change(claims);
        Save(path, claims, signer);
    }

    public void Save(EntityPath path, ClaimSet claims, ISigner signer)
    {
        NatsJwt signed = JwtWriter.Sign(claims, signer, Clock.GetUtcNow().ToUnixTimeSeconds());
        Store.Save(path, new EntityDocument(signed.Claims, signed.Token));
    }

    /// <summary>
    /// Everything in the store and beside it, to see that nothing changed; without locks and journals, which say who is at work and since when.
    /// </summary>
    public IReadOnlyList<string> Snapshot()
    {
        IEnumerable<string> entities = Store.Names().Select(name => new EntityPath(name)).SelectMany(Below);
        IEnumerable<string> files = Directory.EnumerateFiles(folder.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(path => Path.GetFileName(path) is var name && name != LockFile.StoreName && !name.EndsWith(".journal", StringComparison.Ordinal))
            .Select(path => $"{path} {File.ReadAllText(path)}");
        return [.. entities, .. Store.Keys.PublicKeys().Order(StringComparer.Ordinal), .. files];
    }

    public void Dispose() => folder.Dispose();

    private static NatsEntity Create(EntityEditor editor, EntityPath? parent, NewEntity request) => parent?.Kind switch
    {
        null => editor.CreateOperator(request),
        EntityKind.Operator => editor.CreateAccount(request, parent),
        _ => editor.CreateUser(request, parent),
    };

    private IEnumerable<string> Below(EntityPath path)
    {
        IEnumerable<string> children = path.Kind == EntityKind.User ? [] : Store.Names(path).SelectMany(name => Below(path.Child(name)));
        return [$"{path} {Store.Get(path).Jwt}", .. children];
    }
}
