namespace NatsKeys.Signing;

/// <summary>Which key was chosen where none was named, and why.</summary>
/// <param name="What">What it signs, for people.</param>
/// <param name="PublicKey">The key.</param>
/// <param name="Reason">Why it is this one.</param>
public sealed record SignerReason(string What, string PublicKey, string Reason)
{
    /// <summary>The sentence for people.</summary>
    public override string ToString() => $"No key was specified, so {PublicKey} signs the {What}: it is {Reason}.";
}
