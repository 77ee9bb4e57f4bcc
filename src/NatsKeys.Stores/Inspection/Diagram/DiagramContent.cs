namespace NatsKeys.Inspection;

/// <summary>What a diagram shows beside accounts, their exports and imports.</summary>
/// <param name="Users">Whether the users are drawn or, with access, the users of roles named.</param>
/// <param name="SigningKeys">Whether signing keys are drawn, with lines to what they signed.</param>
/// <param name="Access">Whether it is drawn who uses the exports and imports.</param>
internal readonly record struct DiagramContent(bool Users = false, bool SigningKeys = false, bool Access = false);

/// <summary>How much of the access is drawn.</summary>
internal enum AccessDetail
{
    /// <summary>Each role, and all users with the same permissions, as long as they are few in an account.</summary>
    Each,

    /// <summary>Those who use the same exports and imports of an account as one.</summary>
    Alike,

    /// <summary>Only accounts, and how many exports of others somebody there uses.</summary>
    Accounts,
}

/// <summary>A diagram.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Links">How many arrows it has.</param>
/// <param name="Detail">How much of the access is drawn.</param>
internal sealed record MermaidDiagram(string Text, int Links, AccessDetail Detail)
{
    /// <summary>So many arrows Mermaid draws unless its setting maxEdges is raised.</summary>
    public const int MaximumLinks = 500;

    /// <summary>So many characters Mermaid draws unless its setting maxTextSize is raised.</summary>
    public const int MaximumLength = 50_000;

    /// <summary>Whether Mermaid draws it as it is set up.</summary>
    public bool IsSmall => Links <= MaximumLinks && Text.Length <= MaximumLength;

    /// <summary>Whether somebody can still follow its arrows, or there is nothing to leave out.</summary>
    public bool IsReadable => IsSmall && Links <= Detail switch
    {
        AccessDetail.Each => 150,
        AccessDetail.Alike => 300,
        _ => MaximumLinks,
    };
}
