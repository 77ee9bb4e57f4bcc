using System.Text;

namespace NatsKeys.Store;

/// <summary>A store of YAML files in a folder, made to be committed to Git.</summary>
internal sealed class FolderStore : NatsStore
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly StoreLayout layout;
    private readonly string root;
    private readonly string keyRoot;

    public FolderStore(string root, string keyRoot, TimeProvider clock)
        : base(new FolderKeyStore(keyRoot), clock)
    {
        this.root = root;
        this.keyRoot = keyRoot;
        layout = new StoreLayout(root);
    }

    public override string Location => root;

    public override string CredentialRoot => Path.Combine(keyRoot, "creds");

    public override IEnumerable<string> Names(EntityPath? parent = null)
    {
        if (parent is not null && !IsSafe(parent))
        {
            return [];
        }

        string folder = layout.FolderOf(parent);
        if (!Directory.Exists(folder))
        {
            // The file system may tell cases apart that names do not.
            return parent is not null && AsStored(parent) is { } stored && stored != parent ? Names(stored) : [];
        }

        IEnumerable<string> names = parent?.Kind == EntityKind.Account
            ? Directory.EnumerateFiles(folder, "*" + StoreLayout.Extension).Select(path => Path.GetFileNameWithoutExtension(path))
            : Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path));
        return names
            .Where(name => EntityName.IsValid(name) && (parent?.Kind == EntityKind.Account || File.Exists(layout.FileOf(Place(parent, name)))))
            .Order(StringComparer.OrdinalIgnoreCase);
    }

    internal override (EntityPath Path, EntityDocument Document)? Load(EntityPath path)
    {
        if (!IsSafe(path))
        {
            return null;
        }

        if (Read(path) is { } document)
        {
            return (path, document);
        }

        // Names are the same whatever their case; the file system may think otherwise.
        return AsStored(path) is { } stored && stored != path && Read(stored) is { } found ? (stored, found) : null;
    }

    internal override (EntityPath Path, byte[] Text)? LoadText(EntityPath path)
    {
        if (!IsSafe(path))
        {
            return null;
        }

        EntityPath? stored = File.Exists(layout.FileOf(path)) ? path : AsStored(path);
        return stored is not null && StoreFiles.Read(layout.FileOf(stored)) is { } text ? (stored, text) : null;
    }

    internal override byte[] TextAsKept(EntityPath path, byte[] text) => text;

    internal override IDisposable BeginChange() => StoreLock.Take(root, layout.Marker);

    internal override void SaveText(EntityPath path, byte[] text)
    {
        RequireMarker();
        StoreFiles.Write(layout.FileOf(path), text);
    }

    internal override void Save(EntityPath path, EntityDocument document)
    {
        RequireMarker();
        string file = layout.FileOf(path);
        string? old = StoreFiles.Read(file) is { } bytes ? Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF') : null;
        StoreFiles.Write(file, Utf8.GetBytes(old is null ? EntityFile.Write(document) : EntityFile.Rewrite(old, document, path.Kind)));
    }

    internal override void Delete(EntityPath path)
    {
        EntityPath stored = File.Exists(layout.FileOf(path)) ? path : AsStored(path) ?? path;
        StoreFiles.Delete(layout.FileOf(stored));
        foreach (string folder in layout.FoldersOf(stored))
        {
            StoreFiles.DeleteEmptyFolder(folder);
        }
    }

    internal override void Move(EntityPath path, EntityPath target) => StoreFiles.Move(layout.PlaceOf(path), layout.PlaceOf(target));

    /// <summary>The default store comes into being with its first entity.</summary>
    private void RequireMarker()
    {
        if (!File.Exists(layout.Marker))
        {
            StoreMarker.Write(layout.Marker, keyRoot: null);
        }
    }

    private static EntityPath Place(EntityPath? parent, string name) => parent?.Child(name) ?? new EntityPath(name);

    private static bool IsSafe(EntityPath path) =>
        EntityName.IsValid(path.Operator) && EntityName.IsValid(path.Account ?? "-") && EntityName.IsValid(path.User ?? "-");

    private EntityPath? AsStored(EntityPath path)
    {
        EntityPath? parent = path.Parent is null ? null : AsStored(path.Parent);
        if (path.Parent is not null && parent is null)
        {
            return null;
        }

        string? name = Names(parent).FirstOrDefault(candidate => candidate.Equals(path.Name, StringComparison.OrdinalIgnoreCase));
        return name is null ? null : Place(parent, name);
    }

    private EntityDocument? Read(EntityPath path)
    {
        string file = layout.FileOf(path);
        if (StoreFiles.Read(file) is not { } bytes)
        {
            return null;
        }

        try
        {
            EntityDocument document = EntityFile.Read(Utf8.GetString(bytes).TrimStart('\uFEFF'), path.Kind);
            TakeIssueFrom(document);
            return document;
        }
        catch (DecoderFallbackException error)
        {
            throw new NatsKeysException(ErrorCode.InvalidYaml, $"The file '{file}' is not UTF-8 text.", error) { Path = file };
        }
        catch (NatsKeysException error)
        {
            throw new NatsKeysException(error.Code, $"The file '{file}' cannot be read. {error.Message}", error) { Path = file };
        }
    }

    /// <summary>The issue time and identifier are no wishes: they stand in the token alone. A damaged token shows in the state.</summary>
    private static void TakeIssueFrom(EntityDocument document)
    {
        if (document.Jwt is null)
        {
            return;
        }

        try
        {
            Claims.ClaimSet signed = Jwt.JwtReader.ReadUnchecked(document.Jwt).Claims;
            (document.Wanted.IssuedAt, document.Wanted.Id) = (signed.IssuedAt, signed.Id);
            document.Wanted.Issuer ??= signed.Issuer;
        }
        catch (NatsKeysException)
        {
            document.Wanted.IssuedAt = 0;
        }
    }
}
