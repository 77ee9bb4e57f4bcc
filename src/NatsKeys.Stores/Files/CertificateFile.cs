using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NatsKeys.Files;

/// <summary>Reads certificates for TLS: PEM files, PKCS #12 files, and certificates of authorities. Errors name the file and the problem.</summary>
internal static class CertificateFile
{
    private const string PemBeginning = "-----BEGIN ";
    private const string KeyLabel = "PRIVATE KEY";
    private const string EncryptedKeyLabel = "ENCRYPTED PRIVATE KEY";
    private const string OldEncryption = "Proc-Type: 4,ENCRYPTED";
    private const int BadPassword = unchecked((int)0x80070056);

    /// <summary>Reads the certificates of authorities.</summary>
    /// <param name="path">A file with one or more certificates.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidCertificate"/>, or the file cannot be read.</exception>
    public static X509Certificate2Collection ReadAuthorities(string path)
    {
        byte[] content = Content(path);
        var found = new X509Certificate2Collection();
        try
        {
            char[] text = Text(path, content);
            if (text.AsSpan().Contains(PemBeginning, StringComparison.Ordinal))
            {
                found.ImportFromPem(text);
            }
            else
            {
                found.Add(X509CertificateLoader.LoadCertificate(content));
            }
        }
        catch (CryptographicException error)
        {
            throw Fault(path, $"The file '{path}' holds no certificate of an authority.", error);
        }

        return found.Count > 0 ? found : throw Fault(path, $"The file '{path}' holds no certificate of an authority.");
    }

    /// <summary>Reads a certificate with its private key.</summary>
    /// <param name="path">The file of the certificate: PEM, or PKCS #12 with the key in it.</param>
    /// <param name="keyPath">The file of the key; null if the certificate's file contains it.</param>
    /// <param name="passphrase">The passphrase of the key; null for none.</param>
    /// <param name="now">The time at which the certificate must be valid.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidCertificate"/>, or a file cannot be read.</exception>
    public static ClientCertificate ReadClient(string path, string? keyPath, SecretSource? passphrase, DateTimeOffset now)
    {
        byte[] content = Content(path);
        byte[] keyContent = keyPath is null ? content : Content(keyPath);
        char[] text = [];
        char[] keyText = [];
        try
        {
            text = Text(path, content);
            keyText = keyPath is null ? text : Text(keyPath, keyContent);
            ClientCertificate read = text.AsSpan().Contains(PemBeginning, StringComparison.Ordinal)
                ? FromPem(path, keyPath, text, keyText, passphrase)
                : FromBundle(path, keyPath, content, passphrase);
            RequireValid(path, read.Leaf, now);
            return read;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
            CryptographicOperations.ZeroMemory(keyContent);
            Array.Clear(text);
            Array.Clear(keyText);
        }
    }

    private static ClientCertificate FromPem(string path, string? keyPath, char[] text, char[] keyText, SecretSource? passphrase)
    {
        string keyPlace = keyPath ?? path;
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(text);
        }
        catch (CryptographicException error)
        {
            throw Fault(path, $"The certificate in '{path}' cannot be read.", error);
        }

        if (all.Count == 0)
        {
            throw Fault(path, $"The file '{path}' holds no certificate.");
        }

        string? label = LabelOfKey(keyText);
        if (label is null)
        {
            throw keyText.AsSpan().Contains(OldEncryption, StringComparison.Ordinal)
                ? Fault(
                    keyPlace,
                    $"The key in '{keyPlace}' is encrypted in the old format of OpenSSL. Convert it: openssl pkcs8 -topk8 -in key.pem -out new.pem")
                : Fault(keyPlace, $"The file '{keyPlace}' holds no private key.", remedy: keyPath is null ? Remedy.ProvideCertificateKey : null);
        }

        bool isEncrypted = label == EncryptedKeyLabel;
        if (isEncrypted && passphrase is null)
        {
            throw Fault(
                keyPlace, $"The key in '{keyPlace}' is encrypted, and no passphrase is available.", remedy: Remedy.ProvideCertificatePassphrase);
        }

        X509Certificate2? leaf = null;
        try
        {
            if (isEncrypted)
            {
                passphrase!(secret => leaf = X509Certificate2.CreateFromEncryptedPem(text, keyText, secret));
            }
            else
            {
                leaf = X509Certificate2.CreateFromPem(text, keyText);
            }
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw isEncrypted && !Opens(keyText, passphrase!)
                ? WrongPassphrase(keyPlace, error)
                : Fault(keyPlace, $"The key in '{keyPlace}' does not belong to the certificate in '{path}', or is of an unsupported kind.", error);
        }

        all[0].Dispose();
        all.RemoveAt(0);
        return new ClientCertificate(Usable(leaf!), all, isEncrypted);
    }

    private static ClientCertificate FromBundle(string path, string? keyPath, byte[] content, SecretSource? passphrase)
    {
        X509Certificate2Collection? all = null;
        try
        {
            if (passphrase is null)
            {
                all = X509CertificateLoader.LoadPkcs12Collection(content, password: null);
            }
            else
            {
                passphrase(secret => all = X509CertificateLoader.LoadPkcs12Collection(content, secret));
            }
        }
        catch (CryptographicException error) when (error.HResult == BadPassword)
        {
            throw passphrase is null
                ? Fault(path, $"The file '{path}' is encrypted, and no passphrase is available.", remedy: Remedy.ProvideCertificatePassphrase)
                : WrongPassphrase(path, error);
        }
        catch (CryptographicException error)
        {
            throw Fault(path, $"The file '{path}' holds no certificate: it is neither a PEM file nor a PFX (PKCS #12) file.", error);
        }

        if (all!.FirstOrDefault(certificate => certificate.HasPrivateKey) is not { } leaf)
        {
            throw Fault(path, $"The file '{path}' holds no private key.");
        }

        if (keyPath is not null)
        {
            throw Fault(path, $"The file '{path}' holds the certificate and its key. The key in '{keyPath}' is not needed: omit it.");
        }

        all!.Remove(leaf);
        return new ClientCertificate(leaf, all, passphrase is not null);
    }

    private static string? LabelOfKey(ReadOnlySpan<char> text)
    {
        while (PemEncoding.TryFind(text, out PemFields fields))
        {
            ReadOnlySpan<char> label = text[fields.Label];
            if (label.EndsWith(KeyLabel, StringComparison.Ordinal))
            {
                return label.ToString();
            }

            text = text[fields.Location.End..];
        }

        return null;
    }

    /// <summary>Whether a passphrase decrypts a key, regardless of the certificate.</summary>
    private static bool Opens(char[] keyText, SecretSource passphrase)
    {
        bool opens = false;
        foreach (AsymmetricAlgorithm algorithm in (AsymmetricAlgorithm[])[RSA.Create(), ECDsa.Create()])
        {
            using (algorithm)
            {
                try
                {
                    passphrase(secret => algorithm.ImportFromEncryptedPem(keyText, secret));
                    opens = true;
                }
                catch (Exception error) when (error is CryptographicException or ArgumentException)
                {
                    // The key is of another algorithm, or the passphrase is wrong.
                }
            }
        }

        return opens;
    }

    /// <summary>Reloads the certificate on Windows, where TLS cannot use a certificate whose key exists only in memory.</summary>
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            byte[] bundle = certificate.Export(X509ContentType.Pfx);
            try
            {
                return X509CertificateLoader.LoadPkcs12(bundle, password: null);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(bundle);
            }
        }
    }

    private static void RequireValid(string path, X509Certificate2 certificate, DateTimeOffset now)
    {
        DateTimeOffset end = certificate.NotAfter;
        DateTimeOffset begin = certificate.NotBefore;
        string name = TextSanitizer.Clean(certificate.Subject);
        if (now > end || now < begin)
        {
            certificate.Dispose();
            throw Fault(
                path,
                now > end
                    ? $"The certificate {name} in '{path}' expired at {end.UtcDateTime:u}."
                    : $"The certificate {name} in '{path}' is not valid before {begin.UtcDateTime:u}.");
        }
    }

    private static byte[] Content(string path) => SafeFiles.Read(path, FileKind.Certificate)
        ?? throw new NatsKeysException(ErrorCode.FileNotFound, $"The file '{path}' does not exist.") { Path = path };

    /// <summary>Returns the text of a PEM file, which the caller clears; empty if the content is binary.</summary>
    private static char[] Text(string path, byte[] content)
    {
        // Some editors write text as UTF-16, with a byte order mark.
        bool isText = content.AsSpan().IndexOf("-----BEGIN "u8) >= 0 || content is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..];
        try
        {
            return isText ? TextDecoder.DecodeSecret(content, FileKind.Certificate) : [];
        }
        catch (NatsKeysException error)
        {
            throw Fault(path, $"The file '{path}' cannot be read. {error.Message}", error);
        }
    }

    private static NatsKeysException WrongPassphrase(string path, Exception error) =>
        Fault(path, $"The passphrase does not open the key in '{path}'.", error);

    private static NatsKeysException Fault(string path, string message, Exception? error = null, Remedy? remedy = null) =>
        new(ErrorCode.InvalidCertificate, message, error) { Path = path, Remedy = remedy };
}

/// <summary>A certificate with its private key, and the intermediate certificates up to its authority.</summary>
/// <param name="Leaf">The certificate.</param>
/// <param name="Intermediates">The intermediate certificates.</param>
/// <param name="IsEncrypted">Whether the key is encrypted in its file.</param>
internal sealed record ClientCertificate(X509Certificate2 Leaf, X509Certificate2Collection Intermediates, bool IsEncrypted) : IDisposable
{
    public void Dispose()
    {
        Leaf.Dispose();
        foreach (X509Certificate2 other in Intermediates)
        {
            other.Dispose();
        }
    }
}
