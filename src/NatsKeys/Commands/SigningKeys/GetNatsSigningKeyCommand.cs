using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Rules;
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

    /// <summary>Only keys of this role; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    public string? Role { get; set; }

    private protected override object CurrentItem => Role ?? Key;

    private protected override void ProcessItem()
    {
        var pattern = WildcardPattern.Get(Key, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        WildcardPattern? role = Role is null ? null : WildcardPattern.Get(Role, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        bool found = false;
        foreach (NatsSigningKey key in Keys().Where(key => Matches(pattern, key) && (role is null || (key.IsScoped && role.IsMatch(key.Role ?? "")))))
        {
            found = true;
            WriteObject(key);
        }

        if (!found && Named() is { } named)
        {
            string suggestion = Spelling.Suggest(Role ?? Key, Keys().Select(key => key.Role).OfType<string>());
            throw new NatsKeysException(ErrorCode.KeyNotFound, $"There is no signing key {named}.{suggestion}");
        }
    }

    private static bool Matches(WildcardPattern pattern, NatsSigningKey key) =>
        pattern.IsMatch(key.PublicKey) || (key.Role is { Length: > 0 } role && pattern.IsMatch(role));

    /// <summary>The one that was named, for people; null for those that a wildcard stands for.</summary>
    private string? Named() => !WildcardPattern.ContainsWildcardCharacters(Key) ? $"'{Key}'"
        : Role is not null && !WildcardPattern.ContainsWildcardCharacters(Role) ? $"of the role '{Role}'"
        : null;

    private IEnumerable<NatsSigningKey> Keys()
    {
        if (ParameterSetName == OfAccount)
        {
            return new EntityReader(this).Accounts(Account, Operator).SelectMany(account => account.GetSigningKeys());
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
