using NatsKeys.Keys;

namespace NatsKeys.Server;

/// <summary>A key of the system account whose users servers may accept.</summary>
/// <param name="Signer">The signer of the key.</param>
/// <param name="Role">The relation of the key to the account, for messages.</param>
internal sealed record SystemKey(ISigner Signer, string Role)
{
    /// <summary>The public key and its relation to the account, for messages.</summary>
    public override string ToString() => $"{Signer.PublicKey} ({Role})";
}
