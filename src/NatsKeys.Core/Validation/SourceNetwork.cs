using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace NatsKeys.Validation;

/// <summary>The networks from which a user may connect.</summary>
internal static partial class SourceNetwork
{
    /// <summary>The length of what stands before an address of version 4 in one of version 6.</summary>
    private const int MappedPrefix = 96;

    /// <summary>The network of a text in CIDR form. Bits beyond the prefix may be set, which .NET's parser refuses.</summary>
    public static IPNetwork? Parse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !CidrLength().IsMatch(text.AsSpan(slash + 1)) || !IPAddress.TryParse(text.AsSpan(0, slash), out IPAddress? address) || text.Contains('%', StringComparison.Ordinal))
        {
            return null;
        }

        byte[] bytes = address.GetAddressBytes();
        int length = int.Parse(text.AsSpan(slash + 1), CultureInfo.InvariantCulture);
        bool dotted = text.AsSpan(0, slash).Count('.') == 3 || bytes.Length > 4;
        if (length > bytes.Length * 8 || !dotted)
        {
            return null;
        }

        for (int bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        // Servers take addresses of version 4 that are written as such of version 6 for what they are, and networks of them, too.
        var network = new IPAddress(bytes);
        return network.IsIPv4MappedToIPv6 && length >= MappedPrefix
            ? new IPNetwork(network.MapToIPv4(), length - MappedPrefix)
            : new IPNetwork(network, length);
    }

    /// <summary>Whether a network has an address, in whichever version it is written.</summary>
    public static bool Contains(IPNetwork network, IPAddress address) => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    [GeneratedRegex(@"^[0-9]{1,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CidrLength();
}
