using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace NatsKeys.Rules;

/// <summary>Reads the networks from which a user may connect.</summary>
internal static partial class SourceNetwork
{
    /// <summary>The prefix length of the IPv6 addresses that contain IPv4 addresses.</summary>
    private const int MappedPrefix = 96;

    /// <summary>Parses a network in CIDR form; null if it is not valid. Bits beyond the prefix may be set, which .NET's parser rejects.</summary>
    public static IPNetwork? Parse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IsPlain(text[..slash]) || !IPAddress.TryParse(text.AsSpan(0, slash), out IPAddress? address)
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int length))
        {
            return null;
        }

        byte[] bytes = address.GetAddressBytes();
        if (length > bytes.Length * 8)
        {
            return null;
        }

        for (int bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        // Servers treat IPv4-mapped IPv6 addresses as IPv4 addresses, and networks of them likewise.
        var network = new IPAddress(bytes);
        return network.IsIPv4MappedToIPv6 && length >= MappedPrefix
            ? new IPNetwork(network.MapToIPv4(), length - MappedPrefix)
            : new IPNetwork(network, length);
    }

    /// <summary>Whether a network contains an address, which may be an IPv4-mapped IPv6 address.</summary>
    public static bool Contains(IPNetwork network, IPAddress address) => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    /// <summary>
    /// Whether an address is in a form that servers accept. .NET also accepts brackets and zones, fewer than four parts, and octal and hexadecimal
    /// parts.
    /// </summary>
    private static bool IsPlain(string address)
    {
        string dotted = address[(address.LastIndexOf(':') + 1)..];
        return !address.AsSpan().ContainsAny('[', ']', '%')
            && (dotted.Length < address.Length && !dotted.Contains('.', StringComparison.Ordinal) || Dotted().IsMatch(dotted));
    }

    [GeneratedRegex(@"^(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Dotted();
}
