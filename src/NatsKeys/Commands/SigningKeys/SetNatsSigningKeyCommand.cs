using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Claims;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Inspection;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Changes the role of an account's signing key, and the permissions of its users.</summary>
[Cmdlet(VerbsCommon.Set, Nouns.SigningKey, SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(NatsSigningKey))]
public sealed class SetNatsSigningKeyCommand : ListedKeyCmdlet, IDynamicParameters
{
    private readonly UserPermissionParameters permissions = new();
    private readonly UserPermissionRemovals removals = new();
    private readonly UserPermissionAdditions additions = new();
    private ParameterGroups? groups;

    /// <summary>The name of the role. A key that had none becomes a scoped one: users that it signed must be signed again.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RoleNameCompleter))]
    public string? Role { get; set; }

    /// <summary>A description of the role; empty for none.</summary>
    [Parameter]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Description { get; set; }

    /// <summary>Returns the signing key in its new state.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Gets the parameters of the template.</summary>
    public object GetDynamicParameters() => (groups = new ParameterGroups(permissions, additions, removals)).Parameters;

    private protected override RoleChoice Choice => RoleChoice.Successor;

    private protected override void Change(string key)
    {
        (NatsEntity owner, string publicKey) = ResolveKey(key);
        groups?.Bind();
        var wanted = new ScopeChangeRequest { Role = Role, Description = Description, Template = ApplyTo };
        SigningKeyChangeResult? change = Changes.Perform(
            owner,
            $"Change {SignerName.Briefly(owner, publicKey)} and sign again",
            () => Changes.Editor(owner.Store).SetSigningKey(owner.Path, publicKey, ChosenKey(), wanted),
            rehearsed => ChangeMessages.Details(rehearsed.IsChanged, rehearsed.Differences, owner));
        if (change is not null || StoreChanges.IsWhatIf(this))
        {
            Messages.WriteMissing($"role '{change?.Key.Role ?? RoleOf(owner, publicKey)}' of {owner.Path}", removals.Missing);
        }

        if (change is null)
        {
            return;
        }

        var result = new EntityChangeResult(change.Key.GetOwner(), change.IsChanged);
        Messages.WriteChange(result);
        Messages.WriteOpened(result, removals, $"Users of role '{change.Key.Role}' of {owner.Path}");
        Messages.WriteInvalid(SignerName.OfKey(owner, publicKey, "the signing key "), change.Refused, owner.Path, " before it had a role");
        if (change.IsChanged && owner is NatsAccount account && Leaving(account, publicKey) is { } old)
        {
            WriteWarning(
                $"Credentials that the old key {old} signed keep the former permissions of role '{change.Key.Role}' until the rotation ends. End it "
                    + $"with Update-NatsSigningKey {old}, or change that key, too.");
        }

        if (PassThru)
        {
            WriteObject(change.Key);
        }
    }

    /// <summary>The name that the role has or is to have.</summary>
    private string? RoleOf(NatsEntity owner, string publicKey) => Role ?? (owner as NatsAccount)?.ScopeOf(publicKey)?.Role;

    /// <summary>The key that this one replaces, if the account still lists it; null for none.</summary>
    private static string? Leaving(NatsAccount account, string publicKey) => account.OpenRotations()
        .Find(rotation => rotation.NewKey == publicKey && account.Wanted.ListedKeys.Contains(rotation.OldKey))?.OldKey;

    private void ApplyTo(UserPermissions template)
    {
        permissions.ApplyTo(template);
        removals.ApplyTo(template);
        additions.ApplyTo(template);
    }
}
