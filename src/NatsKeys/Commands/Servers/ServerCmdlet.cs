using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Errors;
using NatsKeys.Pipeline;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// The base class of the cmdlets that send requests about accounts to servers, as a user of the system account. They have one connection for each
/// operator. If a connection fails, the pipeline ends.
/// </summary>
public abstract class ServerCmdlet : ConnectionCmdlet
{
    private readonly Dictionary<(NatsStore Store, string Operator), SystemAccountClient> clients = [];
    private readonly HashSet<(NatsStore Store, string Operator)> reachable = [];

    private protected ServerCmdlet() => Changes = Own(new StoreChanges(this));

    /// <summary>The operator of the accounts, if they do not determine it.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>
    /// Credentials of a user of the system account: an object, a file, or a user of the store. By default, a temporary user is signed for this one
    /// task.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public CredentialArgument? Credential { get; set; }

    /// <summary>The number of servers that must answer.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? ServerCount { get; set; }

    /// <summary>Performs the changes of stores, and has the keys that sign them.</summary>
    private protected StoreChanges Changes { get; }

    /// <summary>The task for which a user of the system account is signed.</summary>
    private protected abstract ServerTask ServerTask { get; }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (SystemAccountClient client in clients.Values)
        {
            client.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        clients.Clear();
        base.Dispose(disposing);
    }

    /// <summary>Connects to servers whose operator the store does not have yet. Only specified credentials can be used for that.</summary>
    /// <param name="store">The store.</param>
    /// <param name="find">Adds the operator to the store, once there is a connection.</param>
    /// <returns>The operator. The connection is used for it from now on.</returns>
    private protected NatsOperator Meet(NatsStore store, Func<SystemAccountClient, NatsCredential, NatsOperator> find)
    {
        ServerOptions options = Connection.Options(owner: null, Paths.Full) with { ServerCount = ServerCount };
        using NatsCredential given = Credential!.Open(Paths.Full, () => store, Changes.KeysOf);
        SystemAccountClient client = Ask(
            options.ToString(),
            () => SystemAccountClient.ConnectAsync(
                options, SystemSignIn.With(() => Credential!.Open(Paths.Full, () => store, Changes.KeysOf)), Stopped));
        try
        {
            LearnTrust(options.ToString(), client);
            NatsOperator owner = find(client, given);
            clients[(owner.Store, owner.Name)] = client;
            return owner;
        }
        catch
        {
            client.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Asks the servers which operators they trust.</summary>
    private protected void LearnTrust(object target, SystemAccountClient client) => Ask(target, async () =>
    {
        await client.LearnTrustAsync(Stopped).ConfigureAwait(false);
        return true;
    });

    /// <summary>The operator of an account; without an account, the specified operator or the only one.</summary>
    private protected NatsOperator OwnerOf(NatsAccount? account) =>
        account is null ? OperatorArgument.Resolve(Operator, Stores.Open) : account.Store.FindOperator(account.Operator);

    /// <summary>
    /// Ends the pipeline if no servers of an operator are known, or if nobody may manage accounts on them. Nobody should confirm a change that then
    /// fails.
    /// </summary>
    /// <param name="store">The store of the operator.</param>
    /// <param name="name">The name of the operator.</param>
    private protected void RequireServers(NatsStore store, string name)
    {
        if (clients.ContainsKey((store, name)) || !reachable.Add((store, name)))
        {
            return;
        }

        NatsOperator owner = store.FindOperator(name);
        Require(
            () =>
            {
                _ = Connection.Options(owner, Paths.Full);
                _ = Credential is null ? SystemUser.Find(owner) : null;
            },
            owner.Path);
    }

    /// <summary>Returns the connection to the servers of an operator. The first call connects.</summary>
    private protected SystemAccountClient Client(NatsOperator owner)
    {
        if (clients.TryGetValue((owner.Store, owner.Name), out SystemAccountClient? known))
        {
            return known;
        }

        SystemSignIn signIn = Credential is null
            ? SystemSignIn.As(Changes.Editor(owner.Store), owner, ServerTask)
            : SystemSignIn.With(() => Open(Credential, owner));
        SystemAccountClient client = clients[(owner.Store, owner.Name)] =
            Ask(
                owner,
                () => SystemAccountClient.ConnectAsync(Connection.Options(owner, Paths.Full) with { ServerCount = ServerCount }, signIn, Stopped));
        WriteSignIn(owner, signIn);
        WriteVerbose(
            $"Connected to the servers of {owner.Path}: {string.Join(", ", client.Servers.Select(server => $"{server} ({server.Version})"))}.");
        if (SilenceOf(client) is { } silence)
        {
            WriteWarning($"{silence} A server that crashed is still counted for some minutes.");
        }

        return client;
    }

    /// <summary>Sends a request to the servers. If they cannot be reached or refuse the request, the pipeline ends.</summary>
    private protected T Ask<T>(NatsOperator owner, Func<Task<T>> question) => Ask(owner.Path, question);

    private T Ask<T>(object target, Func<Task<T>> question)
    {
        try
        {
            return PipelineTask.Wait(this, question);
        }
        catch (NatsKeysException error)
        {
            ThrowTerminatingError(ErrorCatalog.ToRecord(error, target));
            throw;
        }
    }

    /// <summary>Reports that servers did not answer, so that their silence is not mistaken for having no clients.</summary>
    private protected void WriteSilence(NatsOperator owner, SystemAccountClient client)
    {
        if (SilenceOf(client) is { } silence)
        {
            Try(() => throw new NatsKeysException(ErrorCode.ServersMissing, $"{silence} The connections of the others are unknown."), owner.Path);
        }
    }

    /// <summary>Sends a request to the servers, and returns the answers as they arrive.</summary>
    private protected IEnumerable<T> AskMany<T>(NatsOperator owner, IAsyncEnumerable<T> question)
    {
        IAsyncEnumerator<T> answers = question.GetAsyncEnumerator(Stopped);
        try
        {
            while (Ask(owner, () => answers.MoveNextAsync().AsTask()))
            {
                yield return answers.Current;
            }
        }
        finally
        {
            answers.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Writes the answers of servers, then throws the problem with them, if any.</summary>
    private protected void WriteAnswers(ServerAnswers result)
    {
        WriteObject(result.Answers, enumerateCollection: true);
        if (result.Problem is not null)
        {
            throw result.Problem;
        }
    }

    /// <summary>
    /// A message that fewer servers answered than the servers know of; null if all answered, and if <see cref="ServerCount"/> is specified.
    /// </summary>
    private string? SilenceOf(SystemAccountClient client) => ServerCount is null && client.KnownServers > client.Servers.Count
        ? $"The servers know of {client.KnownServers} servers, and {client.Servers.Count} answered: {string.Join(", ", client.Servers)}."
        : null;

    private void WriteSignIn(NatsOperator owner, SystemSignIn signIn)
    {
        foreach (string refused in signIn.Refused)
        {
            WriteVerbose($"The servers of {owner.Path} rejected a user signed by the key {refused} of the system account.");
        }

        if (signIn.Key is { } key)
        {
            WriteVerbose($"The servers of {owner.Path} accepted a user signed by the key {key} of the system account.");
        }
    }

    private NatsCredential Open(CredentialArgument credential, NatsOperator owner)
    {
        NatsCredential given = credential.Open(Paths.Full, () => owner.Store, Changes.KeysOf);
        try
        {
            SystemUser.Require(given, owner);
            return given;
        }
        catch
        {
            given.Dispose();
            throw;
        }
    }
}
