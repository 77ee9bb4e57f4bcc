using NatsKeys.Files;

namespace NatsKeys.Store;

/// <summary>Opens and creates stores on disk, and determines their default paths.</summary>
internal static class StoreRoots
{
    /// <summary>The environment variable that names the store.</summary>
    public const string StoreVariable = "NATSKEYS_STORE";

    /// <summary>Opens the default store, which is created with its first entity.</summary>
    /// <param name="keyPath">The key root, if it is none of the usual ones.</param>
    /// <param name="clock">Provides the time; the system's clock by default.</param>
    /// <param name="fullPath">Resolves a relative path in an environment variable; relative to the folder of the process by default.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreFormat"/>: this version does not support the format of the store.</exception>
    public static NatsStore OpenDefault(string? keyPath = null, TimeProvider? clock = null, Func<string, string>? fullPath = null)
    {
        string path = DefaultFolders.Find(StoreVariable, fullPath) ?? Path.Combine(DefaultFolders.UserData, "store");
        StoreMarker? marker = Path.Exists(new StoreLayout(path).Marker) ? StoreMarker.Read(new StoreLayout(path).Marker) : null;
        StoreOrigin origin = RootVariables.Find(StoreVariable) is null ? StoreOrigin.Default : StoreOrigin.Variable;
        return Opened(Make(path, KeyRoot(keyPath, marker?.KeyRoot, fullPath), clock, marker, origin));
    }

    /// <summary>Throws if the environment variable names a store that does not exist: the path is probably mistyped.</summary>
    /// <param name="store">The store that <see cref="OpenDefault"/> returned.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreNotFound"/>.</exception>
    public static void RequireNamed(NatsStore store)
    {
        if (RootVariables.Find(StoreVariable) is not null && !store.Exists)
        {
            throw NotFound(store);
        }
    }

    /// <summary>Creates the error that there is no store, which says where the path came from.</summary>
    /// <param name="store">The store that does not exist.</param>
    public static NatsKeysException NotFound(NatsStore store) =>
        new(ErrorCode.StoreNotFound, $"There is no store at '{store.Location}'{store.Because}.") { Path = store.Location };

    /// <summary>Whether a folder is a store.</summary>
    /// <param name="path">The folder.</param>
    public static bool IsStore(string path) => Path.Exists(new StoreLayout(path).Marker);

    /// <summary>
    /// Opens a store. The first of these that is set determines the key root: the parameter, the environment variable, the store itself, the user's
    /// folder.
    /// </summary>
    /// <param name="path">The store's folder.</param>
    /// <param name="keyPath">The key root, if it is none of the others.</param>
    /// <param name="clock">Provides the time; the system's clock by default.</param>
    /// <param name="fullPath">Resolves a relative path in an environment variable; relative to the folder of the process by default.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreNotFound"/> or <see cref="ErrorCode.StoreFormat"/>.</exception>
    public static NatsStore Open(string path, string? keyPath = null, TimeProvider? clock = null, Func<string, string>? fullPath = null)
    {
        string full = Full(path);
        StoreMarker marker = StoreMarker.Read(new StoreLayout(full).Marker);
        return Opened(Make(full, KeyRoot(keyPath, marker.KeyRoot, fullPath), clock, marker));
    }

    /// <summary>Creates a store in a folder. The folder may exist, but must not be a store.</summary>
    /// <param name="path">The store's folder.</param>
    /// <param name="keyPath">The store's own key root, which the store then names. It must be outside the store. Null for the usual one.</param>
    /// <param name="clock">Provides the time; the system's clock by default.</param>
    /// <param name="fullPath">Resolves a relative path in an environment variable; relative to the folder of the process by default.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreExists"/>, or <see cref="ErrorCode.InvalidKeyPath"/>.</exception>
    public static NatsStore Create(string path, string? keyPath = null, TimeProvider? clock = null, Func<string, string>? fullPath = null)
    {
        FolderStore store = Prepared(path, keyPath, clock, fullPath);
        store.Create(keyPath is null ? null : Full(keyPath));
        return store;
    }

    /// <summary>Returns the store that <see cref="Create"/> would create. Nothing is written yet.</summary>
    /// <inheritdoc cref="Create"/>
    public static NatsStore Prepare(string path, string? keyPath = null, TimeProvider? clock = null, Func<string, string>? fullPath = null) =>
        Prepared(path, keyPath, clock, fullPath);

    private static FolderStore Prepared(string path, string? keyPath, TimeProvider? clock, Func<string, string>? fullPath)
    {
        string full = Full(path);
        string? keys = keyPath is null ? null : Full(keyPath);
        FolderStore store = Make(full, KeyRoot(keys, null, fullPath), clock);
        store.RequireNew();
        return store;
    }

    private static FolderStore Opened(FolderStore store)
    {
        store.Recover();
        return store;
    }

    private static FolderStore Make(
        string path, string keyRoot, TimeProvider? clock, StoreMarker? marker = null, StoreOrigin origin = StoreOrigin.Parameter) =>
        IsInside(keyRoot, path)
        ? throw new NatsKeysException(
            ErrorCode.InvalidKeyPath,
            $"The key root '{keyRoot}' lies inside the store '{path}', which is committed to version control. Keys must be kept outside "
                + "it.") { Path = keyRoot }
        : new FolderStore(path, keyRoot, clock ?? TimeProvider.System) { Origin = origin, Defaults = marker?.Defaults ?? StoreDefaults.None };

    /// <summary>Gets the key root of a store.</summary>
    /// <param name="parameter">The requested key root; null for none.</param>
    /// <param name="named">The key root that the store names; null for none.</param>
    /// <param name="fullPath">Resolves a relative path in an environment variable.</param>
    internal static string KeyRoot(string? parameter, string? named, Func<string, string>? fullPath) =>
        parameter is not null ? Full(parameter) : DefaultFolders.FindKeyRoot(fullPath) ?? (named is null ? DefaultFolders.OwnKeyRoot : Full(named));

    // A folder has one canonical name: the journals of interrupted changes refer to it.
    private static string Full(string path) => PathSpelling.Of(path);

    private static bool IsInside(string path, string folder)
    {
        string relative = Path.GetRelativePath(folder, path);
        return relative == "."
            || !(
                relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(relative));
    }
}
