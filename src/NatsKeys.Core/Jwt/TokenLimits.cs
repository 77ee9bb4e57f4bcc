using System.Buffers.Text;
using System.Globalization;
using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Jwt;

/// <summary>
/// How long a token may be and how deep nested: what servers read, and what fits into a message or a line of theirs. Who reads tokens and who signs
/// them ask here.
/// </summary>
internal static class TokenLimits
{
    /// <summary>
    /// The longest token that servers and this library read, in characters. It is the longest message, too, that a server takes by default.
    /// </summary>
    internal const int MaximumLength = 1024 * 1024;

    /// <summary>How deep the JSON of a token may be nested.</summary>
    internal const int MaximumDepth = 64;

    /// <summary>
    /// The longest CONNECT argument that a server takes by default (<c>max_control_line</c>), in bytes. The token of a user is a part of it.
    /// </summary>
    internal const int MaximumControlLine = 4096;

    /// <summary>What surrounds the token even in the shortest CONNECT argument: braces, names, quotes and the signature.</summary>
    private const int ControlLineOverhead = 104;

    /// <summary>The share of a limit, in percent, from which on people are warned.</summary>
    private const int WarningPercent = 90;

    /// <summary>More than the members take that a token gets when it is signed.</summary>
    private const int SignedMembers = 300;

    /// <summary>The rule about the control line, for messages.</summary>
    private const string ControlLineRule = "connect.control-line";

    /// <summary>The length that a token with some payload has.</summary>
    internal static int LengthOf(GoJsonWriter payload) =>
        JwtWriter.Header.Length + 1 + Base64Url.GetEncodedLength(payload.Written.Length) + 1 + Base64Url.GetEncodedLength(ISigner.SignatureLength);

    /// <summary>Refuses a token that is too long to be read.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.TokenTooLarge"/>.</exception>
    internal static void RequireReadable(string token)
    {
        if (token.Length > MaximumLength)
        {
            throw new NatsKeysException(
                ErrorCode.TokenTooLarge, $"The token has {Number(token.Length)} characters. At most {Number(MaximumLength)} are allowed.");
        }
    }

    /// <summary>Refuses to sign what no server, and nothing here, would read again.</summary>
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

    /// <summary>The length that the token of claims will have, at most, once they have a time, an identifier and an issuer.</summary>
    /// <exception cref="NatsKeysException">They cannot be signed: <see cref="RequireWritable"/>.</exception>
    internal static int LengthOf(ClaimSet claims)
    {
        GoJsonWriter payload = ClaimJson.BorrowPayload(claims);
        RequireWritable(payload, claims.Name);
        int length = LengthOf(payload) + SignedMembers;
        payload.Return();
        return length;
    }

    /// <summary>Whether a user's token cannot connect to a server with the usual settings, whatever the client sends with it.</summary>
    internal static bool ExceedsControlLine(int length) => length + ControlLineOverhead > MaximumControlLine;

    /// <summary>What people should know of the length of a token; null where there is room for more.</summary>
    /// <param name="kind">What it states.</param>
    /// <param name="length">Its length in characters.</param>
    /// <param name="what">Whose token it is, for messages: its text, or what has that text.</param>
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

    /// <summary>What people should know of the length of a token; null where there is room for more.</summary>
    /// <param name="jwt">The token.</param>
    public static string? Warning(NatsJwt jwt) => Warning(jwt.Kind, jwt.Token.Length, string.IsNullOrEmpty(jwt.Name) ? jwt.Subject ?? "" : jwt.Name);

    private static string WaysToShorten(ClaimKind kind) => kind == ClaimKind.Account
        ? "A revocation of all users ('*') covers all earlier ones, which can then be pruned."
        : "Remove claims that are not needed.";

    private static bool IsNear(long length, long limit) => length * 100 > limit * WarningPercent;

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
