using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Creates accounts of an operator.</summary>
[Cmdlet(VerbsCommon.New, Nouns.Account, SupportsShouldProcess = true, DefaultParameterSetName = ByParent)]
[OutputType(typeof(NatsAccount))]
public sealed class NewNatsAccountCommand : NewEntityCmdlet<NatsAccount>
{
    /// <summary>The operator, or one of its signing keys, which then signs the account. Not needed if there is only one operator.</summary>
    [Parameter(ParameterSetName = ByParent, Position = 1, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByRow, Position = 1, ValueFromPipelineByPropertyName = true)]
    [EntityInput(typeof(OperatorArgument))]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>Creates the account with a signing key, whose seed is kept in the key store.</summary>
    [Parameter]
    public SwitchParameter GenerateSigningKey { get; set; }

    private protected override object[] MakeGroups() => [new AccountParameters(), new PermissionParameters()];

    private protected override (NatsStore Store, EntityPath? Parent, SigningKeyArgument? Piped) ResolveParent()
    {
        NatsOperator parent = OperatorArgument.Resolve(Above(nameof(Operator), Operator), Stores.Open);
        return (parent.Store, parent.Path, Operator?.SigningKey);
    }

    private protected override Func<EntityEditor, NewEntity, NatsAccount> Creation(EntityPath? parent)
    {
        AccountParameters settings = Given<AccountParameters>();
        PermissionParameters permissions = Given<PermissionParameters>();
        return (editor, request) =>
        {
            using NatsKeyPair? signingKey = GenerateSigningKey ? NatsKeyPair.Generate(NatsKeyType.Account) : null;
            return editor.CreateAccount(request with { NewSigningKeys = signingKey is null ? [] : [signingKey] }, parent!, Configure);
        };

        void Configure(AccountClaims claims)
        {
            settings.ApplyTo(claims);
            permissions.ApplyTo(claims.DefaultPermissions);
        }
    }

    private protected override void ApplyTo(NatsAccount existing)
    {
        AccountClaims claims = existing.Claims;
        Given<AccountParameters>().ApplyTo(claims);
        Given<PermissionParameters>().ApplyTo(claims.DefaultPermissions);
    }
}
