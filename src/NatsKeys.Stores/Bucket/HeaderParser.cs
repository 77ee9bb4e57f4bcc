using System.Text;
using NATS.Client.Core;

namespace NatsKeys.Bucket;

/// <summary>Parses the headers of a stored message as servers return them: the lines of the protocol, in Base64.</summary>
internal static class HeaderParser
{
    /// <summary>Parses headers; empty if there is no text.</summary>
    public static NatsHeaders Read(string? text)
    {
        var headers = new NatsHeaders();
        if (string.IsNullOrEmpty(text))
        {
            return headers;
        }

        // The first line contains the protocol version.
        foreach (string line in Encoding.UTF8.GetString(Convert.FromBase64String(text)).Split("\r\n").Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }
        }

        return headers;
    }
}
