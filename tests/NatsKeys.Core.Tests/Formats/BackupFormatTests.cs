using System.Buffers.Binary;
using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using NSec.Cryptography;
using NatsKeys.Exchange;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Formats;

/// <summary>A backup that an earlier build made is read by the page that says how backups are made, and by the module.</summary>
public class BackupFormatTests
{
    private const string Vector = "backup.json";
    private static readonly AeadAlgorithm Cipher = AeadAlgorithm.XChaCha20Poly1305;

    private readonly JsonObject vector = Vectors.Load(Vector);

    private byte[] Backup => File.ReadAllBytes(Vectors.Path(vector.Text("file")));

    private (string Name, string Text)[] Entries =>
        [.. vector["entries"]!.AsArray().Select(entry => (entry!.AsObject().Text("name"), entry.AsObject().Text("text")))];

    public static TheoryData<string, string> Chunks => Vectors.Cases(Vector, "chunks", "number");

    [Fact]
    public void The_head_is_as_the_page_says()
    {
        string[] lines = Encoding.ASCII.GetString(Backup, 0, 237).Split('\n');
        Assert.Equal(["natskeys-backup-1", vector.Text("recipient"), vector.Text("sender"), vector.Text("sealed_key"), ""], lines);
    }

    [Fact]
    public void The_sealed_key_is_as_the_page_says()
    {
        using NatsKeyPair recipient = NatsKeyPair.FromSeed(vector.Text("recipient_seed"));
        byte[] sealedKey = Convert.FromBase64String(vector.Text("sealed_key"));
        Assert.Equal(vector.Text("recipient"), recipient.PublicKey);
        Assert.Equal(76, sealedKey.Length);
        Assert.Equal("xkv1"u8, sealedKey.AsSpan(0, 4));
        Assert.Equal(vector.Hex("content_key"), SealedMessage.Open(sealedKey, recipient, vector.Text("sender")));
    }

    /// <summary>Reads the file as somebody does who has the page alone.</summary>
    [Fact]
    public void The_content_is_as_the_page_says()
    {
        byte[] file = Backup;
        using Key key = Key.Import(Cipher, vector.Hex("content_key"), KeyBlobFormat.RawSymmetricKey);
        using var content = new MemoryStream();
        int number = 0;
        for (int at = 237; at < file.Length; at += 65552)
        {
            byte[] nonce = new byte[24];
            BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(15), (ulong)number++);
            nonce[23] = file.Length - at <= 65552 ? (byte)1 : (byte)0;
            content.Write(Cipher.Decrypt(key, nonce, file.AsSpan(0, 237), file.AsSpan(at, Math.Min(65552, file.Length - at)))!);
        }

        content.Position = 0;
        using var tar = new TarReader(content);
        var entries = new List<(string, string)>();
        while (tar.GetNextEntry() is { } entry)
        {
            Assert.Equal((TarEntryType.RegularFile, TarEntryFormat.Gnu), (entry.EntryType, entry.Format));
            using var text = new StreamReader(entry.DataStream!, Encoding.UTF8);
            entries.Add((entry.Name, text.ReadToEnd()));
        }

        Assert.Equal(Entries, entries);
    }

    [Fact]
    public void The_module_reads_what_is_in_it()
    {
        using NatsKeyPair recipient = NatsKeyPair.FromSeed(vector.Text("recipient_seed"));
        using BackupReader reader = BackupReader.Open(Vectors.Path(vector.Text("file")));
        reader.Verify(recipient);
        Assert.Equal(Entries.Skip(1), reader.Entries().Select(Show));
    }

    [Theory]
    [MemberData(nameof(Chunks))]
    public void A_chunk_is_sealed_and_opened_to_the_byte(string name, string json)
    {
        Assert.NotEmpty(name);
        JsonObject chunk = Vectors.Case(json);
        (long number, bool isLast) = (chunk["number"]!.GetValue<long>(), chunk.Flag("last"));
        byte[] box = new byte[chunk.Hex("sealed").Length];
        byte[] content = new byte[chunk.Hex("content").Length];
        using var cipher = new ChunkCipher(vector.Hex("chunk_key"), Backup[..237]);
        cipher.Seal(number, isLast, chunk.Hex("content"), box);
        Assert.Equal(chunk.Text("sealed"), Convert.ToHexStringLower(box));
        Assert.True(cipher.TryOpen(number, isLast, box, content));
        Assert.Equal(chunk.Hex("content"), content);
        Assert.False(cipher.TryOpen(number, !isLast, box, content));
        Assert.False(cipher.TryOpen(number + 1, isLast, box, content));
    }

    [Fact]
    public void The_page_names_the_constants_of_the_code()
    {
        var (theOperator, account, user) = (new EntityPath("O"), new EntityPath("O", "A"), new EntityPath("O", "A", "U"));
        using NatsKeyPair key = NatsKeyPair.FromSeed(vector.Text("recipient_seed"));
        Dictionary<string, string> page = FormatPage.Constants("backup-format.md");
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["First line of the head"] = Encoding.ASCII.GetString(BackupHeader.Magic).TrimEnd('\n'),
                ["What every version begins with"] = Encoding.ASCII.GetString(BackupHeader.Prefix),
                ["Length of the head"] = FormatPage.Number(BackupHeader.Length),
                ["Version of the sealed key"] = Encoding.ASCII.GetString(SealedMessage.Version),
                ["Length of the content key"] = FormatPage.Number(ChunkCipher.KeyLength),
                ["Length of a nonce"] = FormatPage.Number(ChunkCipher.NonceLength),
                ["Length of a tag"] = FormatPage.Number(ChunkCipher.TagLength),
                ["Content of a full chunk"] = FormatPage.Number(ChunkCipher.ContentLength),
                ["Length of a full chunk"] = FormatPage.Number(ChunkCipher.Length),
                ["Largest entity file"] = FormatPage.Number(BackupNames.KindOf(BackupNames.OfEntity(user)).MaximumBytes),
                ["Largest key file"] = FormatPage.Number(BackupNames.KindOf(BackupNames.OfKey(key.PublicKey)).MaximumBytes),
                ["Largest credentials file"] = FormatPage.Number(BackupNames.KindOf(BackupNames.OfCredential(user)).MaximumBytes),
                ["Largest list of rotations"] = FormatPage.Number(BackupNames.KindOf(BackupNames.Rotations).MaximumBytes),
                ["Largest marker"] = FormatPage.Number(BackupNames.KindOf(BackupNames.Marker).MaximumBytes),
                ["Marker"] = BackupNames.Marker,
                ["List of rotations"] = BackupNames.Rotations,
                ["Operator"] = Filled(page["Operator"], BackupNames.OfEntity(theOperator)),
                ["Account"] = Filled(page["Account"], BackupNames.OfEntity(account)),
                ["User"] = Filled(page["User"], BackupNames.OfEntity(user)),
                ["Key"] = Filled(page["Key"], BackupNames.OfKey(key.PublicKey)),
                ["Credentials"] = Filled(page["Credentials"], BackupNames.OfCredential(user)),
            },
            page);

        // The page's own text where it gives the name of the code, and the name of the code otherwise.
        string Filled(string pattern, string name) => pattern
            .Replace("{operator}", "O", StringComparison.Ordinal)
            .Replace("{account}", "A", StringComparison.Ordinal)
            .Replace("{user}", "U", StringComparison.Ordinal)
            .Replace("{public key}", key.PublicKey, StringComparison.Ordinal) == name ? pattern : name;
    }

    private static (string Name, string Text) Show(BackupEntry entry) => entry switch
    {
        BackupEntry.Entity entity => (BackupNames.OfEntity(entity.Path), Encoding.UTF8.GetString(entity.Text)),
        BackupEntry.Credential credential => (BackupNames.OfCredential(credential.User), Encoding.UTF8.GetString(credential.Content)),
        BackupEntry.Key key => (BackupNames.OfKey(key.Pair.PublicKey), SeedOf(key.Pair)),
        _ => ("", ""),
    };

    private static string SeedOf(NatsKeyPair pair)
    {
        char[] seed = new char[KeyEncoding.SeedLength];
        pair.CopySeed(seed);
        return new string(seed);
    }
}
