namespace NatsKeys.Claims;

/// <summary>A part of claims that can be made read-only for good, and copied.</summary>
internal interface IClaimPart
{
    /// <summary>Whether nothing can change it any more, nor anything in it.</summary>
    bool IsReadOnly { get; }

    /// <summary>Makes it and all its parts read-only. Only the one who made it may ask for this.</summary>
    void Freeze();

    /// <summary>A copy that shares nothing that can change, and that can be changed itself.</summary>
    object Copy();
}
