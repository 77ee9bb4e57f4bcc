using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Errors;
using NatsKeys.Pipeline;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// The shape of the cmdlets that speak with servers about accounts, as a user of the system account: one connection for each operator, and how
/// many servers must answer. Without a connection nothing goes on.
/// </summary>
public abstract class ServerCmdlet : ConnectionCmdlet
{
    private readonly Dictionary<(NatsStore Store, string Operator), SystemAccountClient> clients = [];

    private protected ServerCmdlet() => Changes = Own(new StoreChanges(this));

    /// <summary>The operator of the accounts, where it is not known by them.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>
    /// Credentials of a user of the system account: an object, a file, or a user of the store. Without it a user is signed for this one task.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public CredentialArgument? Credential { get; set; }

    /// <summary>How many servers must answer.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int? ServerCount { get; set; }

    /// <summary>What it changes, and with which keys.</summary>
    private protected StoreChanges Changes { get; }

    /// <summary>What the cmdlet does with the accounts of servers.</summary>
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

    /// <summary>Servers whose operator the store does not have yet. Nobody but given credentials gets in.</summary>
    /// <param name="store">The store.</param>
    /// <param name="find">Takes the operator into the store, once there is a connection.</param>
    /// <returns>The operator, whose servers these are from now on.</returns>
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

    /// <summary>Asks servers with which operators they were started.</summary>
    private protected void LearnTrust(object target, SystemAccountClient client) => Ask(target, async () =>
    {
        await client.LearnTrustAsync(Stopped).ConfigureAwait(false);
        return true;
    });

    /// <summary>The operator of an account; without one, the operator that was named, or the only one.</summary>
    private protected NatsOperator OwnerOf(NatsAccount? account) =>
        account is null ? OperatorArgument.Resolve(Operator, Stores.Open) : account.Store.FindOperator(account.Operator);

    /// <summary>The servers of an operator. The first call connects.</summary>
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

    /// <summary>Asks the servers something. Where they cannot be reached, or may not be asked, the pipeline ends.</summary>
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

    /// <summary>Says that servers did not answer: nobody shall take their silence for nobody being connected.</summary>
    private protected void WriteSilence(NatsOperator owner, SystemAccountClient client)
    {
        if (SilenceOf(client) is { } silence)
        {
            Try(() => throw new NatsKeysException(ErrorCode.ServersMissing, $"{silence} The connections of the others are not known."), owner.Path);
        }
    }

    /// <summary>Asks the servers something that is answered bit by bit.</summary>
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

    /// <summary>Gives the answers of servers, and then says what is wrong with them.</summary>
    private protected void WriteAnswers(ServerAnswers result)
    {
        WriteObject(result.Answers, enumerateCollection: true);
        if (result.Problem is not null)
        {
            throw result.Problem;
        }
    }

    /// <summary>That servers know of more servers than answered; null where all did, and where it was said how many must.</summary>
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
