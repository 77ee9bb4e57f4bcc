using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gets the accounts of one operator, or of all.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Account, DefaultParameterSetName = ByName)]
[OutputType(typeof(NatsAccount))]
public sealed class GetNatsAccountCommand : GetEntityCmdlet
{
    private const string ByOperator = "Operator";

    /// <summary>The accounts: objects, or names. Wildcards are allowed. The default is all accounts.</summary>
    [Parameter(ParameterSetName = ByName, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByOperator, Position = 0)]
    [EntityName(typeof(AccountArgument[]), typeof(NatsOperator), typeof(NatsSigningKey))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument[] Name { get; set; } = [];

    /// <summary>The operator; wildcards are allowed. The default is all operators.</summary>
    [Parameter(ParameterSetName = ByName, Position = 1)]
    [Parameter(
        ParameterSetName = ByOperator, Mandatory = true, Position = 1, ValueFromPipeline = true,
        HelpMessage = "The operator of the accounts.")]
    [EntityInput(typeof(OperatorArgument), typeof(NatsAccount))]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => Name is [var first, ..] ? first : Operator;

    private protected override void ProcessItem()
    {
        OperatorArgument? typed = Typed.Contains(nameof(Operator)) ? EntityReader.Literal(Operator) : null;
        string[] names = WriteObjects(Name, named => AccountArgument.Resolve(named, typed, Stores.Open), typeof(NatsAccount));
        if (names.Length > 0 || Name.Length == 0)
        {
            OperatorArgument? above = Rows.Beside(Name is [IEntityArgument first, ..] ? first : null, Operator);
            WriteMatching(Entities.Operators(above), names, EntityKind.Account, isNamed: above is not null);
        }
    }
}
