namespace NatsKeys.Keys;

/// <summary>Inspects the text form of public keys (<c>O…</c>, <c>A…</c>, <c>U…</c>, <c>N…</c>, <c>C…</c>, <c>X…</c>; 56 characters).</summary>
public static class PublicNkey
{
    /// <summary>
    /// Determines whether a text is a public key, and its type. Only the canonical spelling is accepted; white space is not trimmed.
    /// </summary>
    /// <param name="text">The text to check.</param>
    /// <param name="type">The type of the key, if it is one.</param>
    public static bool TryGetType(ReadOnlySpan<char> text, out NatsKeyType type)
    {
        Span<byte> key = stackalloc byte[KeyEncoding.RawLength];
        return KeyEncoding.DecodePublic(text, out type, key) is null;
    }

    /// <summary>Whether the text is a public key of one type.</summary>
    /// <param name="text">The text to check.</param>
    /// <param name="type">The type.</param>
    public static bool Is(ReadOnlySpan<char> text, NatsKeyType type) => TryGetType(text, out NatsKeyType found) && found == type;

    /// <summary>Throws if a text is not a public key. The message does not repeat a text that may be a seed.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidPublicKey"/>.</exception>
    internal static string Require(string text) =>
        TryGetType(text, out _) ? text : throw new NatsKeysException(ErrorCode.InvalidPublicKey, $"{SecretShape.Show(text)} is not a public key.");
}
