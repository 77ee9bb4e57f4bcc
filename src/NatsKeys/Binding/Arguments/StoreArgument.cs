using NatsKeys.Bucket;
using NatsKeys.Errors;
using NatsKeys.Exchange;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A store: an object, the path of its folder, or the address of its bucket.</summary>
public sealed class StoreArgument : IArgument
{
    private readonly NatsStore? store;
    private readonly string? path;

    /// <summary>Creates the argument from a store.</summary>
    /// <param name="store">The store.</param>
    public StoreArgument(NatsStore store) => this.store = store;

    /// <summary>Creates the argument from the path of a store's folder, or an address such as <c>nats://host:4222/natskeys</c>.</summary>
    /// <param name="path">The path or address.</param>
    public StoreArgument(string path) => this.path = path;

    object IArgument.Given => store ?? (object)ToString();

    /// <summary>The folder, for messages.</summary>
    public override string ToString() => store?.ToString() ?? TextSource.Show(path!);

    /// <summary>The path of a file or folder, made full with the function; null for an object and an address.</summary>
    internal string? PathOf(Func<string, string> fullPath) => path is null || BucketAddress.IsAddress(path) ? null : fullPath(Checked(path));

    /// <summary>Opens the store. The function makes a path absolute.</summary>
    internal NatsStore Open(Func<string, string> fullPath) => store ?? BucketStores.Open(Checked(path!), fullPath: fullPath);

    private static string Checked(string path)
    {
        FileLineException.Check(path);
        return path;
    }
}
