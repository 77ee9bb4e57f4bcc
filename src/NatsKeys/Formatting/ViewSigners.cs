using NatsKeys.Editing;

namespace NatsKeys.Formatting;

/// <summary>The texts of who shall sign, in the default views.</summary>
public static class ViewSigners
{
    /// <summary>What a signing request asks for, one a line.</summary>
    /// <param name="signatures">The signatures that it asks for.</param>
    public static string Signatures(IEnumerable<RequestedSignature> signatures) => ViewText.Lines(signatures.Select(signature =>
        $"{signature.Path} by {signature.SigningKey}, "
            + $"{(signature.Token is { } token ? $"signed at {TimeText.Show(token.IssuedAt)}" : "not signed yet")}"));
}
