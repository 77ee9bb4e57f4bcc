namespace NatsKeys.Binding;

/// <summary>Converts names of parameters and types to the lower case of claims.</summary>
internal static class ClaimNames
{
#pragma warning disable CA1308 // Tokens have these words in lower case.
    public static string Fold(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308

    public static string? FoldOrNull(string? name) => name is null ? null : Fold(name);
}
