using NatsKeys.Files;
using NatsKeys.Jwt;

namespace NatsKeys.Exchange;

/// <summary>Downloads tokens from web servers, on which activations are sometimes published.</summary>
internal static class TokenDownload
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Downloads a token, bare or in a PEM-like block, and checks its signature.</summary>
    /// <param name="address">A URL with the scheme https or http.</param>
    /// <param name="cancellation">Cancels the download.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.DownloadFailed"/>: the download failed. Other codes: the download is not a valid token.
    /// </exception>
    public static NatsJwt Read(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var client = new HttpClient { Timeout = Patience, MaxResponseContentBufferSize = FileKind.Token.MaximumBytes };
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using HttpResponseMessage response = client.Send(request, cancellation);
            response.EnsureSuccessStatusCode();
            using var content = new MemoryStream();
            response.Content.CopyTo(content, context: null, cancellation);
            return JwtReader.Read(TokenFinder.Find(TextDecoder.Decode(content.GetBuffer().AsSpan(0, (int)content.Length), FileKind.Token)));
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or IOException && !cancellation.IsCancellationRequested)
        {
            throw new NatsKeysException(ErrorCode.DownloadFailed, $"The token cannot be downloaded from '{address}': {error.Message}", error);
        }
    }
}
