namespace NatsKeys.Keys;

/// <summary>
/// Reads the text of key files, as nsc writes them (58 characters) and as <c>nk</c> prints them (seed and public key, on separate lines).
/// </summary>
internal static class KeyFile
{
    /// <summary>
    /// Finds the key in the text of a file: the first line that is a seed, otherwise the first that is a public key. Lines are trimmed. Empty lines
    /// and those that begin with <c>#</c> are skipped.
    /// </summary>
    /// <param name="text">The whole text of the file.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.NoSeedFound"/>: no line is a key; <see cref="ErrorCode.AmbiguousSeed"/>: two different seeds.
    /// </exception>
    public static NatsKeyPair Parse(ReadOnlySpan<char> text)
    {
        NatsKeyPair? found = null;
        NatsKeyPair? publicOnly = null;
        foreach (ReadOnlySpan<char> rawLine in text.TrimStart('\uFEFF').EnumerateLines())
        {
            ReadOnlySpan<char> line = rawLine.Trim();
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            if (NatsKeyPair.IsSeed(line))
            {
                NatsKeyPair next = NatsKeyPair.FromSeed(line);
                if (found is not null && found.PublicKey != next.PublicKey)
                {
                    string message = $"Two different seeds were found: those of {found.PublicKey} and {next.PublicKey}.";
                    found.Dispose();
                    next.Dispose();
                    throw new NatsKeysException(ErrorCode.AmbiguousSeed, message);
                }

                if (found is null)
                {
                    found = next;
                }
                else
                {
                    next.Dispose();
                }
            }
            else if (publicOnly is null && PublicNkey.TryGetType(line, out _))
            {
                publicOnly = NatsKeyPair.FromPublicKey(line);
            }
        }

        return found ?? publicOnly ?? throw new NatsKeysException(ErrorCode.NoSeedFound, Describe(text));
    }

    /// <summary>Describes why a text contains no key, without repeating it.</summary>
    private static string Describe(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> trimmed = text.Trim();
        if (trimmed.IsEmpty)
        {
            return "No key was found: the text is empty.";
        }

        Span<byte> raw = stackalloc byte[KeyEncoding.RawLength];
        bool oneLine = !trimmed.ContainsAny('\r', '\n');
        return oneLine && KeyEncoding.DecodePublic(trimmed, out _, raw) is { } error
            ? $"No key was found: {KeyEncoding.Explain(error)}."
            : "No key was found: no line is a seed or a public key.";
    }
}
