using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Pipeline;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Adds a signing key to an operator or account.</summary>
[Cmdlet(VerbsCommon.Add, Nouns.SigningKey, SupportsShouldProcess = true, DefaultParameterSetName = OfOperator)]
[OutputType(typeof(NatsSigningKey))]
public sealed class AddNatsSigningKeyCommand : SigningCmdlet, IDynamicParameters
{
    private const string OfOperator = "Operator";
    private const string OfAccount = NewSigningKeyParameters.OfAccount;
    private NewSigningKeyParameters given = new();

    /// <summary>The operator that owns the signing keys, or the operator of the account.</summary>
    [Parameter(ParameterSetName = OfOperator, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = OfAccount)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

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

    /// <summary>
    /// Gets the parameters of the template, the account and the key. Without a piped owner or a named operator, the account has the first position.
    /// Only accounts have roles, so with a role, the named operator is that of the account.
    /// </summary>
    public object GetDynamicParameters() => given = MyInvocation.ExpectingInput || (Operator is not null && Role is null)
        ? new OwnedSigningKeyParameters()
        : new NewSigningKeyParameters();

    private protected override void ProcessItem()
    {
        NatsEntity owner = ResolveOwner();
        NatsSigningKey? added = Changes.Perform(owner, "Add a signing key and sign again", () => Add(owner), Describe);
        if (added is not null)
        {
            Messages.WriteChange(new EntityChangeResult(added.GetOwner(), IsChanged: true));
            WriteObject(added);
        }
    }

    /// <summary>
    /// The operator or account that gets the key. Only accounts have roles. A key without a role may sign everything that its owner signs, so it
    /// needs a named owner, even if there is only one operator.
    /// </summary>
    private NatsEntity ResolveOwner()
    {
        if (ParameterSetName != OfOperator)
        {
            return FirstPosition.Resolve(given.Account, Operator, Stores, MeantBy);
        }

        bool isPiped = !Typed.Contains(nameof(Operator));
        return Operator is null && Role is null
            ? throw new AdvisedException(
                ErrorCode.InvalidClaims,
                "It is not clear what gets the signing key. Specify the account, or the operator with -Operator. Nothing was signed.")
            : Operator is null || (Role is not null && !isPiped) ? AccountArgument.Resolve(null, Operator, Stores.Open)
            : isPiped && ((IEntityArgument)Operator).Text is { } name ? OwnerNamed(name)
            : OperatorArgument.Resolve(Operator, Stores.Open);
    }

    /// <summary>The owner that a piped text names.</summary>
    private NatsEntity OwnerNamed(string name)
    {
        if (Role is not null)
        {
            return AccountArgument.Resolve(new AccountArgument(name), above: null, Stores.Open);
        }

        return PipedOwner.Find(Stores.Open(), name) ?? OperatorArgument.Resolve(Operator, Stores.Open);
    }

    private NatsSigningKey Add(NatsEntity owner)
    {
        // The key pair goes down the pipeline with the signing key, so it is disposed only if it does not.
        NatsKeyPair key = given.Key?.Resolve(Paths.Full)
            ?? NatsKeyPair.Generate(owner is NatsOperator ? NatsKeyType.Operator : NatsKeyType.Account);
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
    }

    /// <summary>What -WhatIf shows. The key that a rehearsal generates is forgotten, so its text says nothing.</summary>
    private string Describe(NatsSigningKey rehearsed)
    {
        NatsEntity after = rehearsed.GetOwner();
        string details = ChangeMessages.Details(
            isChanged: true, ClaimDifference.Between(after.Wanted, after.Store.Get(after.Path).Wanted), after);
        return given.Key is null ? details.Replace(rehearsed.PublicKey, "a new key", StringComparison.Ordinal) : details;
    }

    /// <summary>What a text in the place of the account seems to mean.</summary>
    private string? MeantBy(string text) =>
        PublicNkey.TryGetType(text, out _) || NatsKeyPair.IsSeed(text) || text.EndsWith(KeyRootLayout.KeyExtension, StringComparison.Ordinal)
            ? "If it is the key to add, specify it with -Key."
        : Stores.Open().Names().Contains(text, StringComparer.OrdinalIgnoreCase) ? $"For the operator '{text}', use -Operator."
        : null;

    private NewScope? Scope()
    {
        if (Role is not null)
        {
            return new NewScope(Role, given.Make() ?? new UserPermissions(), Description);
        }

        return given.IsAnyGiven || Description is not null
            ? throw new AdvisedException(
                ErrorCode.InvalidClaims, "Permissions, limits and a description require a role. Specify its name with -Role.")
            : null;
    }
}
