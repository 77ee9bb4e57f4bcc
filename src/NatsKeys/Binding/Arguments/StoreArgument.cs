using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A store, given as an object or as the path of its folder.</summary>
public sealed class StoreArgument : IArgument
{
    private readonly NatsStore? store;
    private readonly string? path;

    /// <summary>Takes a store.</summary>
    /// <param name="store">The store.</param>
    public StoreArgument(NatsStore store) => this.store = store;

    /// <summary>Takes the path of a store's folder.</summary>
    /// <param name="path">The path.</param>
    public StoreArgument(string path) => this.path = path;

    object IArgument.Given => store ?? (object)ToString();

    /// <summary>The folder, for messages.</summary>
    public override string ToString() => store?.ToString() ?? SecretShape.Mask(path!);

    /// <summary>The store; a path is made full with the function.</summary>
    internal NatsStore Open(Func<string, string> fullPath) => store ?? StoreRoots.Open(fullPath(path!), fullPath: fullPath);
}
