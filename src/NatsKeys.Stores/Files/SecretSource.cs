namespace NatsKeys.Files;

/// <summary>Receives the text of a secret. The text is cleared afterwards.</summary>
/// <param name="text">The text.</param>
internal delegate void SecretReader(ReadOnlySpan<char> text);

/// <summary>Passes a secret, such as a passphrase, to a reader, and clears it when the reader returns.</summary>
/// <param name="reader">Receives the secret.</param>
internal delegate void SecretSource(SecretReader reader);
