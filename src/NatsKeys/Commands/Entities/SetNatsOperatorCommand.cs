using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Changes an operator and signs it again.</summary>
[Cmdlet(VerbsCommon.Set, Nouns.Operator, SupportsShouldProcess = true)]
[OutputType(typeof(NatsOperator))]
public sealed class SetNatsOperatorCommand : SetEntityCmdlet<OperatorArgument, NatsOperator>, IDynamicParameters
{
    private OperatorParameters settings = new();
    private ParameterGroups? groups;
    private readonly List<(string Parameter, string Value, string? Meant)> missing = [];

    /// <summary>Creates the cmdlet.</summary>
    public SetNatsOperatorCommand()
        : base(ParameterGroups.NamesOf<OperatorParameters>())
    {
    }

    /// <summary>The operator. Not needed if there is only one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [EntityName(typeof(OperatorArgument[]))]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument[]? Operator { get; set; }

    /// <summary>The system account: an account of the operator, a public key, or empty for none.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountKeyArgument? SystemAccount { get; set; }

    /// <summary>Addresses to add to the operator's service URLs.</summary>
    [Parameter]
    [TextList]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] AddServiceUrl { get; set; } = [];

    /// <summary>Addresses to remove from the operator's service URLs.</summary>
    [Parameter]
    [TextList]
    [ArgumentCompleter(typeof(GivenValueCompleter))]
    public string[] RemoveServiceUrl { get; set; } = [];

    private protected override IReadOnlyList<OperatorArgument>? Named => Operator;

    /// <summary>Gets the parameters that the cmdlet shares with New-NatsOperator.</summary>
    public object GetDynamicParameters() => (groups = new ParameterGroups(new OperatorParameters())).Parameters;

    private protected override NatsOperator Resolve(OperatorArgument? named)
    {
        Rows.Require(named, typeof(NatsOperator), () => OperatorArgument.Resolve(named, Stores.Open));
        return OperatorArgument.Resolve(named, Stores.Open);
    }

    private protected override void ApplyTo(NatsOperator entity)
    {
        bool wasStrict = entity.RequireSigningKeys;
        settings = groups!.Read<OperatorParameters>(Row);
        settings.ApplyTo(entity.Claims);
        missing.Clear();
        missing.AddRange(TextLists.Change(entity.Claims.OperatorServiceUrls, AddServiceUrl, RemoveServiceUrl, nameof(RemoveServiceUrl)));
        entity.Claims.SystemAccount = SystemAccount is null ? entity.Claims.SystemAccount : SystemAccount.IsNone ? null : SystemKey(entity);
        if (entity.RequireSigningKeys && !wasStrict && entity.SigningKeys.Count == 0)
        {
            throw new AdvisedException(
                ErrorCode.LastSigningKey,
                $"The {entity.Path} has no signing key, so nothing could sign its accounts. Add one with Add-NatsSigningKey "
                    + "first.");
        }
    }

    private protected override IEnumerable<(string Parameter, string Value, string? Meant)> Missing => missing;

    private protected override void Warn(EntityChangeResult<NatsOperator> change)
    {
        if (change.IsChanged && settings.RequireSigningKeys)
        {
            Messages.WriteInvalid("identity keys", change.Entity.SignedByIdentity(), "operator");
        }
    }

    private string SystemKey(NatsOperator owner)
    {
        NatsAccount? account = SystemAccount!.Find(owner.Store, owner.Name);
        return account is null || account.Operator == owner.Name
            ? SystemAccount.Key(owner.Store, owner.Name)
            : throw new NatsKeysException(ErrorCode.EntityAmbiguous, $"The {account.Path} is not an account of the {owner.Path}.");
    }
}
