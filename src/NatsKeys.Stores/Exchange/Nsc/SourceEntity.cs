using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>An entity where nsc keeps it. Nothing is read before it is asked for: a store may have very many.</summary>
/// <param name="Kind">The document.</param>
/// <param name="File">The file of its token.</param>
/// <param name="Place">The name of its folder, or that of its file without the extension: what nsc calls it.</param>
internal sealed record SourceEntity(EntityKind Kind, string File, string Place)
{
    /// <summary>Lists what lies below it.</summary>
    public Func<IReadOnlyList<SourceEntity>> Children { get; init; } = () => [];

    /// <summary>Whether it lies where nsc itself does not look: names such as <c>..</c> and <c>../evil</c> lead there.</summary>
    public bool IsMisplaced { get; init; }

    /// <summary>Reads the token and checks it.</summary>
    /// <exception cref="NatsKeysException">The file holds no good token, or one that does not belong there.</exception>
    public NatsJwt Read()
    {
        NatsJwt jwt = SecretFile.ReadToken(File);
        if (IsMisplaced)
        {
            // The name says best why it came to lie here.
            SourceFault.CheckName(jwt.Name, File);
            throw SourceFault.Of(
                ErrorCode.StoreFormat,
                File,
                $"It holds the token of '{jwt.Name}', but nsc keeps no tokens in this place. To import it, specify the file itself");
        }

        if (jwt.Kind != Kind.ToClaimKind())
        {
            throw SourceFault.Of(
                ErrorCode.TokenUnsupported,
                File,
                $"It holds a token of kind {jwt.Claims.KindText ?? "generic"}, but one of kind {ClaimKinds.TextOf(Kind.ToClaimKind())} is expected");
        }

        SourceFault.CheckName(jwt.Name, File);
        SourceFault.CheckName(Place, File);
        return jwt;
    }

    /// <summary>How many entities lie below it, at whatever depth.</summary>
    public int CountBelow() => Children().Sum(child => 1 + child.CountBelow());
}
