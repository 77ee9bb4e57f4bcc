using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace NatsKeys.Validation;

/// <summary>The networks from which a user may connect.</summary>
internal static partial class SourceNetwork
{
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

        return new IPNetwork(new IPAddress(bytes), length);
    }

    [GeneratedRegex(@"^[0-9]{1,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CidrLength();
}
