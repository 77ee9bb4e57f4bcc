namespace NatsKeys.Claims;

/// <summary>Makes the parts of a <see cref="ClaimObject"/> read-only.</summary>
internal sealed class ClaimFreezer : ClaimPartMap
{
    public static readonly ClaimFreezer Instance = new();

    protected override T Visit<T>(T part)
    {
        Freeze(part);
        return part;
    }

    private static void Freeze(IClaimPart? part) => part?.Freeze();
}
