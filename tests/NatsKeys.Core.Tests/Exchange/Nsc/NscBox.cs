using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Exchange;
using NatsKeys.Jwt;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Exchange;

/// <summary>A copy of the store that nsc made, which a test may damage, and an empty store that takes it.</summary>
public sealed class NscBox : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public NscBox()
    {
        Copy(Vectors.Path("nsc-store"), Source);
        Store = StoreRoots.Create(At("store"), At("target"));
    }

    public string Source => At("source");

    public string Rich => Path.Combine(Source, "stores", "RICH");

    public NatsStore Store { get; }

    public string At(params string[] parts) => folder.At(parts);

    public string InRich(params string[] parts) => Path.Combine([Rich, .. parts]);

    /// <summary>Imports, and gives the errors.</summary>
    public NatsKeysException[] Import(bool overwrite = false, params string[] paths) => ImportInto(Store, overwrite, paths).Faults;

    public (NatsEntity[] Entities, NatsKeysException[] Faults) ImportInto(NatsStore store, bool overwrite = false, params string[] paths)
    {
        var import = new StoreImporter(store, overwrite);
        foreach (string path in paths is [] ? [Source] : paths)
        {
            import.Add(path);
        }

        var entities = new List<NatsEntity>();
        var faults = new List<NatsKeysException>();
        foreach (ImportItem item in import.Items())
        {
            try
            {
                if (item.Import() is { } entity)
                {
                    entities.Add(entity);
                }
            }
            catch (NatsKeysException error)
            {
                faults.Add(error);
            }
        }

        return ([.. entities], [.. faults]);
    }

    /// <summary>Writes the store for nsc.</summary>
    public string Export(NatsStore? store = null)
    {
        var writer = new NscWriter(store ?? Store, At("export"));
        writer.Begin();
        foreach (NatsEntity entity in Entities(store ?? Store))
        {
            writer.Write(entity);
        }

        return writer.Folder;
    }

    public static IEnumerable<NatsEntity> Entities(NatsStore store) =>
        store.Names().Select(name => store.Get(new EntityPath(name))).SelectMany(owner =>
            store.Children(owner).SelectMany(account => store.Children(account).Prepend(account)).Prepend(owner));

    /// <summary>Writes a token for an entity with any name at all, as nsc would.</summary>
    public void WriteUser(string name, string account, params string[] place)
    {
        string parent = Path.Combine(Rich, "accounts", account, account + ".jwt");
        var claims = (AccountClaims)JwtReader.Read(File.ReadAllText(parent)).Claims;
        using NatsKeyPair user = NatsKeyPair.Generate(NatsKeyType.User);
        Write(new UserClaims { Name = name, Subject = user.PublicKey, IssuerAccount = claims.Subject },
            claims.SigningKeys.First(key => !key.IsScoped).Key, place);
    }

    public void WriteAccount(string name, params string[] place)
    {
        var owner = (OperatorClaims)JwtReader.Read(File.ReadAllText(InRich("RICH.jwt"))).Claims;
        using NatsKeyPair account = NatsKeyPair.Generate(NatsKeyType.Account);
        Write(new AccountClaims { Name = name, Subject = account.PublicKey }, owner.SigningKeys[0], place);
    }

    public void Write(ClaimSet claims, string signer, params string[] place)
    {
        string file = InRich(place);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, JwtWriter.Write(claims, Key(signer), TimeProvider.System));
    }

    public NatsKeyPair Key(string publicKey) =>
        SeedFile.Read(Path.Combine(Source, "keys", "keys", publicKey[..1], publicKey[1..3], publicKey + ".nk"));

    public void Dispose() => folder.Dispose();

    private static void Copy(string source, string target)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
