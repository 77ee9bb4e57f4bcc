using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Formatting;
using NatsKeys.Inspection;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Gets the signing keys of operators and accounts.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.SigningKey, DefaultParameterSetName = OfOperator)]
[OutputType(typeof(NatsSigningKey))]
public sealed class GetNatsSigningKeyCommand : StoreCmdlet
{
    private const string OfOperator = "Operator";
    private const string OfAccount = "Account";

    // The named owners; empty for all of the store.
    private NatsEntity[] owners = [];

    /// <summary>
    /// The operator that lists the signing keys, or the operator of the account. Without both: the keys of all operators and accounts.
    /// </summary>
    [Parameter(ParameterSetName = OfOperator, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = OfAccount)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>The accounts that list the signing keys.</summary>
    [Parameter(ParameterSetName = OfAccount, Mandatory = true, ValueFromPipeline = true, HelpMessage = "The accounts that list the keys.")]
    [PipelineInput]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument[]? Account { get; set; }

    /// <summary>Public keys or roles; wildcards are allowed. The default is all signing keys.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ListedKeyCompleter))]
    public string[] Key { get; set; } = ["*"];

    /// <summary>Only keys of these roles; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountRoleCompleter))]
    public string[]? Role { get; set; }

    private protected override object CurrentItem => PipedText ?? string.Join(", ", Role ?? Key);

    /// <summary>A text from the pipeline: the name of an operator or account, or that of a key or its role; null for none.</summary>
    private string? PipedText => Typed.Contains(nameof(Operator)) ? null : (Operator as IEntityArgument)?.Text;

    private protected override void ProcessItem()
    {
        string[] named = Key;
        owners = [];
        if (PipedText is { } text)
        {
            if (PipedOwner.Find(Stores.Open(), text) is { } owner)
            {
                owners = [owner];
            }
            else if (Typed.Contains(nameof(Key)) || Role is not null)
            {
                owners = [OperatorArgument.Resolve(Operator, Stores.Open)];
            }
            else
            {
                named = [text];
            }
        }

        Write([.. Keys()], named);
    }

    private void Write(NatsSigningKey[] keys, string[] named)
    {
        WildcardPattern[] patterns = [.. named.Select(NamePattern.Of)];
        WildcardPattern[]? roles = Role is null ? null : [.. Role.Select(NamePattern.Of)];
        NatsSigningKey[] found =
        [
            .. keys.Where(key => Array.Exists(patterns, pattern => Matches(pattern, key))
                && (roles is null || (key.IsScoped && Array.Exists(roles, role => role.IsMatch(key.Role ?? ""))))),
        ];
        WriteObject(found, enumerateCollection: true);
        foreach (string name in named.Where(name => IsPlain(name) && !Array.Exists(found, key => Matches(NamePattern.Of(name), key))))
        {
            Miss(name, PipedText is not null && named != Key ? $"operator, account or signing key '{name}'" : $"signing key '{name}'", keys);
        }

        foreach (string role in (Role ?? [])
            .Where(role => IsPlain(role) && !Array.Exists(found, key => NamePattern.Of(role).IsMatch(key.Role ?? ""))))
        {
            Miss(role, $"signing key of the role '{role}'", keys);
        }
    }

    private static bool IsPlain(string text) => !WildcardPattern.ContainsWildcardCharacters(text);

    private static bool Matches(WildcardPattern pattern, NatsSigningKey key) =>
        pattern.IsMatch(key.PublicKey) || (key.Role is { Length: > 0 } role && pattern.IsMatch(role));

    /// <summary>Reports that a specified key does not exist; the rest continues.</summary>
    private void Miss(string name, string named, NatsSigningKey[] keys)
    {
        string where = owners is [_, ..]
            ? $"the {PathNames.Of([.. owners.Select(owner => owner.Path)])}"
            : $"the store {Stores.Open().Location}";
        Errors.Write(RoleNames.Unknown($"There is no {named} in {where}.", RoleNames.Suggest(keys, name)), name);
    }

    private IEnumerable<NatsSigningKey> Keys()
    {
        if (ParameterSetName == OfAccount)
        {
            owners = [.. new EntityReader(this).Accounts(Account, Operator)];
            return owners.SelectMany(SigningKeyLookup.SigningKeysOf);
        }

        if (PipedText is null && Operator is not null)
        {
            owners = [OperatorArgument.Resolve(Operator, Stores.Open)];
        }

        if (owners.Length > 0)
        {
            return owners.SelectMany(SigningKeyLookup.SigningKeysOf);
        }

        var entities = new EntityReader(this);
        return entities.Operators(named: null).Cast<NatsOperator>()
            .SelectMany(above => above.GetSigningKeys().Concat(entities.AccountsOf(above).SelectMany(account => account.GetSigningKeys())));
    }
}
