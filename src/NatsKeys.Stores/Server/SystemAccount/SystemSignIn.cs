using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>
/// The way to sign in as a user of the system account: with given credentials, or with temporary users. These are signed by each key that servers may
/// know, until one is accepted. A reconnect tries that key first.
/// </summary>
internal abstract class SystemSignIn
{
    private SystemSignIn()
    {
    }

    /// <summary>The public key that signed the accepted user, and its relation to the account; null before that, and for given credentials.</summary>
    public virtual string? Key => null;

    /// <summary>The keys whose users were refused, for messages.</summary>
    public virtual IReadOnlyList<string> Refused => [];

    /// <summary>Signs temporary users for one task. They are not written anywhere.</summary>
    /// <param name="editor">The editor of the operator's store.</param>
    /// <param name="owner">The operator.</param>
    /// <param name="task">The task.</param>
    public static SystemSignIn As(EntityEditor editor, NatsOperator owner, ServerTask task) => new OfKeys(editor, owner, task);

    /// <summary>Uses given credentials.</summary>
    /// <param name="open">Returns the credentials; called for each connection.</param>
    public static SystemSignIn With(Func<NatsCredential> open) => new OfCredentials(open);

    /// <summary>Connects.</summary>
    /// <param name="options">The servers and the timeout.</param>
    /// <param name="current">The credentials of an open connection; null for none. If there are no newer ones, nothing is done.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The connection and its credentials; null if the current ones are the newest.</returns>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.NoSystemAccount"/>; no key is available; no server can be reached; or <see cref="ErrorCode.ServerRefused"/> with the keys
    /// that were tried.
    /// </exception>
    internal abstract Task<(ServerLink Link, NatsCredential Credential)?> ConnectAsync(
        ServerOptions options, NatsCredential? current, CancellationToken cancellation);

    private static async Task<ServerLink> LinkAsync(ServerOptions options, NatsCredential credential, CancellationToken cancellation)
    {
        try
        {
            ServerLink link = await ServerLink.ConnectAsync(options, credential, cancellation).ConfigureAwait(false);
            if (link.AsksForCredentials)
            {
                return link;
            }

            await link.DisposeAsync().ConfigureAwait(false);
            throw new NatsKeysException(
                ErrorCode.NoSystemAccount,
                $"The server at {options} does not require credentials: it runs without the configuration of the operator and its system "
                    + "account. Nothing was sent.");
        }
        catch
        {
            credential.Dispose();
            throw;
        }
    }

    private sealed class OfCredentials(Func<NatsCredential> open) : SystemSignIn
    {
        internal override async Task<(ServerLink Link, NatsCredential Credential)?> ConnectAsync(
            ServerOptions options, NatsCredential? current, CancellationToken cancellation)
        {
            NatsCredential given = open();
            if (given.Token.Token == current?.Token.Token)
            {
                given.Dispose();
                return null;
            }

            return (await LinkAsync(options, given, cancellation).ConfigureAwait(false), given);
        }
    }

    private sealed class OfKeys(EntityEditor editor, NatsOperator owner, ServerTask task) : SystemSignIn
    {
        private SystemKey? inUse;
        private IReadOnlyList<string> refused = [];

        public override string? Key => inUse?.ToString();

        public override IReadOnlyList<string> Refused => refused;

        internal override async Task<(ServerLink Link, NatsCredential Credential)?> ConnectAsync(
            ServerOptions options, NatsCredential? current, CancellationToken cancellation)
        {
            SystemKeys keys = SystemUser.KeysOf(editor, owner, task);
            var tried = new List<string>();
            NatsKeysException? refusal = null;
            foreach (SystemKey key in keys.Find().Prepend(inUse).OfType<SystemKey>().DistinctBy(key => key.Signer.PublicKey))
            {
                NatsCredential credential = SystemUser.Issue(editor, keys.Listing(key.Signer.PublicKey), key.Signer, task);
                try
                {
                    ServerLink link = await LinkAsync(options, credential, cancellation).ConfigureAwait(false);
                    (inUse, refused) = (key, tried);
                    return (link, credential);
                }
                catch (NatsKeysException error) when (error.Code == ErrorCode.ServerRefused)
                {
                    refusal = error;
                    tried.Add(key.ToString());
                }
            }

            throw tried.Count == 1 ? refusal! : new NatsKeysException(
                ErrorCode.ServerRefused,
                $"{refusal!.Message} Users signed with each of these {tried.Count} keys of the system account were tried: "
                    + $"{string.Join(", ", tried)}. Nothing "
                    + "was sent.",
                refusal);
        }
    }
}
