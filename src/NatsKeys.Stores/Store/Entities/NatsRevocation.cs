namespace NatsKeys.Store;

/// <summary>A key whose tokens are refused: that of a user, or of an account that had an activation.</summary>
public sealed class NatsRevocation : AccountItem
{
    internal NatsRevocation(NatsAccount account, NatsExport? export, string publicKey, long upTo)
        : base(account)
    {
        Export = export;
        PublicKey = publicKey;
        At = UnixTime.ToDate(upTo) ?? DateTimeOffset.UnixEpoch;
    }

    /// <summary>The export whose activations are revoked; null where users are.</summary>
    public NatsExport? Export { get; }

    /// <summary>The public key of a user or importing account, or <c>*</c> for all of them.</summary>
    public string PublicKey { get; }

    /// <summary>Tokens that were issued up to this time are refused.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The public key.</summary>
    public override string ToString() => VisibleText.Of(PublicKey);
}
