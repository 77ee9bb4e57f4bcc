using NatsKeys.Credentials;
using NatsKeys.Entities;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A token, given as text or as something that has one: an entity, credentials, a file, a token that was read.</summary>
public sealed class TokenArgument
{
    private readonly Func<NatsJwt> read;

    /// <summary>Takes a token's text.</summary>
    /// <param name="text">The text.</param>
    public TokenArgument(string text) => read = () => JwtReader.Read(text);

    /// <summary>Takes a token that was read.</summary>
    /// <param name="jwt">The token.</param>
    public TokenArgument(NatsJwt jwt) => read = () => jwt;

    /// <summary>Takes credentials.</summary>
    /// <param name="credential">The credentials.</param>
    public TokenArgument(NatsCredential credential) => read = () => credential.Token;

    /// <summary>Takes an entity.</summary>
    /// <param name="entity">The entity.</param>
    public TokenArgument(NatsEntity entity) => read = () =>
        JwtReader.Read(entity.Jwt ?? throw new NatsKeysException(ErrorCode.TokenMalformed, $"The {entity.Path} is not signed yet, so it has no token."));

    /// <summary>Takes a file that holds a token.</summary>
    /// <param name="file">The file.</param>
    public TokenArgument(FileInfo file) => read = () => SecretText.ReadToken(file.FullName);

    /// <summary>The token, its signature checked.</summary>
    internal NatsJwt Read() => read();
}
