using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gets the users of one account, or of all.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.User, DefaultParameterSetName = ByName)]
[OutputType(typeof(NatsUser))]
public sealed class GetNatsUserCommand : GetEntityCmdlet
{
    private const string ByAccount = "Account";

    /// <summary>The users: objects, or names. Wildcards are allowed. The default is all users.</summary>
    [Parameter(ParameterSetName = ByName, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByAccount, Position = 0)]
    [EntityName(typeof(UserArgument[]), typeof(NatsAccount), typeof(NatsSigningKey))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserArgument[] Name { get; set; } = [];

    /// <summary>The accounts; wildcards are allowed. The default is all accounts.</summary>
    [Parameter(ParameterSetName = ByName, Position = 1)]
    [Parameter(ParameterSetName = ByAccount, Mandatory = true, Position = 1, ValueFromPipeline = true, HelpMessage = "The accounts of the users.")]
    [EntityInput(typeof(AccountArgument), typeof(NatsUser))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument[]? Account { get; set; }

    /// <summary>The operator of the accounts; wildcards are allowed. The default is all operators.</summary>
    [Parameter]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => Name is [var first, ..] ? first : Account?[0];

    /// <summary>The account to which user objects must belong; null for none, and for several.</summary>
    private AccountArgument? TypedAccount => Typed.Contains(nameof(Account)) && Account is [var only] ? EntityReader.Literal(only) : null;

    private OperatorArgument? TypedOperator => Typed.Contains(nameof(Operator)) ? EntityReader.Literal(Operator) : null;

    private protected override void ProcessItem()
    {
        string[] names = WriteObjects(Name, named => named.Resolve(Stores.Open, TypedAccount, TypedOperator), typeof(NatsUser));
        if (names.Length > 0 || Name.Length == 0)
        {
            IEntityArgument? first = Name is [var named, ..] ? named : null;
            WriteMatching(
                Entities.Accounts(Rows.Beside(first, Account), Rows.Beside(first, Operator)), names, EntityKind.User, isNamed: Account is not null);
        }
    }
}
