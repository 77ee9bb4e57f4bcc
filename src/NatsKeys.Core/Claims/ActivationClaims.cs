using System.Security.Cryptography;
using System.Text;
using NatsKeys.Keys;

namespace NatsKeys.Claims;

/// <summary>
/// The claims of an activation (<c>nats</c> object of type <c>activation</c>). It permits one account (<c>sub</c>) to import an export of another.
/// </summary>
public sealed class ActivationClaims : ClaimSet
{
    private string? importSubject;
    private string? importKind;
    private string? issuerAccount;

    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.Activation;

    /// <summary>The subject that may be imported.</summary>
    public string? ImportSubject { get => importSubject; set => Set(ref importSubject, value); }

    /// <summary><c>stream</c> or <c>service</c>.</summary>
    public string? ImportKind { get => importKind; set => Set(ref importKind, value); }

    /// <summary>The exporter's public key, if one of its signing keys is the issuer.</summary>
    public string? IssuerAccount { get => issuerAccount; set => Set(ref issuerAccount, value); }

    /// <summary>
    /// The ID under which the token may be published: padded base32 of the SHA-256 hash of the issuer, the importer and the subject up to its first
    /// wildcard token (<c>_</c> if the first token is one). Null if one of them is missing.
    /// </summary>
    public string? HashId
    {
        get
        {
            if (string.IsNullOrEmpty(Issuer) || string.IsNullOrEmpty(Subject) || string.IsNullOrEmpty(ImportSubject))
            {
                return null;
            }

            string[] plain = [.. ImportSubject.Split('.').TakeWhile(token => token is not ("*" or ">"))];
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Issuer}.{Subject}.{(plain.Length == 0 ? "_" : string.Join('.', plain))}"));
            char[] text = new char[Base32.EncodedLength(hash.Length)];
            Base32.Encode(hash, text);
            return new string(text).PadRight((text.Length + 7) / 8 * 8, '=');
        }
    }

    internal override void Map(ClaimMap map)
    {
        map.Text("subject", ref importSubject);
        map.StreamOrService("kind", ref importKind);
        map.Text("issuer_account", ref issuerAccount);
    }
}
