namespace NatsKeys.Store;

/// <summary>Knows where the files of a store are.</summary>
internal sealed class StoreLayout(string root)
{
    public const string Extension = ".yaml";
    public const string MarkerName = "natskeys.yaml";
    private const string OperatorFile = "operator.yaml";
    private const string AccountFile = "account.yaml";

    public string Marker => Path.Combine(root, MarkerName);

    public string Rotations => Path.Combine(root, RotationFile.Name);

    public string FileOf(EntityPath path) => path.Kind switch
    {
        EntityKind.Operator => Path.Combine(FolderOf(null), path.Operator, OperatorFile),
        EntityKind.Account => Path.Combine(FolderOf(new EntityPath(path.Operator)), path.Account!, AccountFile),
        _ => Path.Combine(FolderOf(path.Parent), path.User! + Extension),
    };

    /// <summary>Gets the path that bears the name of an entity: the file of a user, or the folder of an operator or account.</summary>
    public string PlaceOf(EntityPath path) => path.Kind == EntityKind.User ? FileOf(path) : Path.GetDirectoryName(FileOf(path))!;

    /// <summary>Gets the folders that exist for one entity only, the innermost first.</summary>
    public IEnumerable<string> FoldersOf(EntityPath path) => path.Kind == EntityKind.User ? [] : [FolderOf(path), PlaceOf(path)];

    /// <summary>Gets the folder that contains the children of a place.</summary>
    public string FolderOf(EntityPath? parent) => parent?.Kind switch
    {
        null => root,
        EntityKind.Operator => Path.Combine(root, parent.Operator, "accounts"),
        _ => Path.Combine(root, parent.Operator, "accounts", parent.Account!, "users"),
    };
}
