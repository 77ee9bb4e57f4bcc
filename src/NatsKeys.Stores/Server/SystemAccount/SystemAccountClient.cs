using System.Text;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>
/// A client of an operator's servers, as a user of its system account. It lists servers and the accounts they store, and publishes and deletes
/// accounts. Every server answers for itself. The servers are listed when the connection is made.
/// </summary>
internal sealed partial class SystemAccountClient : IAsyncDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly ServerOptions options;
    private readonly SystemSignIn signIn;
    private readonly ServerSurvey survey = new();
    private NatsCredential credential;
    private ServerLink link;
    private volatile bool countAgain;

    // The operators of the servers that report them; null before they were asked.
    private (ServerInformation Server, IReadOnlySet<string> Keys, IReadOnlyList<NatsJwt> Operators)[]? trusted;

    private SystemAccountClient(ServerOptions options, SystemSignIn signIn, NatsCredential credential, ServerLink link)
    {
        this.options = options;
        this.signIn = signIn;
        this.credential = credential;
        this.link = link;
    }

    /// <summary>The servers that answered.</summary>
    public IReadOnlyList<ServerInformation> Servers => survey.Servers;

    /// <summary>The servers whose accounts are only in their configurations. They forget published accounts when they stop.</summary>
    public IReadOnlyList<ServerInformation> ServersWithoutStore => survey.WithoutStore;

    /// <summary>The number of servers by their own count; 0 if they do not report it. A killed server is counted for some minutes.</summary>
    public int KnownServers => survey.Known;

    /// <summary>The public keys of all accounts that servers store.</summary>
    public IReadOnlyList<string> Accounts => survey.Accounts;

    /// <summary>Connects, and lists the servers and the accounts that they store.</summary>
    /// <param name="options">The servers and the timeout.</param>
    /// <param name="signIn">The way to sign in as a user of the system account.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="NatsKeysException">
    /// No server could be reached, or it refused. <see cref="ErrorCode.NoAnswer"/>: none answered. <see cref="ErrorCode.ServersMissing"/>: fewer
    /// answered than required.
    /// </exception>
    public static async Task<SystemAccountClient> ConnectAsync(ServerOptions options, SystemSignIn signIn, CancellationToken cancellation)
    {
        (ServerLink link, NatsCredential credential) = (await signIn.ConnectAsync(options, current: null, cancellation).ConfigureAwait(false))!.Value;
        var client = new SystemAccountClient(options, signIn, credential, link);
        try
        {
            await client.SurveyAsync(cancellation).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await link.DisposeAsync().ConfigureAwait(false);
        credential.Dispose();
    }

    /// <summary>Gets the tokens of several accounts from the servers, with all requests at the same time.</summary>
    internal async Task<IReadOnlyList<HeldToken>[]> FindAsync(IEnumerable<string> publicKeys, CancellationToken cancellation)
    {
        await RefreshAsync(cancellation).ConfigureAwait(false);
        return await Task.WhenAll(publicKeys.Select(key => FindAsync(key, cancellation))).ConfigureAwait(false);
    }

    /// <summary>Gets the tokens of an account from the servers.</summary>
    internal async Task<IReadOnlyList<HeldToken>> FindAsync(string publicKey, CancellationToken cancellation)
    {
        IReadOnlyList<ServerInformation> keepers = survey.KeepersOf(publicKey);
        var holding = new AccountHolding(keepers, survey.KeepersOf(publicKey, isThere: false), survey.WithoutStore);
        int expected = Math.Min(keepers.Count, survey.Lookups);
        if (expected > 0)
        {
            // If a server does not have the account, newer versions send an empty answer and older ones send none.
            ServerReplies replies = await link.AskAsync(
                SystemSubjects.Lookup(publicKey), [], messages => messages.Count(HasContent) >= expected, cancellation).ConfigureAwait(false);
            string[] tokens = [.. replies.Messages.Where(HasContent).Take(keepers.Count).Select(Encoding.UTF8.GetString)];
            holding.AddStored(tokens);

            countAgain |= tokens.Length < expected;
        }

        if (holding.IsOpen)
        {
            ServerReplies replies = await AskOfAccountAsync(publicKey, cancellation).ConfigureAwait(false);
            foreach (ServerReply reply in Known(replies))
            {
                holding.AddUsed(reply.Server, ServerReply.Text(ServerReply.Member(reply.Data, "account_detail"), "jwt"));
            }
        }

        return [.. holding.Tokens()];
    }

    /// <summary>Prepares for more requests: reconnects if the connection was lost, and before its user expires.</summary>
    /// <exception cref="NatsKeysException">No server could be reached, or it refused.</exception>
    internal async Task RefreshAsync(CancellationToken cancellation)
    {
        await ReconnectAsync(cancellation).ConfigureAwait(false);
        if (countAgain)
        {
            countAgain = false;
            await CountLookupsAsync(survey.Lookups, cancellation).ConfigureAwait(false);
        }
    }

    private static bool HasContent(byte[] message) => message.Length > 0;

    private async Task ReconnectAsync(CancellationToken cancellation)
    {
        bool ends = credential.Expires is { } expires && expires - options.Clock.GetUtcNow() < Margin;
        if (!ends && !link.IsLost)
        {
            return;
        }

        if (await signIn.ConnectAsync(options, link.IsLost ? null : credential, cancellation).ConfigureAwait(false) is not var (next, fresh))
        {
            // The caller provided the credentials, and has no newer ones.
            return;
        }

        await DisposeAsync().ConfigureAwait(false);
        (link, credential, trusted) = (next, fresh, null);
    }

    private async Task SurveyAsync(CancellationToken cancellation)
    {
        // Since version 2.2, servers report how many servers there are.
        int least = options.ServerCount ?? 1;
        ServerReplies pings = await link.AskAsync(
            SystemSubjects.Ping,
            [],
            messages => survey.AddPing(messages[^1]) >= Math.Max(survey.Known, least) && (survey.Known > 0 || options.ServerCount is not null),
            cancellation).ConfigureAwait(false);

        // If no server answered the ping, for example because the user may not send it, and no number is specified, this waits until the timeout.
        int most = Math.Max(survey.Servers.Count, options.ServerCount ?? (survey.Servers.Count == 0 ? int.MaxValue : 1));
        Task counting = CountLookupsAsync(most, cancellation);
        Task<ServerReplies> listing = link.AskAsync(SystemSubjects.List, [], messages => survey.AddList(messages[^1]) >= most, cancellation);
        await Task.WhenAll(listing, counting).ConfigureAwait(false);
        ServerReplies lists = await listing.ConfigureAwait(false);
        RequireServers(pings.Refusal ?? lists.Refusal, least);
    }

    /// <summary>Counts the servers that return stored tokens. All of these store the system account.</summary>
    private async Task CountLookupsAsync(int most, CancellationToken cancellation)
    {
        ServerReplies replies = await link.AskAsync(
            SystemSubjects.Lookup(credential.IssuerAccount!), [], messages => messages.Count(HasContent) >= most, cancellation).ConfigureAwait(false);
        survey.Lookups = replies.Messages.Count(HasContent);
    }

    private void RequireServers(string? refusal, int least)
    {
        if (survey.Servers.Count == 0)
        {
            throw refusal is not null
                ? new NatsKeysException(
                    ErrorCode.ServerRefused, $"The user '{credential}' may not request accounts from the servers at {options}: {refusal}.")
                : new NatsKeysException(
                    ErrorCode.NoAnswer,
                    $"The servers at {options} do not answer the user '{credential}': its account {credential.IssuerAccount} may not be their "
                        + "system account.");
        }

        if (survey.Servers.Count < least)
        {
            throw new NatsKeysException(
                ErrorCode.ServersMissing,
                $"Only {survey.Servers.Count} of {least} servers answered at {options}: "
                    + $"{Some([.. survey.Servers.Select(server => server.ToString())])}. Nothing was sent.");
        }
    }
}
