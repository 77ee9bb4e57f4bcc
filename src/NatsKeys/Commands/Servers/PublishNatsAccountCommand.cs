using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Pipeline;
using NatsKeys.Rules;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Publishes accounts to running servers.</summary>
[Cmdlet(VerbsData.Publish, Nouns.Account, SupportsShouldProcess = true, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(ServerAnswer), typeof(ClientProof))]
public sealed partial class PublishNatsAccountCommand : ServerCmdlet
{
    private const string ByAccount = "Account";
    private const string ByUpdate = "Update";

    // Accounts are sent page by page. Updates that have an order are sent in that order.
    private readonly List<PublishableAccount> page = [];
    private readonly HashSet<SystemAccountClient> warned = [];
    private readonly PublicationChecker check = new();
    private readonly AccountSelection selection;
    private bool sendsAll = true;
    private int order;

    /// <summary>Creates the cmdlet.</summary>
    public PublishNatsAccountCommand() => selection = new AccountSelection(this);

    /// <summary>The accounts. The default is all accounts of the operator that differ from those on servers.</summary>
    [Parameter(ParameterSetName = ByAccount, Position = 0, ValueFromPipeline = true)]
    [EntityName(typeof(AccountArgument[]), typeof(ServerUpdate), OtherColumns = ["Update", "Updates"])]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument[]? Account { get; set; }

    /// <summary>
    /// Tokens that servers must get in their order: those of a replaced key, as Update-NatsSigningKey returns them, or of a removal.
    /// </summary>
    [Parameter(
        ParameterSetName = ByUpdate, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Tokens to send, in their order.")]
    [PipelineInput]
    [Alias("Updates")]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public ServerUpdate[] Update { get; set; } = [];

    /// <summary>Replaces newer tokens on the servers, and also sends tokens that they do not trust yet.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override object? CurrentItem => ParameterSetName == ByAccount ? Account?[0] : string.Join<ServerUpdate>(", ", Update);

    private protected override void ProcessItem()
    {
        if (ParameterSetName == ByAccount && Account is null && !MyInvocation.ExpectingInput)
        {
            sendsAll = Force;
            NatsOperator owner = OperatorArgument.Resolve(Operator, Stores.Open);
            IEnumerable<NatsAccount> accounts = selection.Of(owner);
            if (StoreChanges.IsWhatIf(this) && !Force)
            {
                accounts = Differing(owner, [.. accounts]);
            }

            foreach (NatsAccount account in accounts.TakeWhile(_ => !Stopping))
            {
                Try(() => Add(check.Check(account), order: 0), account.Path.ToString());
            }
        }
        else if (ParameterSetName == ByAccount)
        {
            Each(Account ?? [], account => Add(check.Check(selection.Resolve(account, Operator)), order: 0));
        }
        else
        {
            Each(Update, Take);
        }
    }

    private protected override void ProcessAll()
    {
        Send();
        if (Disconnect)
        {
            DisconnectUnwanted();
        }
    }

    /// <summary>Whether all servers trust exactly the current keys of an operator, as far as they report it.</summary>
    private bool KnowOperator(NatsOperator owner)
    {
        SystemAccountClient client = Client(owner);
        LearnTrust(owner.Path, client);
        return client.Operators.Count > 0
            && client.TrustingOldKeys(owner).Count == 0
            && owner.TrustedKeys.All(key => client.Distrusting(key).Count == 0);
    }

    /// <summary>The accounts that differ from those on servers. These are sent if no account is specified.</summary>
    private IEnumerable<NatsAccount> Differing(NatsOperator owner, NatsAccount[] accounts)
    {
        HashSet<string> differing = [.. AskMany(owner, AccountComparer.CompareAsync(Client(owner), owner, accounts))
            .Where(comparison => comparison.State != ServerAccountState.Same)
            .Select(comparison => comparison.PublicKey)];
        return accounts.Where(account => account.Subject is { } key && differing.Contains(key));
    }

    private void Take(ServerUpdate update)
    {
        if (update.Entity is NatsAccount)
        {
            Add(check.Check(update), update.Order);
            return;
        }

        Send();
        rotated.Add((update.Entity.Store, update.GetEntity().Path.Operator));
        if (!StoreChanges.IsWhatIf(this) && KnowOperator(((NatsOperator)update.Entity).Newest()))
        {
            WriteVerbose($"The servers already run with the current {update.Path}.");
            return;
        }

        WriteWarning(
            $"The {update.Path} is part of the server configuration and cannot be published. Put its new token ({update.Reason}) there, and restart "
                + "the servers before the next updates are published.");
    }

    private void Add(PublishableAccount publication, int order)
    {
        RequireServers(publication.Account.Store, publication.Account.Operator);
        if (!ShouldProcess($"{publication.Account.Path} of the store {publication.Account.Store.Location}", "Publish"))
        {
            return;
        }

        bool isApart = page.Count == AccountPublisher.PageSize || order != this.order
            || page.Exists(
                other => other.Token.Subject == publication.Token.Subject
                    || other.Account.Operator != publication.Account.Operator
                    || other.Account.Store != publication.Account.Store);
        if (isApart)
        {
            Send();
        }

        this.order = order;
        page.Add(publication);
    }

    private void Send()
    {
        PublishableAccount[] publications = [.. page];
        page.Clear();
        if (publications.Length == 0)
        {
            return;
        }

        NatsOperator owner = publications[0].Account.Store.FindOperator(publications[0].Account.Operator);
        SystemAccountClient client = Client(owner);
        if (client.ServersWithoutStore.Count > 0 && warned.Add(client))
        {
            WriteWarning(
                $"These servers read accounts from their configuration: {string.Join(", ", client.ServersWithoutStore)}. A published account is used "
                    + "only until the server stops, and only if it is in use. Create a new configuration with New-NatsServerConfig.");
        }

        foreach (PublishableAccount publication in publications)
        {
            foreach (Finding loss in ServerFit.Losses((AccountClaims)publication.Token.Claims, client.Servers, TimeProvider.System.GetUtcNow()))
            {
                WriteWarning($"The {publication.Account.Path}: {loss.Message} ({loss.Rule}).");
            }
        }

        IReadOnlyList<ServerAnswers> results = Ask(
            owner, () => AccountPublisher.PublishAsync(client, publications, Force, onlyChanged: !sendsAll, Stopped));
        foreach ((PublishableAccount publication, ServerAnswers result) in publications.Zip(results))
        {
            Try(() => WriteAnswers(result), publication.Account.Path.ToString());
            published.Add((publication.Account.Store, publication.Account.Path));
            if (publication.Account.AwaitsServers())
            {
                Try(() => Confirm(owner, client, publication, result), publication.Account.Path.ToString());
            }
        }
    }

    /// <summary>
    /// Completes replacements of the system account's keys that waited for servers, once all servers are known to have the token. The number of
    /// servers is the specified one, or what the servers and the operator's service URLs say. The servers of <c>-Server</c> may be only a part of
    /// them, and a server that was started alone knows no other.
    /// </summary>
    private void Confirm(NatsOperator owner, SystemAccountClient client, PublishableAccount publication, ServerAnswers result)
    {
        int least = Math.Max(client.KnownServers, owner.ServiceUrls.Count);
        bool areAll = ServerCount is not null || (Server is null && client.Servers.Count >= least);
        bool areDone = result.Problem is null
            && result.Answers.All(answer => answer.Outcome is ServerOutcome.Done or ServerOutcome.Unchanged);
        if (areAll && areDone)
        {
            if (Changes.Editor(owner.Store).ConfirmRotations(publication.Account, publication.Token.Token))
            {
                WriteVerbose($"All servers know the {publication.Account.Path} in its newest state. Its old keys are no longer needed to connect.");
            }
        }
        else if (areDone)
        {
            WriteWarning(
                $"It is unknown whether all servers have the new {publication.Account.Path}, so its old keys are still tried. Publish it again with "
                    + "-ServerCount, the number of servers.");
        }
    }
}
