using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Entities;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that make an entity: its name, key, times and labels, and who signs it.</summary>
public abstract class NewEntityCmdlet : SigningCmdlet
{
    /// <summary>The name of the new entity.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The identity key, as a key pair, public key, seed or path of a key file. A new one is made without it. With a public key alone, the seed stays where it is.</summary>
    [Parameter]
    [ValidateNotNull]
    public KeyArgument? Key { get; set; }

    /// <summary>When the entity expires: a date, or a duration such as <c>30d</c> or <c>1d12h</c>. Never without it.</summary>
    [Parameter]
    [ValidateNotNull]
    public TimeArgument? Expires { get; set; }

    /// <summary>Before when the entity is not valid: a date or a duration.</summary>
    [Parameter]
    [ValidateNotNull]
    public TimeArgument? NotBefore { get; set; }

    /// <summary>Labels, such as <c>team:billing</c>. They are lower cased.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] Tag { get; set; } = [];

    private protected override object CurrentItem => Name;

    private protected sealed override void ProcessItem()
    {
        (NatsStore store, EntityPath? parent, SigningKeyArgument? piped) = ResolveParent();
        EntityPath path = parent?.Child(EntityName.Check(Name)) ?? new EntityPath(EntityName.Check(Name));
        Editor(store).RequireFree(path);
        if (!ShouldProcess($"{path} in the store {store.Location}", "Create and sign"))
        {
            return;
        }

        using NatsKeyPair? key = Key?.Resolve(FullPath);
        var request = new NewEntity(Name)
        {
            Key = key,
            SigningKey = ChosenKey(piped),
            Expires = Expires?.Resolve(),
            NotBefore = NotBefore?.Resolve(),
            Tags = Tag,
        };
        NatsEntity made = Create(Editor(store), request, parent);
        WriteVerbose($"Signed {made.Path} with {made.Issuer}.");
        WriteObject(made);
    }

    /// <summary>The store, the entity above (none for an operator), and the signing key that came down the pipeline with it.</summary>
    private protected abstract (NatsStore Store, EntityPath? Parent, SigningKeyArgument? Piped) ResolveParent();

    /// <summary>Makes the entity.</summary>
    private protected abstract NatsEntity Create(EntityEditor editor, NewEntity request, EntityPath? parent);
}
