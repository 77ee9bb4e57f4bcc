using System.Security.Cryptography;
using System.Text;
using NatsKeys.Keys;

namespace NatsKeys.Exchange;

/// <summary>
/// The head of a backup: four lines of text, always of the same length. The first tells what the file is, the second for whom it is, the third is
/// the public key that sealed it and was thrown away, the fourth the sealed key of the content. What follows is bound to every byte of it.
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

    /// <summary>What the files of every version begin with.</summary>
    public static ReadOnlySpan<byte> Prefix => "natskeys-backup-"u8;

    /// <summary>The public key of the recipient, who can open it.</summary>
    public string Recipient { get; }

    /// <summary>The bytes in the file.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    internal static ReadOnlySpan<byte> Magic => "natskeys-backup-1\n"u8;

    /// <summary>Makes the head of a new backup, and the key of its content.</summary>
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

    /// <summary>Reads the head of a backup.</summary>
    /// <param name="stream">The file, at its beginning.</param>
    /// <param name="file">The path, for messages.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreFormat"/>: another version; <see cref="ErrorCode.InvalidBackup"/>.</exception>
    public static BackupHeader Read(Stream stream, string file)
    {
        byte[] bytes = new byte[Length];
        int length = stream.ReadAtLeast(bytes, Length, throwOnEndOfStream: false);
        if (length >= Magic.Length && !bytes.AsSpan().StartsWith(Magic))
        {
            throw BackupFault.Of(ErrorCode.StoreFormat, file, "Its version is not supported by this version of the module");
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

    /// <summary>Opens the key of the content.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.CouldNotDecrypt"/>: another key than the recipient's; <see cref="ErrorCode.InvalidBackup"/>: altered.
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
