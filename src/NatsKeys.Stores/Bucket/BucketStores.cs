using System.Collections.Concurrent;
using System.Globalization;
using NATS.Client.JetStream.Models;
using NatsKeys.Files;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// Opens stores of either type: text with a scheme, such as <c>nats://host:4222/natskeys</c>, is a bucket; any other text is a folder.
/// </summary>
internal static class BucketStores
{
    /// <summary>The environment variable that specifies the credentials for buckets.</summary>
    public const string CredentialVariable = "NATSKEYS_CREDENTIAL";

    // A process shares one connection and one cache for each bucket, user and key root. A store says how it was chosen, so the one of the
    // environment variable is another one.
    private static readonly ConcurrentDictionary<(string Address, string Credential, string KeyRoot, StoreOrigin Origin), Lazy<BucketStore>> Shared =
        new();

    /// <summary>Opens the store that is used when none is specified.</summary>
    /// <inheritdoc cref="StoreRoots.OpenDefault"/>
    public static NatsStore OpenDefault(string? keyPath = null, TimeProvider? clock = null, Func<string, string>? fullPath = null) =>
        RootVariables.Find(StoreRoots.StoreVariable) is { } named && BucketAddress.IsAddress(named)
            ? Open(named, keyPath, clock, fullPath, StoreOrigin.Variable)
            : StoreRoots.OpenDefault(keyPath, clock, fullPath);

    /// <summary>Opens a store.</summary>
    /// <param name="place">The folder, or the address of a bucket.</param>
    /// <param name="keyPath">The key root; null for the default.</param>
    /// <param name="clock">Provides the time; the system's clock by default.</param>
    /// <param name="fullPath">Resolves a relative path.</param>
    /// <param name="origin">How the store was chosen.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreNotFound"/>, or it cannot be opened.</exception>
    public static NatsStore Open(
        string place,
        string? keyPath = null,
        TimeProvider? clock = null,
        Func<string, string>? fullPath = null,
        StoreOrigin origin = StoreOrigin.Parameter)
    {
        if (!BucketAddress.IsAddress(place))
        {
            return StoreRoots.Open(fullPath is null ? place : fullPath(place), keyPath, clock, fullPath);
        }

        var address = BucketAddress.Parse(place);
        var options = new ServerOptions(address.Servers) { Tls = TlsOptions.OfEnvironment(fullPath ?? Path.GetFullPath) };
        return Open(address, options, UsualCredential(fullPath), keyPath, clock, fullPath, origin);
    }

    /// <summary>Opens a store in a bucket.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreNotFound"/>, <see cref="ErrorCode.BucketNotUsable"/>, <see cref="ErrorCode.StoreFormat"/>, or no server can be
    /// reached.
    /// </exception>
    internal static NatsStore Open(
        BucketAddress address,
        ServerOptions options,
        (string Name, Func<NatsCredential> Open) credential,
        string? keyPath,
        TimeProvider? clock = null,
        Func<string, string>? fullPath = null,
        StoreOrigin origin = StoreOrigin.Parameter)
    {
        string keyRoot = StoreRoots.KeyRoot(keyPath, named: null, fullPath);
        var key = (address.ToString(), credential.Name, keyRoot, origin);
        Lazy<BucketStore> shared = Shared.GetOrAdd(key, _ => new Lazy<BucketStore>(() => Opened(
            new BucketLink(address, options, credential.Open), keyRoot, clock ?? TimeProvider.System, origin)));
        try
        {
            return shared.Value;
        }
        catch
        {
            Shared.TryRemove(new(key, shared));
            throw;
        }
    }

    /// <summary>Creates a bucket with an empty store.</summary>
    /// <param name="address">The bucket.</param>
    /// <param name="options">How to connect to the servers.</param>
    /// <param name="credential">The credentials, and a name that identifies them.</param>
    /// <param name="replicas">The number of servers that store the bucket.</param>
    /// <param name="keyPath">The key root; null for the default.</param>
    /// <param name="fullPath">Resolves a relative path of the environment.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <param name="clock">Provides the time; the system's clock by default.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreExists"/>, <see cref="ErrorCode.ServerTooOld"/>, <see cref="ErrorCode.BucketNotUsable"/>,
    /// <see cref="ErrorCode.ServerRefused"/>, or no server can be reached.
    /// </exception>
    internal static NatsStore Create(
        BucketAddress address,
        ServerOptions options,
        (string Name, Func<NatsCredential> Open) credential,
        int replicas,
        string? keyPath,
        Func<string, string>? fullPath,
        CancellationToken cancellation,
        TimeProvider? clock = null)
    {
        var link = new BucketLink(address, options, credential.Open);
        try
        {
            var setup = new BucketSetup(link);
            if (BucketStore.Wait(setup.FindAsync(cancellation)) is null)
            {
                BucketStore.Wait<bool>(setup.CreateAsync(replicas, cancellation));
            }

            // An existing bucket is used as well, unless it contains a store.
            string id = Guid.NewGuid().ToString("n");
            BucketWrite marker = new(BucketKey.Marker, StoreMarker.Plain, BucketEntry.Headers(path: null, link.By, id, isDeleted: false));
            BucketStore.Wait(setup.RequireAsync(cancellation));
            if (BucketStore.Wait(new BucketWriter(link).CommitAsync(id, [marker], cancellation)) is null)
            {
                throw BucketStore.Wait(new BucketReader(link).GetAsync(BucketKey.Marker, cancellation)) is null
                    ? new NatsKeysException(ErrorCode.ServerUnreachable, $"The servers of the bucket {address} lost the store while it was made.")
                    : new NatsKeysException(ErrorCode.StoreExists, $"The bucket {address} already is a store.") { Remedy = Remedy.OpenBucket };
            }
        }
        finally
        {
            link.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        return Open(address, options, credential, keyPath, clock, fullPath);
    }

    /// <summary>Returns the credentials that the environment specifies.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidCredential"/>: it specifies none.</exception>
    internal static (string Name, Func<NatsCredential> Open) UsualCredential(Func<string, string>? fullPath) =>
        DefaultFolders.Find(CredentialVariable, fullPath) is { } file
            ? (file, () => CredentialFile.Read(file))
            : throw new NatsKeysException(
                ErrorCode.InvalidCredential,
                $"A store in a bucket requires the credentials of a user. None were specified, and {CredentialVariable} is not set.")
            {
                Remedy = Remedy.ProvideCredentials,
            };

    private static BucketStore Opened(BucketLink link, string keyRoot, TimeProvider clock, StoreOrigin origin)
    {
        try
        {
            StreamInfo bucket = BucketStore.Wait(new BucketSetup(link).RequireAsync(CancellationToken.None));
            BucketEntry marker = BucketStore.Wait(new BucketReader(link).GetAsync(BucketKey.Marker)) is { Body: not null } found
                ? found
                : throw new NatsKeysException(ErrorCode.StoreNotFound, $"The bucket {link.Address} has no store.") { Remedy = Remedy.CreateStore };
            StoreDefaults defaults = StoreMarker.DefaultsOf(marker.Body!, link.Address.ToString());
            string identity = string.Create(CultureInfo.InvariantCulture, $"{link.Address.Bucket} {bucket.Created:O}");
            var store = new BucketStore(link, identity, keyRoot, clock, bucket.State.NumSubjects) { Origin = origin, Defaults = defaults };
            store.Recover();
            return store;
        }
        catch
        {
            link.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }
}
