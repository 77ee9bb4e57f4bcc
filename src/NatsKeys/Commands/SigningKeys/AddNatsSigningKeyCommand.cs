using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Adds a signing key to an operator or account.</summary>
[Cmdlet(VerbsCommon.Add, Nouns.SigningKey, SupportsShouldProcess = true, DefaultParameterSetName = OfOperator)]
[OutputType(typeof(NatsSigningKey))]
public sealed class AddNatsSigningKeyCommand : SigningCmdlet, IDynamicParameters
{
    private const string OfOperator = "Operator";
    private const string OfAccount = "Account";
    private readonly UserPermissionParameters template = new();

    /// <summary>The operator that owns the signing keys, or the operator of the account.</summary>
    [Parameter(ParameterSetName = OfOperator, Mandatory = true, ValueFromPipeline = true, HelpMessage = "The operator that lists the signing keys.")]
    [Parameter(ParameterSetName = OfAccount)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>The account that owns the signing keys.</summary>
    [Parameter(ParameterSetName = OfAccount, Mandatory = true, ValueFromPipeline = true, HelpMessage = "The account that lists the signing keys.")]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>
    /// The key to list: a key pair, public key, seed or path of a key file. By default, a new one is generated. If it has a seed, that is stored in
    /// the key store.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UsableKeyCompleter))]
    public KeyArgument? Key { get; set; }

    /// <summary>
    /// The name of a role. It makes the key scoped: users that it signs have the permissions of its template. Only keys of accounts can be scoped.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    public string? Role { get; set; }

    /// <summary>A description of the role.</summary>
    [Parameter]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Description { get; set; }

    /// <summary>Gets the parameters of the template.</summary>
    public object GetDynamicParameters() => template;

    private protected override void ProcessItem()
    {
        NatsEntity owner = ParameterSetName == OfOperator
            ? OperatorArgument.Resolve(Operator, Stores.Open)
            : AccountArgument.Resolve(Account, Operator, Stores.Open);
        NatsSigningKey? added = Changes.Perform(owner, "Add a signing key and sign again", () =>
        {
            // The key pair goes down the pipeline with the signing key, so it is disposed only if it does not.
            NatsKeyPair key = Key?.Resolve(Paths.Full) ?? NatsKeyPair.Generate(owner is NatsOperator ? NatsKeyType.Operator : NatsKeyType.Account);
            bool goesOn = false;
            try
            {
                NatsSigningKey made = Changes.Editor(owner.Store).AddSigningKey(owner.Path, key, ChosenKey(), Scope());
                goesOn = !Changes.IsRehearsing;
                return made;
            }
            finally
            {
                if (!goesOn)
                {
                    key.Dispose();
                }
            }
        });
        if (added is not null)
        {
            Messages.WriteChange(new EntityChangeResult(added.GetOwner(), IsChanged: true));
            WriteObject(added);
        }
    }

    private NewScope? Scope()
    {
        if (Role is not null)
        {
            return new NewScope(Role, template.Make() ?? new UserPermissions(), Description);
        }

        return template.IsAnyGiven || Description is not null
            ? throw new AdvisedException(
                ErrorCode.InvalidClaims, "Permissions, limits and a description require a role. Specify its name with -Role.")
            : null;
    }
}
