using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Creates an operator, signed by its own identity key.</summary>
[Cmdlet(VerbsCommon.New, Nouns.Operator, SupportsShouldProcess = true, DefaultParameterSetName = ByParent)]
[OutputType(typeof(NatsOperator))]
public sealed class NewNatsOperatorCommand : NewEntityCmdlet<NatsOperator>
{
    /// <summary>Creates the operator with a signing key, whose seed is kept in the key store.</summary>
    [Parameter]
    public SwitchParameter GenerateSigningKey { get; set; }

    /// <summary>The name of the system account to create, with a signing key, the exports for monitoring and the user 'sys'.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? SystemAccount { get; set; }

    private protected override object[] MakeGroups() => [new OperatorParameters()];

    private protected override (NatsStore Store, EntityPath? Parent, SigningKeyArgument? Piped) ResolveParent() => (Stores.Open(), null, null);

    private protected override void ApplyTo(NatsOperator existing)
    {
        if (GenerateSigningKey && existing.SigningKeys.Count == 0)
        {
            throw new AdvisedException(
                ErrorCode.InvalidClaims, $"The {existing.Path} exists and has no signing key. Add one with Add-NatsSigningKey. Nothing was signed.");
        }

        if (SystemAccount is not null && existing.Store.Find(existing.Path.Child(SystemAccount))?.Subject != existing.Claims.SystemAccount)
        {
            throw new AdvisedException(
                ErrorCode.InvalidClaims,
                $"The {existing.Path} exists, and its system account is not '{SystemAccount}'. Set it with Set-NatsOperator -SystemAccount. Nothing "
                    + "was signed.");
        }

        Given<OperatorParameters>().ApplyTo(existing.Claims);
    }

    private protected override Func<EntityEditor, NewEntity, NatsOperator> Creation(EntityPath? parent)
    {
        OperatorParameters settings = Given<OperatorParameters>();
        string? systemAccount = SystemAccount;
        return (editor, request) =>
        {
            using NatsKeyPair? signingKey = GenerateSigningKey ? NatsKeyPair.Generate(NatsKeyType.Operator) : null;
            NewEntity wanted = request with { NewSigningKeys = signingKey is null ? [] : [signingKey] };
            return systemAccount is null
                ? editor.CreateOperator(wanted, settings.ApplyTo)
                : editor.CreateOperatorWithSystemAccount(wanted, systemAccount, settings.ApplyTo);
        };
    }
}
