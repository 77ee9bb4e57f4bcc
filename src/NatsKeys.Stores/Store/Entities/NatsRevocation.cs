using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>Represents the revocation of a key: servers reject the tokens of that user, or the activations of that account.</summary>
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
    /// The name of the user or importing account, or the public key if the store does not have it; <c>* (everybody)</c> for all of them.
    /// </summary>
    public string Revoked => PublicKey == Revocations.All ? "* (everybody)"
        : export is null ? GetAccount().UserNames.GetValueOrDefault(PublicKey, PublicKey)
        : KnownNames.OfAccount(Store, Operator, PublicKey)!;

    /// <summary>The subject of the export whose activations are revoked; null for revocations of users.</summary>
    public string? Export => export?.Subject;

    /// <summary>The type of that export, <c>stream</c> or <c>service</c>; null for revocations of users.</summary>
    public string? Type => export?.Type;

    /// <summary>Gets the export whose activations are revoked; null for revocations of users.</summary>
    public NatsExport? GetExport() => export;

    /// <summary>The public key of a user or importing account, or <c>*</c> for all of them.</summary>
    public string PublicKey { get; }

    /// <summary>The time of the revocation. Tokens that were issued up to then are rejected.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Returns who is revoked, up to when, and for which export.</summary>
    public override string ToString() => TextSanitizer.Clean(
        $"{Revoked} up to {TimeParser.Show(At)}{(Export is null ? "" : $", for {Export}")}");
}
