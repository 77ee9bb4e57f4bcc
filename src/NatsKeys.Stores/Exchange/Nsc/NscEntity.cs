using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>An entity in an nsc store. Files are read only when needed, because a store may be very large.</summary>
/// <param name="Kind">The kind of entity.</param>
/// <param name="File">The path of its token file.</param>
/// <param name="Place">The name that nsc uses: that of its folder, or of its file without the extension.</param>
internal sealed record NscEntity(EntityKind Kind, string File, string Place)
{
    /// <summary>Lists the entities below it.</summary>
    public Func<IReadOnlyList<NscEntity>> Children { get; init; } = () => [];

    /// <summary>Whether it is in a place that nsc itself does not search. Names such as <c>..</c> and <c>../evil</c> lead there.</summary>
    public bool IsMisplaced { get; init; }

    /// <summary>Reads and checks the token.</summary>
    /// <exception cref="NatsKeysException">The file has no valid token, or one that does not belong there.</exception>
    public NatsJwt Read()
    {
        NatsJwt jwt = SecretFile.ReadToken(File);
        if (IsMisplaced)
        {
            // An invalid name is the most likely reason why the file is here, so it is reported first.
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

    /// <summary>The number of entities below it, at any depth.</summary>
    public int CountBelow() => Children().Sum(child => 1 + child.CountBelow());
}
