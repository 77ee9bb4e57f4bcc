using System.Management.Automation;
using NatsKeys.Completion;
using NatsKeys.Entities;
using NatsKeys.Signing;

namespace NatsKeys.Commands;

/// <summary>Takes a key off the list of an operator's or account's signing keys.</summary>
[Cmdlet(VerbsCommon.Remove, Nouns.SigningKey, SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(SigningKeyRemoval))]
public sealed class RemoveNatsSigningKeyCommand : OwnerCmdlet
{
    private const string ByObject = "InputObject";
    private const int MostNamed = 10;

    /// <summary>The signing key, as Get-NatsSigningKey and Add-NatsSigningKey give it.</summary>
    [Parameter(ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public NatsSigningKey? InputObject { get; set; }

    /// <summary>The public key, or the name of its role.</summary>
    [Parameter(ParameterSetName = OfOperator, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = OfAccount, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SigningKeyCompleter))]
    public string Key { get; set; } = "";

    /// <summary>Gives an object that says what was removed and which entities it had signed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object CurrentItem => InputObject is null ? Key : InputObject;

    private protected override void ProcessItem()
    {
        NatsEntity owner = InputObject is null ? ResolveOwner() : InputObject.Store.Get(InputObject.Owner.Path);
        string publicKey = InputObject?.PublicKey ?? Find(owner);
        if (!ShouldProcess($"{owner.Path} in the store {owner.Store.Location}", $"Remove the signing key {publicKey} and sign again"))
        {
            return;
        }

        SigningKeyRemoval removal = Editor(owner.Store).RemoveSigningKey(owner.Path, publicKey, ChosenKey());
        Warn(removal);
        if (PassThru)
        {
            WriteObject(removal);
        }
    }

    private string Find(NatsEntity owner)
    {
        string[] roles = owner is NatsAccount account
            ? [.. account.SigningKeys.Where(key => key.IsScoped && key.Role == Key).Select(key => key.PublicKey)]
            : [];
        return roles.Length switch
        {
            0 => Key,
            1 => roles[0],
            _ => throw new NatsKeysException(ErrorCode.EntityAmbiguous, $"{owner.Path} has {roles.Length} signing keys with the role '{Key}': {string.Join(", ", roles)}."),
        };
    }

    private void Warn(SigningKeyRemoval removal)
    {
        if (removal.Invalid.Count == 0)
        {
            return;
        }

        string names = string.Join(", ", removal.Invalid.Take(MostNamed).Select(entity => entity.Path.ToString()));
        string more = removal.Invalid.Count > MostNamed ? $" and {removal.Invalid.Count - MostNamed} more" : "";
        WriteWarning($"The signing key {removal.PublicKey} had signed what is not valid any more, once servers know {removal.Owner.Path} as it is now: {names}{more}.");
    }
}
