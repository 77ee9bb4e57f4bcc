using System.Buffers.Text;
using System.Globalization;
using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Jwt;

/// <summary>
/// The limits for the length and nesting of tokens: those of servers, of their messages and of their protocol lines. Reading and signing use the same
/// limits.
/// </summary>
internal static class TokenLimits
{
    /// <summary>
    /// The longest token that servers and this library read, in characters. It is also the longest message that a server accepts by default.
    /// </summary>
    internal const int MaximumLength = 1024 * 1024;

    /// <summary>The maximum nesting depth of the JSON of a token.</summary>
    internal const int MaximumDepth = 64;

    /// <summary>
    /// The longest CONNECT argument that a server accepts by default (<c>max_control_line</c>), in bytes. The token of a user is a part of it.
    /// </summary>
    internal const int MaximumControlLine = 4096;

    /// <summary>The size of everything but the token in the shortest CONNECT argument: braces, names, quotes and the signature.</summary>
    private const int ControlLineOverhead = 104;

    /// <summary>The percentage of a limit above which a warning is given.</summary>
    private const int WarningPercent = 90;

    /// <summary>An upper bound for the size of the members that signing adds to a token.</summary>
    private const int SignedMembers = 300;

    /// <summary>The name of the rule about the control line, for messages.</summary>
    private const string ControlLineRule = "connect.control-line";

    /// <summary>The length of a token with a payload.</summary>
    internal static int LengthOf(GoJsonWriter payload) =>
        JwtWriter.Header.Length + 1 + Base64Url.GetEncodedLength(payload.Written.Length) + 1 + Base64Url.GetEncodedLength(ISigner.SignatureLength);

    /// <summary>Throws if a token is too long to be read.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.TokenTooLarge"/>.</exception>
    internal static void RequireReadable(string token)
    {
        if (token.Length > MaximumLength)
        {
            throw new NatsKeysException(
                ErrorCode.TokenTooLarge, $"The token has {Number(token.Length)} characters. At most {Number(MaximumLength)} are allowed.");
        }
    }

    /// <summary>Throws if neither servers nor this library could read the token.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.TokenTooLarge"/>, or <see cref="ErrorCode.InvalidClaims"/>: it is nested too deeply.
    /// </exception>
    internal static void RequireWritable(GoJsonWriter payload, string? name)
    {
        // Nearly every token is writable, so the text for messages is made late.
        string What() => string.IsNullOrEmpty(name) ? "The token" : $"The token of '{name}'";
        if (LengthOf(payload) is var length and > MaximumLength)
        {
            throw new NatsKeysException(
                ErrorCode.TokenTooLarge,
                $"{What()} would have {Number(length)} characters. Servers read at most {Number(MaximumLength)}. Nothing was signed.");
        }

        if (payload.Depth > MaximumDepth)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims, $"{What()} would be nested {payload.Depth} levels deep. At most {MaximumDepth} levels can be read. Nothing "
                    + "was signed.");
        }
    }

    /// <summary>The maximum length of the token of claims, including the issue time, identifier and issuer that signing adds.</summary>
    /// <exception cref="NatsKeysException">The claims cannot be signed; see <see cref="RequireWritable"/>.</exception>
    internal static int LengthOf(ClaimSet claims)
    {
        GoJsonWriter payload = ClaimJson.BorrowPayload(claims);
        RequireWritable(payload, claims.Name);
        int length = LengthOf(payload) + SignedMembers;
        payload.Return();
        return length;
    }

    /// <summary>Whether a user's token is too long to connect to a server with default settings, whatever else the client sends.</summary>
    internal static bool ExceedsControlLine(int length) => length + ControlLineOverhead > MaximumControlLine;

    /// <summary>A warning about the length of a token; null if it is not near a limit.</summary>
    /// <param name="kind">The kind of the token.</param>
    /// <param name="length">The length of the token in characters.</param>
    /// <param name="what">The subject of the token, for messages: its text, or an object with that text.</param>
    internal static string? Warning(ClaimKind kind, int length, object what)
    {
        if (kind == ClaimKind.User && IsNear(length + ControlLineOverhead, MaximumControlLine))
        {
            string verdict = ExceedsControlLine(length)
                ? $"servers with the default max_control_line of {MaximumControlLine} bytes refuse it"
                : $"together with the other data that clients send, it may exceed the default max_control_line of {MaximumControlLine} bytes";
            return $"The token of the {what} has {Number(length)} characters: {verdict} ({ControlLineRule}). Reduce its permissions, sign it "
                + "with a scoped signing key, or raise max_control_line on the servers.";
        }

        return IsNear(length, MaximumLength)
            ? $"The token of the {what} has {Number(length)} characters, and servers read at most {Number(MaximumLength)}. {WaysToShorten(kind)}"
            : null;
    }

    /// <summary>A warning about the length of a token; null if it is not near a limit.</summary>
    /// <param name="jwt">The token.</param>
    public static string? Warning(NatsJwt jwt) => Warning(jwt.Kind, jwt.Token.Length, string.IsNullOrEmpty(jwt.Name) ? jwt.Subject ?? "" : jwt.Name);

    private static string WaysToShorten(ClaimKind kind) => kind == ClaimKind.Account
        ? "A revocation of all users ('*') covers all earlier ones, which can then be pruned."
        : "Remove claims that are not needed.";

    private static bool IsNear(long length, long limit) => length * 100 > limit * WarningPercent;

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
