using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>A key whose tokens are refused: that of a user, or of an account that had an activation.</summary>
public sealed class NatsRevocation : AccountItem
{
    private readonly NatsExport? export;

    internal NatsRevocation(NatsAccount account, NatsExport? export, string publicKey, long upTo)
        : base(account)
    {
        this.export = export;
        PublicKey = publicKey;
        At = UnixTime.ToDate(upTo) ?? DateTimeOffset.UnixEpoch;
    }

    /// <summary>
    /// The name of the user, or of the importing account; the public key where the store does not have it, and <c>* (everybody)</c> for all of them.
    /// </summary>
    public string Revoked => PublicKey == Revocations.All ? "* (everybody)"
        : export is null ? GetAccount().UserNames.GetValueOrDefault(PublicKey, PublicKey)
        : KnownNames.OfAccount(Store, Operator, PublicKey)!;

    /// <summary>The subject of the export whose activations are revoked; null where users are.</summary>
    public string? Export => export?.Subject;

    /// <summary>The export whose activations are revoked; null where users are.</summary>
    public NatsExport? GetExport() => export;

    /// <summary>The public key of a user or importing account, or <c>*</c> for all of them.</summary>
    public string PublicKey { get; }

    /// <summary>Tokens that were issued up to this time are refused.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Who is revoked, up to when, and where for which export.</summary>
    public override string ToString() => TextSanitizer.Clean(
        $"{Revoked} up to {TimeParser.Show(At)}{(Export is null ? "" : $", for {Export}")}");
}
