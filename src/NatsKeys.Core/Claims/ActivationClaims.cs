namespace NatsKeys.Claims;

/// <summary>The permission of one account (<c>sub</c>) to import what another exports (<c>nats</c> object of type <c>activation</c>).</summary>
public sealed class ActivationClaims : ClaimSet
{
    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.Activation;

    /// <summary>The subject that may be imported.</summary>
    public string? ImportSubject { get; set; }

    /// <summary><c>stream</c> or <c>service</c>.</summary>
    public string? ImportKind { get; set; }

    /// <summary>The exporter's public key, when one of its signing keys is the issuer.</summary>
    public string? IssuerAccount { get; set; }

    internal override void Map(ClaimMap map)
    {
        ImportSubject = map.Text("subject", ImportSubject);
        ImportKind = map.StreamOrService("kind", ImportKind);
        IssuerAccount = map.Text("issuer_account", IssuerAccount);
    }
}
