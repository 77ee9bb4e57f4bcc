using System.Security.Cryptography;
using System.Text;
using NatsKeys.Keys;

namespace NatsKeys.Exchange;

/// <summary>
/// The header of a backup: four lines of text, always of the same length. They hold the file type, the recipient, the public key of the ephemeral key
/// pair that sealed the backup, and the sealed content key. The header is associated data of the content, so changing one byte of it makes the
/// content unreadable.
/// </summary>
internal sealed class BackupHeader
{
    public const int Length = 237;
    private readonly byte[] bytes;
    private readonly string sender;
    private readonly byte[] sealedKey;

    private BackupHeader(byte[] bytes, string recipient, string sender, byte[] sealedKey)
    {
        this.bytes = bytes;
        this.sender = sender;
        this.sealedKey = sealedKey;
        Recipient = recipient;
    }

    /// <summary>The first bytes of backups of every version.</summary>
    public static ReadOnlySpan<byte> Prefix => "natskeys-backup-"u8;

    /// <summary>The public key of the recipient, whose private key opens the backup.</summary>
    public string Recipient { get; }

    /// <summary>The bytes of the header as they are in the file.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    internal static ReadOnlySpan<byte> Magic => "natskeys-backup-1\n"u8;

    /// <summary>Creates the header of a new backup, and the content key.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidRecipient"/>.</exception>
    public static (BackupHeader Header, ChunkCipher Cipher) Create(string recipient)
    {
        using NatsKeyPair sender = NatsKeyPair.Generate(NatsKeyType.Curve);
        Span<byte> key = stackalloc byte[ChunkCipher.KeyLength];
        try
        {
            RandomNumberGenerator.Fill(key);
            byte[] sealedKey = SealedMessage.Seal(key, sender, recipient);
            byte[] bytes = [.. Magic, .. Encoding.ASCII.GetBytes($"{recipient}\n{sender.PublicKey}\n{Convert.ToBase64String(sealedKey)}\n")];
            return (new BackupHeader(bytes, recipient, sender.PublicKey, sealedKey), new ChunkCipher(key, bytes));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Reads the header of a backup.</summary>
    /// <param name="stream">The file, positioned at its start.</param>
    /// <param name="file">The path, for error messages.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreFormat"/>: the backup has an unknown version. <see cref="ErrorCode.InvalidBackup"/>: the header is malformed.
    /// </exception>
    public static BackupHeader Read(Stream stream, string file)
    {
        byte[] bytes = new byte[Length];
        int length = stream.ReadAtLeast(bytes, Length, throwOnEndOfStream: false);
        if (length >= Magic.Length && !bytes.AsSpan().StartsWith(Magic))
        {
            throw BackupFault.Of(ErrorCode.StoreFormat, file, "Its version is not supported by this version of NatsKeys");
        }

        string[] lines = Encoding.Latin1.GetString(bytes, 0, length).Split('\n');
        byte[] sealedKey = new byte[Length];
        return length == Length
            && lines is [_, var recipient, var sender, var key, ""]
            && PublicNkey.Is(recipient, NatsKeyType.Curve)
            && PublicNkey.Is(sender, NatsKeyType.Curve)
            && Convert.TryFromBase64String(key, sealedKey, out int keyLength)
            ? new BackupHeader(bytes, recipient, sender, sealedKey[..keyLength])
            : throw BackupFault.Invalid(file, "Its header is truncated or was altered");
    }

    /// <summary>Decrypts the content key.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.CouldNotDecrypt"/>: the key is not the recipient's. <see cref="ErrorCode.InvalidBackup"/>: the header was altered.
    /// </exception>
    public ChunkCipher Open(NatsKeyPair key, string file)
    {
        if (key.PublicKey != Recipient)
        {
            throw BackupFault.Of(ErrorCode.CouldNotDecrypt, file, $"It is sealed for {Recipient}, and cannot be opened with {key.PublicKey}");
        }

        byte[] content = [];
        try
        {
            content = SealedMessage.Open(sealedKey, key, sender);
            return content.Length == ChunkCipher.KeyLength
                ? new ChunkCipher(content, bytes)
                : throw BackupFault.Invalid(file, "Its header was altered");
        }
        catch (NatsKeysException error) when (error.Code is ErrorCode.CouldNotDecrypt or ErrorCode.InvalidEncrypted or ErrorCode.InvalidEncVersion)
        {
            throw BackupFault.Invalid(file, "Its header was altered", error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }
}
