using NatsKeys.Binding;
using NatsKeys.Bucket;
using NatsKeys.Commands;
using NatsKeys.KeySources;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>The bucket that the parameters of a cmdlet specify, and the user for it.</summary>
/// <param name="cmdlet">The running cmdlet.</param>
/// <param name="bucket">The name of the bucket.</param>
/// <param name="servers">The addresses of servers.</param>
/// <param name="credential">The user; null for the user of the environment.</param>
/// <param name="authority">The path of the CA certificates; null for those of the system.</param>
internal sealed class BucketConnection(
    NatsCmdlet cmdlet, string bucket, string[] servers, CredentialArgument? credential, string? authority) : IDisposable
{
    private readonly SessionKeyRings keys = new(cmdlet.Stopped);

    /// <summary>The address of the bucket.</summary>
    public BucketAddress Address { get; } = new(servers, bucket);

    private ServerOptions Options =>
        new ServerConnection { Server = servers, CertificateAuthority = authority }.Options(owner: null, cmdlet.Paths.Full);

    /// <summary>Opens the store in the bucket.</summary>
    public NatsStore Open(string? keyPath) => BucketStores.Open(Address, Options, Credential(), keyPath, fullPath: cmdlet.Paths.Full);

    /// <summary>Creates the bucket and a store in it.</summary>
    public NatsStore Create(int replicas, string? keyPath) =>
        BucketStores.Create(Address, Options, Credential(), replicas, keyPath, cmdlet.Paths.Full, cmdlet.Stopped);

    /// <inheritdoc/>
    public void Dispose() => keys.Dispose();

    /// <summary>The user's credentials. They outlive the cmdlet, because a reconnect needs them.</summary>
    private (string Name, Func<NatsCredential> Open) Credential()
    {
        if (credential is null)
        {
            return BucketStores.UsualCredential(cmdlet.Paths.Full);
        }

        NatsCredential given = credential.Open(cmdlet.Paths.Full, cmdlet.Stores.Open, keys.Of);
        return (given.Token.Token, given.Copy);
    }
}
