using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>A token: its text, or an object that has one, such as an entity, credentials, a file or a parsed token.</summary>
public sealed class TokenArgument : IArgument
{
    private readonly Func<NatsJwt> read;
    private readonly string shown;

    /// <summary>Creates the argument from a token's text.</summary>
    /// <param name="text">The text.</param>
    public TokenArgument(string text) => (read, shown) = (() => JwtReader.Read(TokenText.Of(text)), "(a token)");

    /// <summary>Creates the argument from a token that was read.</summary>
    /// <param name="jwt">The token.</param>
    public TokenArgument(NatsJwt jwt) => (read, shown) = (() => JwtReader.Read(jwt.Token), jwt.Subject ?? "(a token)");

    /// <summary>Creates the argument from credentials.</summary>
    /// <param name="credential">The credentials.</param>
    public TokenArgument(NatsCredential credential) => (read, shown) = (() => JwtReader.Read(credential.Token.Token), credential.ToString());

    /// <summary>Creates the argument from an entity.</summary>
    /// <param name="entity">The entity.</param>
    public TokenArgument(NatsEntity entity) => (read, shown, Entity) = (
        () => entity.Jwt is null
            ? throw new NatsKeysException(ErrorCode.TokenMalformed, $"The {entity.Path} is not signed yet, so it has no token.")
            : Own(entity.ReadToken()),
        entity.Path.ToString(),
        entity);

    /// <summary>Creates the argument from a file that holds a token.</summary>
    /// <param name="file">The file.</param>
    public TokenArgument(FileInfo file) => (read, shown) = (() => SecretFile.ReadToken(file.FullName), file.FullName);

    /// <summary>The entity that has the token; null for a token from elsewhere.</summary>
    internal NatsEntity? Entity { get; }

    /// <summary>The source of the token, for messages. The token itself is not shown, because a bearer token lets anyone connect.</summary>
    public override string ToString() => shown;

    /// <summary>A copy of an entity's token: the claims of the token itself are shared, and a script may change those that it gets.</summary>
    private static NatsJwt Own(NatsJwt shared) => JwtReader.Read(shared.Token);

    /// <summary>Reads the token and checks its signature.</summary>
    internal NatsJwt Read() => read();
}
