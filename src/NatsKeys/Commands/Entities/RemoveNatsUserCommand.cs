using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Formatting;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Removes a user, and revokes it in its account.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.User, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EntityRemovalResult))]
public sealed class RemoveNatsUserCommand : RemoveEntityCmdlet<UserArgument>
{
    private readonly Dictionary<(NatsStore Store, EntityPath Account), List<EntityPath>> revoked = [];

    /// <summary>The user: an object, or a name such as <c>U</c> or <c>A/U</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "The users.")]
    [EntityName(typeof(UserArgument[]))]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public UserArgument[] User { get; set; } = [];

    /// <summary>The account of the user. The default is all accounts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the user. The default is all operators.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>
    /// The key that signs the account, in which the user is revoked. The default is the account's current issuer, or the key that signs any change of
    /// it.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorSignerCompleter))]
    public SigningKeyArgument? SigningKey { get; set; }

    /// <summary>Does not revoke the user: its credentials can still be used to connect.</summary>
    [Parameter]
    public SwitchParameter NoRevocation { get; set; }

    private protected override string Action => NoRevocation ? base.Action : "Remove and revoke";

    private protected override IReadOnlyList<UserArgument> Named => User;

    /// <summary>Warns once for each account, however many users were removed.</summary>
    private protected override void ProcessAll()
    {
        foreach (((_, EntityPath account), List<EntityPath> users) in revoked)
        {
            WriteWarning(
                $"The credentials of {PathNames.Of(users)} stay valid until servers have the new {account}, which revokes them "
                    + "(Publish-NatsAccount).");
        }
    }

    private protected override (NatsStore Store, EntityPath Path) Locate(UserArgument named) =>
        Rows.Locate(named, Account, Operator);

    private protected override EntityRemovalRequest Complete(EntityRemovalRequest request) => request with
    {
        NoRevocation = NoRevocation,
        SigningKey = SigningKeyArgument.Choose(SigningKey, Paths.Full),
    };

    private protected override void Warn(EntityRemovalResult removal)
    {
        if (removal.GetRevoked() is { } account)
        {
            if (!revoked.TryGetValue((account.Store, account.Path), out List<EntityPath>? users))
            {
                revoked[(account.Store, account.Path)] = users = [];
            }

            users.Add(removal.Path);
        }
        else if (NoRevocation)
        {
            WriteWarning($"The {removal.Path} was not revoked. Its credentials stay valid.");
        }
    }
}
