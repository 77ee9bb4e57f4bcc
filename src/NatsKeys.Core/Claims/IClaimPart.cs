namespace NatsKeys.Claims;

/// <summary>A part of claims that can be made read-only, and copied.</summary>
internal interface IClaimPart
{
    /// <summary>Whether it and all its parts are read-only.</summary>
    bool IsReadOnly { get; }

    /// <summary>Makes it and all its parts read-only. Only the creator of the object may call this.</summary>
    void Freeze();

    /// <summary>Creates a copy that can be changed. It shares nothing that can change.</summary>
    object Copy();
}
