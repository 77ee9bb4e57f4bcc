using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Errors;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Pipeline;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Receives accounts from running servers into a store.</summary>
[Cmdlet(VerbsCommunications.Receive, Nouns.Account, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount), typeof(NatsOperator))]
public sealed class ReceiveNatsAccountCommand : ServerCmdlet
{
    private const string ByAccount = "Account";
    private const string ByKey = "PublicKey";
    private const string Everything = "All";
    private readonly List<string> keys = [];
    private readonly AccountSelection selection;

    /// <summary>Creates the cmdlet.</summary>
    public ReceiveNatsAccountCommand() => selection = new AccountSelection(this);

    /// <summary>The accounts. The default is all accounts of the operator.</summary>
    [Parameter(ParameterSetName = ByAccount, Position = 0, ValueFromPipeline = true)]
    [EntityInput(typeof(AccountArgument))]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument[]? Account { get; set; }

    /// <summary>Public keys of accounts, which need not be in the store yet.</summary>
    [Parameter(ParameterSetName = ByKey, Mandatory = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Public keys of accounts.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountKeyCompleter))]
    public string[] PublicKey { get; set; } = [];

    /// <summary>
    /// Receives every account that servers store, including accounts that the store does not have. <see cref="OperatorKey"/> does so as well.
    /// </summary>
    [Parameter(ParameterSetName = Everything)]
    public SwitchParameter All { get; set; }

    /// <summary>
    /// The public key of the operator. If the store does not have it, it is received from the servers, which must have been started with it.
    /// </summary>
    [Parameter(ParameterSetName = Everything)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? OperatorKey { get; set; }

    private protected override ServerTask ServerTask => ServerTask.Read;

    private protected override object? CurrentItem => ParameterSetName == ByKey && PublicKey is [var key] ? key
        : Account is [var account] ? account
        : null;

    private protected override void ProcessItem()
    {
        foreach (string key in PublicKey)
        {
            Try(() => keys.Add(ServerAccount.Of(key).PublicKey), key);
        }

        selection.Add(Account, Operator);
    }

    private protected override void ProcessAll()
    {
        if (ParameterSetName == ByAccount && selection.IsNamed(Account))
        {
            foreach ((NatsOperator owner, NatsAccount[] accounts) in selection.Named())
            {
                Receive(owner, _ => accounts.Select(account => account.Subject!), isNamed: true);
            }
        }
        else if (ParameterSetName == ByKey)
        {
            Receive(OperatorArgument.Resolve(Operator, Stores.Open), _ => keys.Distinct(StringComparer.Ordinal), isNamed: true);
        }
        else if (ParameterSetName == Everything)
        {
            if (FindOwner() is { } owner)
            {
                Receive(owner, client => KeptBy(owner, client), isNamed: false);
            }
        }
        else
        {
            NatsOperator only = OperatorArgument.Resolve(Operator, Stores.Open);
            Receive(only, _ => selection.Of(only).Select(account => account.Subject!), isNamed: false);
        }
    }

    /// <summary>
    /// Returns the operator. It is received from the servers if the store has none, or not the one with the specified key. Null if nothing is to be
    /// done.
    /// </summary>
    private NatsOperator? FindOwner()
    {
        if (OperatorKey is not null && !PublicNkey.Is(OperatorKey.Trim(), NatsKeyType.Operator))
        {
            throw new NatsKeysException(ErrorCode.InvalidPublicKey, $"{SecretShape.Show(OperatorKey)} is not the public key of an operator.");
        }

        NatsStore store = Stores.Open();
        string? key = OperatorKey?.Trim();
        NatsOperator? known = key is null ? null : store.Names().Select(store.FindOperator).FirstOrDefault(owner => owner.Subject == key);
        if (known is not null || (key is null && (Operator is not null || store.Names().Any())))
        {
            return known ?? OperatorArgument.Resolve(Operator, Stores.Open);
        }

        if (Credential is null)
        {
            throw new AdvisedException(
                ErrorCode.NoSystemAccount,
                $"The store {store.Location} does not have {(key is null ? "an operator" : $"the operator {key}")}. To receive it from servers, "
                    + "specify -Server, and with -Credential a user of their system account.");
        }

        return ShouldProcess(store.Location, $"Receive the operator of {Connection.Options(owner: null, Paths.Full)} and its accounts")
            ? Discover(store, key)
            : null;
    }

    private NatsOperator Discover(NatsStore store, string? key) => Meet(store, (client, user) =>
    {
        NatsJwt token = OperatorDiscovery.Find(client, user, key);
        NatsOperator owner = OperatorDiscovery.Take(Stores.FlushAtEnd(store), token, Stopped);
        if (key is null)
        {
            WriteWarning(
                RemedyAdvice.AddTo(
                    $"The {owner.Path} with the key {owner.Subject} was received from the servers. Its key was not verified.",
                    Remedy.ConfirmOperator));
        }

        WriteObject(owner);
        return owner;
    });

    /// <summary>The accounts that servers have: those that they store and, for servers without a store, those that they use.</summary>
    private IEnumerable<string> KeptBy(NatsOperator owner, SystemAccountClient client)
    {
        if (client.ServersWithoutStore.Count == 0)
        {
            return client.Accounts;
        }

        WriteWarning(
            $"Accounts of {string.Join(", ", client.ServersWithoutStore)} are part of the server configuration. Only those in use are received; "
                + "Import-NatsStore reads the others from the configuration.");
        return client.Accounts.Union(Ask(owner, () => client.LoadedAsync(Stopped)));
    }

    private void Receive(NatsOperator owner, Func<SystemAccountClient, IEnumerable<string>> publicKeys, bool isNamed)
    {
        RequireServers(owner.Store, owner.Name);
        if (!ShouldProcess(StoreChanges.Target($"Accounts of {owner.Path}", owner.Store), $"Receive from {Connection.Options(owner, Paths.Full)}"))
        {
            return;
        }

        SystemAccountClient client = Client(owner);
        Stores.FlushAtEnd(owner.Store);
        var receiver = new AccountReceiver(client, owner);
        foreach (AccountReceipt receipt in AskMany(owner, receiver.FindAsync(publicKeys(client))))
        {
            Try(() => Take(receiver, receipt, isNamed), receipt.Account);
        }
    }

    private void Take(AccountReceiver receiver, AccountReceipt receipt, bool isNamed)
    {
        if (receipt.ServersDiffer)
        {
            WriteWarning($"Servers have different tokens of the {receipt.Account}. The newest one was used.");
        }

        if (receipt.Foreign is { } foreign)
        {
            WriteWarning(foreign);
        }

        switch (receipt.Problem)
        {
            case null when receipt.IsSame:
                WriteVerbose($"The store already has the {receipt.Account} with the same token as the servers.");
                break;
            case null:
                WriteObject(receiver.Take(receipt, Stopped));
                break;
            case { Code: ErrorCode.EntityNotFound } missing when !isNamed:
                WriteVerbose(missing.Message);
                break;
            case { Code: ErrorCode.LocalChanges } local when !isNamed:
                WriteWarning(local.Message);
                break;
            default:
                throw receipt.Problem;
        }
    }
}
