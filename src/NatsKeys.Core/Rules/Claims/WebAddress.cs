using System.Buffers;

namespace NatsKeys.Rules;

/// <summary>
/// The parts of a URL that rules need, parsed as in the reference implementation: a scheme, and after two slashes a user, host and path. It serves
/// only the rules, which must agree with servers: .NET's Uri is stricter in places and more lenient in others.
/// </summary>
internal sealed record WebAddress(string Scheme, string User, string Host, string Path)
{
    private static readonly SearchValues<char> SchemeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    private static readonly SearchValues<char> NotInHosts = SearchValues.Create(" \"<>\\^`{|}");

    /// <summary>Parses a text; null if it is not a URL.</summary>
    public static WebAddress? Parse(string text)
    {
        if (text.Any(character => character is < ' ' or '\x7f') || !HasGoodEscapes(text))
        {
            return null;
        }

        int fragment = text.IndexOf('#', StringComparison.Ordinal);
        string rest = fragment < 0 ? text : text[..fragment];
        if (!TryTakeScheme(ref rest, out string scheme))
        {
            return null;
        }

        int query = rest.IndexOf('?', StringComparison.Ordinal);
        rest = query < 0 ? rest : rest[..query];
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            // Without a scheme, a colon in the first segment would be mistaken for the end of one.
            string first = rest.Split('/')[0];
            return scheme.Length == 0 && first.Contains(':', StringComparison.Ordinal) ? null : new WebAddress(scheme, "", "", rest);
        }

        int slash = rest.IndexOf('/', 2);
        string authority = slash < 0 ? rest[2..] : rest[2..slash];
        int at = authority.LastIndexOf('@');
        string user = at < 0 ? "" : authority[..at];
        string host = authority[(at + 1)..];
        return IsHost(host) ? new WebAddress(scheme, at < 0 ? "" : user + "@", host, slash < 0 ? "" : rest[slash..]) : null;
    }

    private static bool TryTakeScheme(ref string rest, out string scheme)
    {
        scheme = "";
        int colon = rest.IndexOf(':', StringComparison.Ordinal);
        if (colon == 0)
        {
            return false;
        }

        if (colon > 0 && char.IsAsciiLetter(rest[0]) && rest.AsSpan(0, colon).IndexOfAnyExcept(SchemeCharacters) < 0)
        {
            scheme = rest[..colon].ToUpperInvariant();
            rest = rest[(colon + 1)..];
        }

        return true;
    }

    private static bool IsHost(string host)
    {
        if (host.StartsWith('['))
        {
            int close = host.IndexOf(']', StringComparison.Ordinal);
            return close > 0 && IsPort(host[(close + 1)..]);
        }

        int colon = host.LastIndexOf(':');
        string port = colon < 0 ? "" : host[colon..];
        string name = colon < 0 ? host : host[..colon];
        return IsPort(port) && !name.AsSpan().ContainsAny(NotInHosts);
    }

    private static bool IsPort(string text) => text.Length == 0 || (text[0] == ':' && text.Skip(1).All(char.IsAsciiDigit));

    private static bool HasGoodEscapes(string text)
    {
        for (int index = text.IndexOf('%', StringComparison.Ordinal); index >= 0; index = text.IndexOf('%', index + 1))
        {
            if (index + 2 >= text.Length || !char.IsAsciiHexDigit(text[index + 1]) || !char.IsAsciiHexDigit(text[index + 2]))
            {
                return false;
            }
        }

        return true;
    }
}
