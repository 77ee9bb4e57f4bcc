using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Inspection;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that change or remove a listed signing key.</summary>
public abstract class ListedKeyCmdlet : SigningCmdlet
{
    private protected const string ByObject = "InputObject";
    private const string OfOperator = "Operator";
    private const string OfAccount = "Account";

    /// <summary>The signing key, as Get-NatsSigningKey and Add-NatsSigningKey return it.</summary>
    [Parameter(
        ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true,
        HelpMessage = "The signing key, as Get-NatsSigningKey and Add-NatsSigningKey return it.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public NatsSigningKey? InputObject { get; set; }

    /// <summary>The public keys, or the names of their roles.</summary>
    [Parameter(
        ParameterSetName = OfOperator, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The public keys, or the names of the roles.")]
    [Parameter(ParameterSetName = OfAccount, Mandatory = true, Position = 0, HelpMessage = "The public keys, or the names of the roles.")]
    [Alias("PublicKey")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ListedKeyCompleter))]
    public string[] Key { get; set; } = [];

    /// <summary>The operator that owns the signing keys, or the operator of the account. Without both: all owners are searched.</summary>
    [Parameter(ParameterSetName = OfOperator, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = OfAccount)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>The account that owns the signing keys.</summary>
    [Parameter(ParameterSetName = OfAccount, Mandatory = true, ValueFromPipeline = true, HelpMessage = "The account that lists the signing keys.")]
    [PipelineInput(IsOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The key that a role's name stands for while the key is rotated.</summary>
    private protected virtual RoleChoice Choice => RoleChoice.None;

    private protected override object CurrentItem => InputObject is null ? string.Join(", ", Key) : InputObject;

    private protected sealed override void ProcessItem()
    {
        if (InputObject is not null)
        {
            Change(InputObject.PublicKey);
        }
        else
        {
            Each(Key, Change);
        }
    }

    /// <summary>Changes or removes one key.</summary>
    /// <param name="key">The public key, or the name of its role.</param>
    private protected abstract void Change(string key);

    /// <summary>The owner in its newest state, and the public key.</summary>
    private protected (NatsEntity Owner, string PublicKey) ResolveKey(string key)
    {
        if (InputObject is null && Account is null && Operator is null)
        {
            return Stores.Open().FindListedKey(key, Choice);
        }

        NatsEntity owner = InputObject is not null ? InputObject.Store.Get(InputObject.GetOwner().Path)
            : ParameterSetName == OfOperator ? OperatorArgument.Resolve(Operator, Stores.Open)
            : AccountArgument.Resolve(Account, Operator, Stores.Open);
        return (owner, InputObject?.PublicKey ?? SigningKeyLookup.KeyOf(owner, key, Choice));
    }
}
