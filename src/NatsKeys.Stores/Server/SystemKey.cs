using NatsKeys.Keys;

namespace NatsKeys.Server;

/// <summary>A key of the system account by which servers may let a user in.</summary>
/// <param name="Signer">What signs for it.</param>
/// <param name="Role">For people: what the key is to the account.</param>
internal sealed record SystemKey(ISigner Signer, string Role)
{
    /// <summary>For messages: the public key and what it is.</summary>
    public override string ToString() => $"{Signer.PublicKey} ({Role})";
}
