using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>The result of the removal of a signing key.</summary>
public sealed record SigningKeyRemovalResult
{
    private readonly NatsEntity owner;
    private readonly IReadOnlyList<NatsEntity> invalid;
    private readonly IReadOnlyList<NatsImport> invalidImports;

    internal SigningKeyRemovalResult(
        NatsEntity owner, string publicKey, IReadOnlyList<NatsEntity> invalid, IReadOnlyList<NatsImport> invalidImports)
    {
        this.owner = owner;
        PublicKey = publicKey;
        this.invalid = invalid;
        this.invalidImports = invalidImports;
    }

    /// <summary>The operator or account.</summary>
    public EntityPath Owner => owner.Path;

    /// <summary>Gets the operator or account after the change.</summary>
    public NatsEntity GetOwner() => owner;

    /// <summary>The public key that was removed.</summary>
    public string PublicKey { get; }

    /// <summary>The entities that it signed, as readable text. They are not valid until another key signs them.</summary>
    public IReadOnlyList<string> Invalid => new PrintableList<string>(invalid.Select(entity => entity.Path.ToString()));

    /// <summary>Gets the entities that it signed.</summary>
    public IReadOnlyList<NatsEntity> GetInvalid() => invalid;

    /// <summary>The imports of other accounts whose activations it signed, as readable text. They need new activations.</summary>
    public IReadOnlyList<string> InvalidImports => new PrintableList<string>(invalidImports.Select(import => import.ToString()));

    /// <summary>Gets the imports of other accounts whose activations it signed.</summary>
    public IReadOnlyList<NatsImport> GetInvalidImports() => invalidImports;

    /// <summary>Gets the tokens to publish.</summary>
    public IReadOnlyList<ServerUpdate> GetUpdates() =>
        new PrintableList<ServerUpdate>(ServerUpdate.InOrder([(owner, owner.Jwt!, "no longer lists the key")]));
}
