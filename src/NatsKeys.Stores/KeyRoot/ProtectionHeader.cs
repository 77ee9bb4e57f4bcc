using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NSec.Cryptography;

namespace NatsKeys.KeyRoot;

/// <summary>
/// The header file of a protected key root. It contains the root key, which encrypts every seed, encrypted with the passphrase. Changing the
/// passphrase creates a new header for the same root key. All members are associated data of that encryption, so an altered header cannot be opened.
/// </summary>
internal sealed class ProtectionHeader
{
    internal const string Format = "1";
    internal const string Derivation = "argon2id";
    internal const int SaltLength = 16;
    internal const int IdLength = 16;
    internal const int NonceLength = 24;
    internal const int KeyLength = 32;
    private static readonly AeadAlgorithm Algorithm = AeadAlgorithm.XChaCha20Poly1305;
    internal static readonly int WrappedLength = NonceLength + KeyLength + Algorithm.TagSize;

    private readonly ProtectionCost cost;
    private readonly byte[] salt;
    private readonly byte[] wrapped;

    private ProtectionHeader(ProtectionCost cost, byte[] salt, string id, byte[] wrapped)
    {
        this.cost = cost;
        this.salt = salt;
        Id = id;
        this.wrapped = wrapped;
    }

    /// <summary>The ID of the root key. It stays the same when the passphrase changes, and is not secret.</summary>
    public string Id { get; }

    /// <summary>Creates an ID for a new root key.</summary>
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdLength));

    /// <summary>Encrypts a root key with a passphrase.</summary>
    public static ProtectionHeader Wrap(Key rootKey, string id, ReadOnlySpan<char> passphrase, ProtectionCost cost)
    {
        var header = new ProtectionHeader(cost, RandomNumberGenerator.GetBytes(SaltLength), id, new byte[WrappedLength]);
        Span<byte> nonce = header.wrapped.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using Key passphraseKey = header.Derive(passphrase);
        byte[] raw = rootKey.Export(KeyBlobFormat.RawSymmetricKey);
        try
        {
            Algorithm.Encrypt(passphraseKey, nonce, header.AssociatedData(), raw, header.wrapped.AsSpan(NonceLength));
            return header;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(raw);
        }
    }

    /// <summary>Decrypts the root key; null if the passphrase is wrong or the header was altered.</summary>
    public Key? Unwrap(ReadOnlySpan<char> passphrase)
    {
        Span<byte> raw = stackalloc byte[KeyLength];
        using Key passphraseKey = Derive(passphrase);
        try
        {
            return Algorithm.Decrypt(passphraseKey, wrapped.AsSpan(0, NonceLength), AssociatedData(), wrapped.AsSpan(NonceLength), raw)
                ? Key.Import(Algorithm, raw, KeyBlobFormat.RawSymmetricKey, RootKeys.Exportable)
                : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(raw);
        }
    }

    public byte[] ToBytes()
    {
        YamlMapping root = Parameters();
        root.Add("root_key", Quoted(wrapped));
        return Encoding.UTF8.GetBytes(YamlWriter.Write(root));
    }

    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyDamaged"/> or <see cref="ErrorCode.StoreFormat"/>. The message does not name the file.
    /// </exception>
    public static ProtectionHeader Read(ReadOnlySpan<byte> bytes)
    {
        YamlMapping root;
        string text = TextDecoder.Decode(bytes, FileKind.Protection);
        if (text.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')))
        {
            // The parser accepts some of them.
            throw Damaged("It contains NUL characters");
        }

        try
        {
            root = YamlParser.Parse(text);
        }
        catch (NatsKeysException error)
        {
            throw new NatsKeysException(ErrorCode.KeyDamaged, error.Message, error);
        }

        var header = new ProtectionHeader(
            ReadCost(root),
            ReadBytes(root, "salt", SaltLength),
            Base64Url.EncodeToString(ReadBytes(root, "id", IdLength)),
            ReadBytes(root, "root_key", WrappedLength));
        int known = header.Parameters().Members.Count + 1;
        return root.Members.Count == known ? header : throw Damaged($"It has {root.Members.Count} members. Expected: {known}");
    }

    private static ProtectionCost ReadCost(YamlMapping root)
    {
        string format = ReadText(root, "format");
        bool isNumber = uint.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        YamlFields.RequireFormat(format, Format, isNumber ? ErrorCode.StoreFormat : ErrorCode.KeyDamaged);
        if (ReadText(root, "kdf") is var kdf && kdf != Derivation)
        {
            throw Damaged($"'kdf' is '{kdf}'. This version supports {Derivation}");
        }

        _ = ReadNumber(root, "parallelism", ProtectionCost.Parallelism, ProtectionCost.Parallelism);
        return new ProtectionCost(
            ReadNumber(root, "memory", ProtectionCost.LeastMemory, ProtectionCost.MostMemory),
            ReadNumber(root, "passes", ProtectionCost.LeastPasses, ProtectionCost.MostPasses));
    }

    private static int ReadNumber(YamlMapping root, string name, int least, int most)
    {
        string text = ReadText(root, name);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw Damaged($"'{name}' is '{text}'. A number from {least} to {most} is expected");
    }

    private static byte[] ReadBytes(YamlMapping root, string name, int length) =>
        Base64UrlReader.Decode(ReadText(root, name)) is { } bytes && bytes.Length == length
            ? bytes
            : throw Damaged($"'{name}' is not the base64 text of {length} bytes");

    private static string ReadText(YamlMapping root, string name) => root.FindText(name) ?? throw Damaged($"'{name}' is missing");

    private static NatsKeysException Damaged(string reason) => new(ErrorCode.KeyDamaged, reason + ".");

    private static YamlScalar Quoted(ReadOnlySpan<byte> bytes) => new(Base64Url.EncodeToString(bytes), isPlain: false);

    private static YamlScalar Number(int number) => new(number.ToString(CultureInfo.InvariantCulture), isPlain: true);

    private YamlMapping Parameters()
    {
        var root = new YamlMapping();
        root.Add("format", new YamlScalar(Format, isPlain: true));
        root.Add("kdf", new YamlScalar(Derivation, isPlain: false));
        root.Add("memory", Number(cost.Memory));
        root.Add("passes", Number(cost.Passes));
        root.Add("parallelism", Number(ProtectionCost.Parallelism));
        root.Add("salt", Quoted(salt));
        root.Add("id", new YamlScalar(Id, isPlain: false));
        return root;
    }

    // A fixed form, so that it does not depend on the YAML writer.
    private byte[] AssociatedData() =>
        Encoding.UTF8.GetBytes(string.Concat(Parameters().Members.Select(member => $"{member.Key.Text}={member.Value.AsText()}\n")));

    private Key Derive(ReadOnlySpan<char> passphrase)
    {
        byte[] bytes = SecretArray.Of<byte>(Encoding.UTF8.GetByteCount(passphrase));
        try
        {
            Encoding.UTF8.GetBytes(passphrase, bytes);
            return cost.ToAlgorithm().DeriveKey(bytes, salt, Algorithm);
        }
        catch (CryptographicException error)
        {
            throw new NatsKeysException(
                ErrorCode.KeyStoreLocked, $"The passphrase could not be checked: this needs {cost.Memory} KiB of free memory.", error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
