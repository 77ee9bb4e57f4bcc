using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A token, given as text or as something that has one: an entity, credentials, a file, a token that was read.</summary>
public sealed class TokenArgument : IArgument
{
    private readonly Func<NatsJwt> read;
    private readonly string shown;

    /// <summary>Takes a token's text.</summary>
    /// <param name="text">The text.</param>
    public TokenArgument(string text) => (read, shown) = (() => JwtReader.Read(text), "(a token)");

    /// <summary>Takes a token that was read.</summary>
    /// <param name="jwt">The token.</param>
    public TokenArgument(NatsJwt jwt) => (read, shown) = (() => JwtReader.Read(jwt.Token), jwt.Subject ?? "(a token)");

    /// <summary>Takes credentials.</summary>
    /// <param name="credential">The credentials.</param>
    public TokenArgument(NatsCredential credential) => (read, shown) = (() => JwtReader.Read(credential.Token.Token), credential.ToString());

    /// <summary>Takes an entity.</summary>
    /// <param name="entity">The entity.</param>
    public TokenArgument(NatsEntity entity) => (read, shown) = (
        () =>
            JwtReader.Read(
                entity.Jwt ?? throw new NatsKeysException(ErrorCode.TokenMalformed, $"The {entity.Path} is not signed yet, so it has no token.")),
        entity.Path.ToString());

    /// <summary>Takes a file that holds a token.</summary>
    /// <param name="file">The file.</param>
    public TokenArgument(FileInfo file) => (read, shown) = (() => SecretFile.ReadToken(file.FullName), file.FullName);

    /// <summary>What has the token, for messages. The token itself lets in whoever has it, where it is a bearer's.</summary>
    public override string ToString() => shown;

    /// <summary>The token, its signature checked.</summary>
    internal NatsJwt Read() => read();
}
