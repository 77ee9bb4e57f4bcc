namespace NatsKeys.Claims;

/// <summary>Replaces the parts that a shallow copy of a <see cref="ClaimObject"/> shares with the original by copies.</summary>
internal sealed class ClaimCopier : ClaimPartMap
{
    public static readonly ClaimCopier Instance = new();

    /// <summary>Creates a copy that can be changed. It shares nothing with the original that can change.</summary>
    public static T Copy<T>(T part)
        where T : IClaimPart => (T)part.Copy();

    protected override T Visit<T>(T part) => Copy(part);
}
