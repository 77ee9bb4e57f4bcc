using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gives the signing keys of an operator or account.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.SigningKey, DefaultParameterSetName = OfOperator)]
[OutputType(typeof(NatsSigningKey))]
public sealed class GetNatsSigningKeyCommand : StoreCmdlet
{
    private const string OfOperator = "Operator";
    private const string OfAccount = "Account";

    /// <summary>
    /// The operator whose signing keys are wanted, or the operator of the account. Without both: the keys of all operators and accounts.
    /// </summary>
    [Parameter(ParameterSetName = OfOperator, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = OfAccount)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>The account whose signing keys are wanted.</summary>
    [Parameter(ParameterSetName = OfAccount, Mandatory = true, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>Public keys or roles; wildcards are allowed. All signing keys without it.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ListedKeyCompleter))]
    public string Key { get; set; } = "*";

    private protected override object CurrentItem => Key;

    private protected override void ProcessItem()
    {
        var pattern = WildcardPattern.Get(Key, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        bool found = false;
        foreach (NatsSigningKey key in Keys()
            .Where(key => pattern.IsMatch(key.PublicKey) || (key.Role is { Length: > 0 } role && pattern.IsMatch(role))))
        {
            found = true;
            WriteObject(key);
        }

        if (!found && !WildcardPattern.ContainsWildcardCharacters(Key))
        {
            throw new NatsKeysException(ErrorCode.KeyNotFound, $"There is no signing key '{Key}'.");
        }
    }

    private IEnumerable<NatsSigningKey> Keys()
    {
        if (ParameterSetName == OfAccount)
        {
            return AccountArgument.Resolve(Account, Operator, Stores.Open).GetSigningKeys();
        }

        if (Operator is not null)
        {
            return OperatorArgument.Resolve(Operator, Stores.Open).GetSigningKeys();
        }

        var entities = new EntityReader(this);
        return entities.Operators(named: null).Cast<NatsOperator>()
            .SelectMany(above => above.GetSigningKeys().Concat(entities.AccountsOf(above).SelectMany(account => account.GetSigningKeys())));
    }
}
