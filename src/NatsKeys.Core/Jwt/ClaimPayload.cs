using System.Text;
using System.Text.Json;
using NatsKeys.Claims;

namespace NatsKeys.Jwt;

/// <summary>Reads and writes claims as JSON text: the payload of a token, without the members that signing sets.</summary>
internal static class ClaimPayload
{
    /// <summary>
    /// Reads claims of any kind. The members that signing sets (<c>iss</c>, <c>iat</c>, <c>jti</c>, <c>nats.version</c>) may be absent.
    /// </summary>
    /// <param name="json">The JSON text.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.TokenMalformed"/> or <see cref="ErrorCode.TokenUnsupported"/>; the message says what is wrong.
    /// </exception>
    public static ClaimSet Parse(string json)
    {
        using JsonDocument document = JwtReader.ParseJson(Encoding.UTF8.GetBytes(json), "The claims are not valid: the text");
        return ClaimsReader.Read(document.RootElement);
    }

    /// <summary>Writes claims unchanged, with members in the order of tokens.</summary>
    /// <param name="claims">The claims.</param>
    public static string Write(ClaimSet claims) => Encoding.UTF8.GetString(ClaimJson.Payload(claims).Written);
}
