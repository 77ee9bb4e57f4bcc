namespace NatsKeys.Rules;

/// <summary>Reads server addresses as people write them: <c>n1:4222</c> or <c>tls://n1:4222</c>.</summary>
internal static class ServerAddress
{
    /// <summary>Reads an address. Without a scheme, it is the address of a NATS server.</summary>
    /// <param name="text">The address.</param>
    /// <param name="schemes">The allowed schemes, in lower case.</param>
    /// <returns>
    /// The address; its <see cref="Uri.OriginalString"/> includes the scheme. Null if it has no host, another scheme, a path, or a user, which may
    /// come with a password.
    /// </returns>
    public static Uri? TryRead(string text, params ReadOnlySpan<string> schemes)
    {
        string address = text.Contains("://", StringComparison.Ordinal) ? text : $"nats://{text}";

        // Uri trims white space at both ends, and treats an empty user as none.
        return !text.Any(character => char.IsWhiteSpace(character) || character == '@')
            && Uri.TryCreate(address, UriKind.Absolute, out Uri? read)
            && read is { Host.Length: > 0, AbsolutePath: "/" }
            && schemes.Contains(read.Scheme)
            ? read
            : null;
    }
}
