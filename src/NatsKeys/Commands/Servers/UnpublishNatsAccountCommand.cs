using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Deletes accounts from running servers.</summary>
[Cmdlet(VerbsData.Unpublish, Nouns.Account, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(ServerAnswer))]
public sealed class UnpublishNatsAccountCommand : ServerCmdlet
{
    private const string ByAccount = "Account";
    private const string ByKey = "PublicKey";
    private readonly List<(NatsOperator Owner, ServerAccount Account)> accounts = [];

    /// <summary>The accounts.</summary>
    [Parameter(ParameterSetName = ByAccount, Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The accounts.")]
    [EntityInput(typeof(AccountArgument))]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument[]? Account { get; set; }

    /// <summary>Public keys of accounts, which need not be in the store any more.</summary>
    [Parameter(ParameterSetName = ByKey, Mandatory = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Public keys of accounts.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountKeyCompleter))]
    public string[] PublicKey { get; set; } = [];

    /// <summary>
    /// The key of the operator that signs the request. The default is its identity key, if that may sign and is available, else its only usable
    /// signing key.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorSignerCompleter))]
    public SigningKeyArgument? SigningKey { get; set; }

    private protected override ServerTask ServerTask => ServerTask.Delete;

    private protected override object? CurrentItem => ParameterSetName == ByKey && PublicKey is [var only] ? only : Account?[0];

    private protected override void ProcessItem()
    {
        if (ParameterSetName == ByAccount)
        {
            Each(Account ?? [], account =>
            {
                (NatsStore store, EntityPath path) = AccountArgument.Locate(account, Operator, Stores.Open);
                Add(store.FindOperator(path.Operator), ServerAccount.Of(store.Get<NatsAccount>(path)));
            });
            return;
        }

        NatsOperator owner = OperatorArgument.Resolve(Operator, Stores.Open);
        foreach (string key in PublicKey)
        {
            Try(() => Add(owner, ServerAccount.Of(key)), key);
        }
    }

    private protected override void ProcessAll()
    {
        foreach (var owned in accounts.GroupBy(account => (account.Owner.Store, account.Owner.Name)))
        {
            NatsOperator owner = owned.First().Owner;
            foreach (ServerAccount[] page in owned
                .Select(account => account.Account)
                .DistinctBy(account => account.PublicKey).Chunk(AccountDeleter.PageSize))
            {
                Delete(owner, page);
            }
        }
    }

    private void Add(NatsOperator owner, ServerAccount account)
    {
        AccountDeleter.RequireDeletable(owner, account);
        RequireServers(owner.Store, owner.Name);
        if (ShouldProcess($"{account} on the servers of {owner.Path}", "Delete"))
        {
            accounts.Add((owner, account));
        }
    }

    private void Delete(NatsOperator owner, ServerAccount[] page)
    {
        SystemAccountClient client = Client(owner);
        Try(
            () =>
                WriteAnswers(
                    PipelineTask.Wait(
                        this,
                        () => AccountDeleter.DeleteAsync(
                            client, Changes.Editor(owner.Store), owner, SigningKeyArgument.Choose(SigningKey, Paths.Full), page, Stopped))),
            string.Join<ServerAccount>(", ", page));
    }
}
