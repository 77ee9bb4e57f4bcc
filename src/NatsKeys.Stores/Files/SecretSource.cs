namespace NatsKeys.Files;

/// <summary>Takes the text of a secret, which is cleared afterwards.</summary>
/// <param name="text">The text.</param>
internal delegate void SecretReader(ReadOnlySpan<char> text);

/// <summary>Shows a secret, such as a passphrase, to somebody for as long as that takes.</summary>
/// <param name="reader">Who takes it.</param>
internal delegate void SecretSource(SecretReader reader);
