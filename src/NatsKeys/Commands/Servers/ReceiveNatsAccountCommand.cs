using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Takes accounts from running servers into a store.</summary>
[Cmdlet(VerbsCommunications.Receive, Nouns.Account, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class ReceiveNatsAccountCommand : ServerCmdlet
{
    private const string ByAccount = "Account";
    private const string ByKey = "PublicKey";
    private const string Everything = "All";
    private readonly List<string> keys = [];
    private readonly AccountSelection selection;

    /// <summary>Makes the cmdlet.</summary>
    public ReceiveNatsAccountCommand() => selection = new AccountSelection(this);

    /// <summary>The accounts. All of the operator without them.</summary>
    [Parameter(ParameterSetName = ByAccount, Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument[]? Account { get; set; }

    /// <summary>Public keys of accounts, which need not be in the store yet.</summary>
    [Parameter(ParameterSetName = ByKey, Mandatory = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Public keys of accounts.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountKeyCompleter))]
    public string[] PublicKey { get; set; } = [];

    /// <summary>Takes every account that servers keep, also those that the store does not have.</summary>
    [Parameter(
        ParameterSetName = Everything, Mandatory = true,
        HelpMessage = "Receives every account that servers store, including accounts that the store does not have.")]
    public SwitchParameter All { get; set; }

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
        else
        {
            NatsOperator only = OperatorArgument.Resolve(Operator, Stores.Open);
            Receive(
                only,
                client => ParameterSetName == Everything ? client.Accounts : selection.Of(only).Select(account => account.Subject!),
                isNamed: false);
        }
    }

    private void Receive(NatsOperator owner, Func<SystemAccountClient, IEnumerable<string>> publicKeys, bool isNamed)
    {
        if (!ShouldProcess(StoreChanges.Target($"Accounts of {owner.Path}", owner.Store), $"Receive from {Connection.Options(owner, Paths.Full)}"))
        {
            return;
        }

        SystemAccountClient client = Client(owner);
        var receiver = new AccountReceiver(client, owner);
        Stores.FlushAtEnd(owner.Store);
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
                WriteVerbose($"The {receipt.Account} is in the store as the servers have it.");
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
