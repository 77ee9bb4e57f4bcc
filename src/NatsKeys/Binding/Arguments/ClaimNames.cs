namespace NatsKeys.Binding;

/// <summary>How parameters spell what claims write in lower case.</summary>
internal static class ClaimNames
{
#pragma warning disable CA1308 // Tokens have these words in lower case.
    public static string Fold(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308

    public static string? FoldOrNull(string? name) => name is null ? null : Fold(name);
}
