namespace NatsKeys.Inspection;

/// <summary>What a diagram shows besides accounts, their exports and imports.</summary>
/// <param name="Users">Whether users are drawn. With access: whether the users of roles are named.</param>
/// <param name="SigningKeys">Whether signing keys are drawn, with lines to what they signed.</param>
/// <param name="Access">Whether the roles and users that use the exports and imports are drawn.</param>
internal readonly record struct DiagramContent(bool Users = false, bool SigningKeys = false, bool Access = false);

/// <summary>How much detail of the access is drawn.</summary>
internal enum AccessDetail
{
    /// <summary>A node for each role, and for all users with the same permissions. If an account has many, similar ones are joined.</summary>
    Each,

    /// <summary>One node for all roles and users that use the same exports and imports of an account.</summary>
    Alike,

    /// <summary>Only accounts, with the number of imports that are used.</summary>
    Accounts,
}

/// <summary>A Mermaid diagram.</summary>
/// <param name="Text">The Mermaid text.</param>
/// <param name="Links">The number of arrows.</param>
/// <param name="Detail">How much detail of the access is drawn.</param>
internal sealed record MermaidDiagram(string Text, int Links, AccessDetail Detail)
{
    /// <summary>The maximum number of arrows that Mermaid draws, unless its setting maxEdges is raised.</summary>
    public const int MaximumLinks = 500;

    /// <summary>The maximum number of characters that Mermaid draws, unless its setting maxTextSize is raised.</summary>
    public const int MaximumLength = 50_000;

    /// <summary>Whether arrows of access may be missing, because subjects have more routes than are followed.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether Mermaid draws the diagram with its default settings.</summary>
    public bool IsSmall => Links <= MaximumLinks && Text.Length <= MaximumLength;

    /// <summary>Whether the arrows can still be followed. With the least detail, only the limits of Mermaid count.</summary>
    public bool IsReadable => IsSmall && Links <= Detail switch
    {
        AccessDetail.Each => 150,
        AccessDetail.Alike => 300,
        _ => MaximumLinks,
    };
}
