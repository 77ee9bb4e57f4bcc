using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Store;
using NatsKeys.Formatting;

namespace NatsKeys.Commands;

/// <summary>Removes an account.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.Account, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EntityRemovalResult))]
public sealed class RemoveNatsAccountCommand : RemoveEntityCmdlet<AccountArgument>
{
    /// <summary>The account.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The account.")]
    [EntityName(typeof(AccountArgument[]))]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument[] Account { get; set; } = [];

    /// <summary>The operator of the account, if several operators have an account of that name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>Also removes the users of the account.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    private protected override IReadOnlyList<AccountArgument> Named => Account;

    private protected override (NatsStore Store, EntityPath Path) Locate(AccountArgument named)
    {
        Rows.Require(named, typeof(NatsAccount));
        return AccountArgument.Locate(named, Rows.Beside(named, Operator), Stores.Open);
    }

    private protected override EntityRemovalRequest Complete(EntityRemovalRequest request) => request with { Recurse = Recurse };

    private protected override void Warn(EntityRemovalResult removal)
    {
        WriteWarning(
            $"Servers that know the {removal.Path} keep serving it until it is deleted there with Unpublish-NatsAccount, or until they start with "
                + "a configuration without it.");
        if (removal.Importers.Count > 0)
        {
            WriteWarning($"What these accounts import from the {removal.Path} stops working: {PathNames.Of(removal.Importers)}.");
        }
    }
}
