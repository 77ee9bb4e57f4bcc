using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gives the users of one account, or of all.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.User)]
[OutputType(typeof(NatsUser))]
public sealed class GetNatsUserCommand : GetEntityCmdlet
{
    /// <summary>Names; wildcards are allowed. All users without it.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The account. All accounts without it.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the accounts. All operators without it.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override void ProcessItem() => WriteMatching(Entities.Accounts(Account, Operator), Name, "user");
}
