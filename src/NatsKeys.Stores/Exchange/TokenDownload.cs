using NatsKeys.Files;
using NatsKeys.Jwt;

namespace NatsKeys.Exchange;

/// <summary>Gets tokens from web servers, as activations are sometimes published.</summary>
internal static class TokenDownload
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Reads a token, bare or in a block, and checks its signature.</summary>
    /// <param name="address">An address with the scheme https or http.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.DownloadFailed"/>: it cannot be had; or what is there is no good token.</exception>
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
