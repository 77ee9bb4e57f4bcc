using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Inspection;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that change or remove a signing key that is listed.</summary>
public abstract class ListedKeyCmdlet : OwnerCmdlet
{
    private protected const string ByObject = "InputObject";

    /// <summary>The signing key, as Get-NatsSigningKey and Add-NatsSigningKey give it.</summary>
    [Parameter(ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    public NatsSigningKey? InputObject { get; set; }

    /// <summary>The public key, or the name of its role.</summary>
    [Parameter(ParameterSetName = OfOperator, Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = OfAccount, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ListedKeyCompleter))]
    public string Key { get; set; } = "";

    private protected override object CurrentItem => InputObject is null ? Key : InputObject;

    /// <summary>The owner in its newest state, and the public key.</summary>
    private protected (NatsEntity Owner, string PublicKey) ResolveKey()
    {
        NatsEntity owner = InputObject is null ? ResolveOwner() : InputObject.Store.Get(InputObject.GetOwner().Path);
        return (owner, InputObject?.PublicKey ?? SigningKeyLookup.KeyOf(owner, Key));
    }
}
