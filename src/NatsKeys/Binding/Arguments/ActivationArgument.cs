using NatsKeys.Exchange;
using NatsKeys.Files;
using NatsKeys.Jwt;

namespace NatsKeys.Binding;

/// <summary>An activation: an object, its text, a file, or the URL of a token.</summary>
public sealed class ActivationArgument
{
    private readonly Func<Func<string, string>, CancellationToken, NatsJwt?> read;

    /// <summary>Creates the argument from an activation.</summary>
    /// <param name="activation">The activation.</param>
    public ActivationArgument(NatsJwt activation) => read = (_, _) => activation;

    /// <summary>Creates the argument from a file.</summary>
    /// <param name="file">The file.</param>
    public ActivationArgument(FileInfo file) => read = (_, _) => SecretFile.ReadToken(file.FullName);

    /// <summary>Creates the argument from a token, a URL (<c>https://…</c>), the path of a file, or an empty text for none.</summary>
    /// <param name="text">The text.</param>
    public ActivationArgument(string text) => read = (fullPath, stopped) => FromText(text.Trim(), fullPath, stopped);

    /// <summary>Reads the activation and checks its signature; null for none.</summary>
    internal NatsJwt? Read(Func<string, string> fullPath, CancellationToken stopped) => read(fullPath, stopped);

    private static NatsJwt? FromText(string text, Func<string, string> fullPath, CancellationToken stopped)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (TokenFinder.IsLikely(text))
        {
            return JwtReader.Read(text);
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http"
            ? TokenDownload.Read(address, stopped)
            : SecretFile.ReadToken(fullPath(text));
    }
}
