using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Entities;
using NatsKeys.Keys;

namespace NatsKeys.Commands;

/// <summary>Puts a key on the list of an operator's or account's signing keys.</summary>
[Cmdlet(VerbsCommon.Add, Nouns.SigningKey, SupportsShouldProcess = true, DefaultParameterSetName = OfOperator)]
[OutputType(typeof(NatsSigningKey))]
public sealed class AddNatsSigningKeyCommand : OwnerCmdlet
{
    /// <summary>The key to list: a key pair, public key, seed or path of a key file. A new one is made without it. A seed that comes with it is kept in the key store.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    public KeyArgument? Key { get; set; }

    private protected override void ProcessItem()
    {
        NatsEntity owner = ResolveOwner();
        if (!ShouldProcess($"{owner.Path} in the store {owner.Store.Location}", "Add a signing key and sign again"))
        {
            return;
        }

        // The key pair goes down the pipeline with the signing key, so it is not disposed here.
        NatsKeyPair key = Key?.Resolve(FullPath) ?? NatsKeyPair.Generate(owner is NatsOperator ? NatsKeyType.Operator : NatsKeyType.Account);
        NatsSigningKey added = Editor(owner.Store).AddSigningKey(owner.Path, key, ChosenKey());
        WriteVerbose($"Signed {added.Owner.Path} with {added.Owner.Issuer}.");
        WriteObject(added);
    }
}
