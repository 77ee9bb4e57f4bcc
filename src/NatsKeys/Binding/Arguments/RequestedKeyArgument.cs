using System.Security;
using NatsKeys.Inspection;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>
/// A key, or an entity that stands for its keys: an object, a public key, the name of a role or of an entity, a seed, or the path of a key file.
/// </summary>
public sealed class RequestedKeyArgument : IArgument
{
    // The maximum length of a role's name. Keys and seeds are nearly twice as long.
    private const int MostOfName = 32;

    private readonly NatsEntity? owner;
    private readonly KeyArgument? key;
    private readonly string text;

    /// <summary>Creates the argument from an entity, which stands for its identity key and its signing keys.</summary>
    /// <param name="owner">The operator, account or user.</param>
    public RequestedKeyArgument(NatsEntity owner) => (this.owner, text) = (owner, owner.Path.ToString());

    /// <summary>Creates the argument from a signing key.</summary>
    /// <param name="key">The signing key.</param>
    public RequestedKeyArgument(NatsSigningKey key) => (owner, this.key, text) = (key.GetOwner(), new KeyArgument(key), key.PublicKey);

    /// <summary>Creates the argument from a key pair.</summary>
    /// <param name="key">The key pair.</param>
    public RequestedKeyArgument(NatsKeyPair key) => (this.key, text) = (new KeyArgument(key), key.PublicKey);

    /// <summary>Creates the argument from a seed.</summary>
    /// <param name="seed">The seed.</param>
    public RequestedKeyArgument(SecureString seed) => (key, text) = (new KeyArgument(seed), "a seed");

    /// <summary>Creates the argument from a public key, the name of a role or of an entity, a seed, or the path of a key file.</summary>
    /// <param name="text">The text.</param>
    public RequestedKeyArgument(string text) => this.text = text.Trim();

    object IArgument.Given => owner ?? (object)ToString();

    /// <summary>The key or owner, for messages.</summary>
    public override string ToString() => SecretShape.Mask(text);

    /// <summary>Gets the public key, and its owner if known. Without a key, the entity stands for all its keys.</summary>
    /// <param name="roles">Returns the signing keys in which a role is searched.</param>
    /// <param name="entity">Returns the entity of a name; null if there is none.</param>
    /// <param name="fullPath">Makes a path absolute.</param>
    /// <param name="scope">The account or operator from other parameters; null for none.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyNotFound"/>; or <see cref="ErrorCode.EntityAmbiguous"/>: the input belongs to another account or operator.
    /// </exception>
    internal (NatsEntity? Owner, string? PublicKey) Resolve(
        Func<IEnumerable<NatsSigningKey>> roles, Func<string, NatsEntity?> entity, Func<string, string> fullPath, NatsEntity? scope)
    {
        if (owner is not null && scope is not null && !AreInLine(owner.Path, scope.Path))
        {
            throw new NatsKeysException(
                ErrorCode.EntityAmbiguous, $"The {owner.Path} does not belong to the {scope.Path}. Specify one of the two.");
        }

        if (owner is not null || key is not null)
        {
            return (owner, PublicKeyOf(key, fullPath));
        }

        bool isKey = NatsKeyPair.IsSeed(text) || PublicNkey.TryGetType(text, out _);
        NatsSigningKey[] found = isKey ? [] : [.. roles().Where(listed => listed.Role == text)];
        return found switch
        {
            [] when !isKey && entity(text) is { } named => (named, null),
            [] => (null, ReadKey(roles, fullPath)),
            [var only] => (only.GetOwner(), only.PublicKey),
            _ => throw RoleKeys.Ambiguous(found, text),
        };
    }

    /// <summary>Whether one of two entities is above the other, or both are the same.</summary>
    private static bool AreInLine(EntityPath one, EntityPath other) =>
        one.Operator.Equals(other.Operator, StringComparison.OrdinalIgnoreCase)
            && (one.Account is null || other.Account is null || one.Account.Equals(other.Account, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the text as a key. A text that is much shorter than a key is reported as an unknown role.</summary>
    private string? ReadKey(Func<IEnumerable<NatsSigningKey>> roles, Func<string, string> fullPath)
    {
        try
        {
            return PublicKeyOf(new KeyArgument(text), fullPath);
        }
        catch (NatsKeysException error) when (text.Length <= MostOfName && error.Path is null)
        {
            throw RoleNames.Unknown(
                $"{SecretShape.Show(text)} is neither a public key, nor a role, nor an entity, nor a key file.", RoleNames.Suggest(roles(), text),
                cause: error);
        }
    }

    private static string? PublicKeyOf(KeyArgument? argument, Func<string, string> fullPath)
    {
        using NatsKeyPair? pair = argument?.Resolve(fullPath);
        return pair?.PublicKey;
    }
}
