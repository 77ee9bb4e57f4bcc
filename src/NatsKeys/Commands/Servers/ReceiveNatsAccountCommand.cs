using System.Management.Automation;
using NatsKeys.Completion;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Takes accounts from running servers into a store.</summary>
[Cmdlet(VerbsCommunications.Receive, Nouns.Account, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(NatsAccount))]
public sealed class ReceiveNatsAccountCommand : AccountsCmdlet
{
    private const string ByKey = "PublicKey";
    private const string Everything = "All";
    private readonly List<string> keys = [];

    /// <summary>Public keys of accounts, which need not be in the store yet.</summary>
    [Parameter(ParameterSetName = ByKey, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountKeyCompleter))]
    public string[] PublicKey { get; set; } = [];

    /// <summary>Takes every account that servers keep, also those that the store does not have.</summary>
    [Parameter(ParameterSetName = Everything, Mandatory = true)]
    public SwitchParameter All { get; set; }

    private protected override ServerTask ServerTask => ServerTask.Read;

    private protected override object? CurrentItem => ParameterSetName == ByKey && PublicKey is [var only] ? only : base.CurrentItem;

    private protected override void ProcessItem()
    {
        foreach (string key in PublicKey)
        {
            Try(() => keys.Add(ServerAccount.Of(key).PublicKey), key);
        }

        base.ProcessItem();
    }

    private protected override void ProcessAll()
    {
        if (ParameterSetName == ByAccount && AreNamed)
        {
            foreach ((NatsOperator owner, NatsAccount[] accounts) in Named())
            {
                Receive(owner, _ => accounts.Select(account => account.Subject!), isNamed: true);
            }
        }
        else if (ParameterSetName == ByKey)
        {
            Receive(ResolveOperator(), _ => keys.Distinct(StringComparer.Ordinal), isNamed: true);
        }
        else
        {
            NatsOperator only = ResolveOperator();
            Receive(
                only,
                client => ParameterSetName == Everything ? client.Accounts : AccountsOf(only).Select(account => account.Subject!),
                isNamed: false);
        }
    }

    private void Receive(NatsOperator owner, Func<SystemAccountClient, IEnumerable<string>> publicKeys, bool isNamed)
    {
        if (!ShouldProcess(Target($"Accounts of {owner.Path}", owner.Store), $"Receive from {Options(owner)}"))
        {
            return;
        }

        SystemAccountClient client = Client(owner);
        var receiver = new AccountReceiver(client, owner);
        FlushAtEnd(owner.Store);
        foreach (AccountReceipt receipt in AskMany(owner, receiver.FindAsync(publicKeys(client))))
        {
            Try(() => Take(receiver, receipt, isNamed), receipt.Account);
        }
    }

    private void Take(AccountReceiver receiver, AccountReceipt receipt, bool isNamed)
    {
        if (receipt.ServersDiffer)
        {
            WriteWarning($"Servers have different tokens of the {receipt.Account}: the newest counts.");
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
