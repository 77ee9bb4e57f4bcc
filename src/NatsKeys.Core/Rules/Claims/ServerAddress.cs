namespace NatsKeys.Rules;

/// <summary>The addresses of servers, as people write them: <c>n1:4222</c> or <c>tls://n1:4222</c>.</summary>
internal static class ServerAddress
{
    /// <summary>Reads an address. A host and a port alone are those of a NATS server.</summary>
    /// <param name="text">The address.</param>
    /// <param name="schemes">The schemes that it may have, in lower case.</param>
    /// <returns>
    /// The address, with its scheme, as <see cref="Uri.OriginalString"/> has it. Null where it has no host, another scheme, a path or a user: a user
    /// may come with a password.
    /// </returns>
    public static Uri? TryRead(string text, params ReadOnlySpan<string> schemes)
    {
        string address = text.Contains("://", StringComparison.Ordinal) ? text : $"nats://{text}";

        // Uri takes white space off both ends, and an empty user for none.
        return !text.Any(character => char.IsWhiteSpace(character) || character == '@')
            && Uri.TryCreate(address, UriKind.Absolute, out Uri? read)
            && read is { Host.Length: > 0, AbsolutePath: "/" }
            && schemes.Contains(read.Scheme)
            ? read
            : null;
    }
}
