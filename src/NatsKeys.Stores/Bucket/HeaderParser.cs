using System.Text;
using NATS.Client.Core;

namespace NatsKeys.Bucket;

/// <summary>The headers of a stored message as servers give them: the lines of the protocol, in Base64.</summary>
internal static class HeaderParser
{
    /// <summary>Reads the headers; there are none where there is no text.</summary>
    public static NatsHeaders Read(string? text)
    {
        var headers = new NatsHeaders();
        if (string.IsNullOrEmpty(text))
        {
            return headers;
        }

        // The first line has the version of the protocol.
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
