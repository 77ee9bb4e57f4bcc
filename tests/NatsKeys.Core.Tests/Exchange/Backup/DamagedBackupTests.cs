using System.Formats.Tar;
using NatsKeys.Exchange;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Exchange;

/// <summary>A backup that was altered, cut, put together from others or sealed by somebody with bad intent restores nothing.</summary>
public sealed class DamagedBackupTests : IDisposable
{
    private const int Chunk = ChunkCipher.Length;
    private readonly BackupBox box = new();

    [Fact]
    public void A_byte_altered_anywhere()
    {
        byte[] good = File.ReadAllBytes(box.Export());
        IEnumerable<int> places = Enumerable.Range(BackupHeader.Prefix.Length, BackupHeader.Length - BackupHeader.Prefix.Length)
            .Concat(Enumerable.Range(0, 60).Select(index => BackupHeader.Length + (index * (good.Length - BackupHeader.Length - 1) / 59)));
        foreach (int place in places)
        {
            byte[] bad = [.. good];
            bad[place] ^= 1;
            File.WriteAllBytes(box.Backup, bad);
            Assert.Contains(box.IsRefused().Code, new[] { ErrorCode.InvalidBackup, ErrorCode.StoreFormat, ErrorCode.CouldNotDecrypt });
        }

        File.WriteAllBytes(box.Backup, good);
        Assert.Empty(box.Restore().Faults);
    }

    [Fact]
    public void The_beginning_tells_a_backup_from_other_files()
    {
        byte[] bytes = File.ReadAllBytes(box.Export());
        for (int place = 0; place < BackupHeader.Prefix.Length; place++)
        {
            bytes[place] ^= 1;
            File.WriteAllBytes(box.Backup, bytes);
            bytes[place] ^= 1;
            Refused.With(ErrorCode.FileNotFound, () => box.Restore());
        }
    }

    [Fact]
    public void A_file_that_is_cut_anywhere()
    {
        byte[] good = File.ReadAllBytes(box.Export());
        IEnumerable<int> lengths = Enumerable.Range(BackupHeader.Prefix.Length, BackupHeader.Length + 40)
            .Concat(Enumerable.Range(0, 40).Select(index => good.Length - 1 - (index * index)));
        foreach (int length in lengths)
        {
            File.WriteAllBytes(box.Backup, good[..length]);
            Assert.Equal(ErrorCode.InvalidBackup, box.IsRefused().Code);
        }
    }

    [Fact]
    public void A_file_with_something_behind_it()
    {
        byte[] good = File.ReadAllBytes(box.Export());
        foreach (int more in new[] { 1, 16, Chunk })
        {
            File.WriteAllBytes(box.Backup, [.. good, .. new byte[more]]);
            Assert.Equal(ErrorCode.InvalidBackup, box.IsRefused().Code);
        }
    }

    [Fact]
    public void Chunks_in_another_order_and_chunks_that_are_missing()
    {
        byte[] good = File.ReadAllBytes(Large());
        int first = BackupHeader.Length;
        byte[] head = good[..first];
        byte[][] chunks = [.. good[first..].Chunk(Chunk)];
        Assert.True(chunks.Length > 3);

        IsRefused([head, chunks[1], chunks[0], .. chunks[2..]]);
        IsRefused([head, .. chunks[1..]]);
        IsRefused([head, chunks[0], .. chunks[2..]]);
        IsRefused([head, .. chunks[..^1]]);
        IsRefused([head, .. chunks[..^2], chunks[^1]]);
        IsRefused([head, chunks[0], .. chunks]);
        IsRefused([head]);

        File.WriteAllBytes(box.Backup, [.. head, .. chunks.SelectMany(chunk => chunk)]);
        Assert.Empty(box.Restore().Faults);
    }

    [Fact]
    public void Chunks_under_the_head_of_another_backup()
    {
        byte[] one = File.ReadAllBytes(box.Export());
        byte[] two = File.ReadAllBytes(box.Export(overwrite: true));
        IsRefused([one[..BackupHeader.Length], two[BackupHeader.Length..]]);
    }

    [Fact]
    public void A_head_that_says_the_same_in_another_spelling()
    {
        // The last character before the padding has four bits that say nothing: A, Q, g and w have none of them, the letter after has one.
        byte[] bytes = File.ReadAllBytes(box.Export());
        byte[] same = Convert.FromBase64String(System.Text.Encoding.ASCII.GetString(bytes, 132, 104));
        bytes[BackupHeader.Length - 4]++;
        Assert.Equal(same, Convert.FromBase64String(System.Text.Encoding.ASCII.GetString(bytes, 132, 104)));
        File.WriteAllBytes(box.Backup, bytes);
        Assert.Equal(ErrorCode.InvalidBackup, box.IsRefused().Code);
    }

    [Fact]
    public void A_chunk_is_good_in_its_place_alone()
    {
        (_, ChunkCipher cipher) = BackupHeader.Create(box.Recipient.PublicKey);
        using (cipher)
        {
            byte[] chunk = new byte[5 + ChunkCipher.TagLength];
            cipher.Seal(7, isLast: false, "hello"u8, chunk);
            Assert.True(cipher.TryOpen(7, isLast: false, chunk, new byte[5]));
            Assert.False(cipher.TryOpen(7, isLast: true, chunk, new byte[5]));
            Assert.False(cipher.TryOpen(8, isLast: false, chunk, new byte[5]));
            Assert.False(cipher.TryOpen(7 + (1L << 32), isLast: false, chunk, new byte[5]));
        }
    }

    [Fact]
    public void The_key_of_somebody_else()
    {
        box.Export();
        foreach (NatsKeyType type in new[] { NatsKeyType.Curve, NatsKeyType.User })
        {
            using NatsKeyPair other = NatsKeyPair.Generate(type);
            NatsKeysException fault = Assert.Single(box.Restore(key: other).Faults);
            Assert.Equal(ErrorCode.CouldNotDecrypt, fault.Code);
            Assert.Contains(box.Recipient.PublicKey, fault.Message, StringComparison.Ordinal);
            Assert.Contains(other.PublicKey, fault.Message, StringComparison.Ordinal);
            using NatsKeyPair half = NatsKeyPair.FromPublicKey(other.PublicKey);
            Assert.Equal(ErrorCode.CouldNotDecrypt, Assert.Single(box.Restore(key: half).Faults).Code);
        }

        Assert.Empty(box.Target.Names());
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/etc/evil")]
    [InlineData("store/../../evil/operator.yaml")]
    [InlineData("store/../operator.yaml")]
    [InlineData("store//operator.yaml")]
    [InlineData("store/./operator.yaml")]
    [InlineData("./store/O/operator.yaml")]
    [InlineData("store/O/../operator.yaml")]
    [InlineData("store/O/accounts/../account.yaml")]
    [InlineData("store/O/accounts/A/users/..yaml")]
    [InlineData("store/O/accounts/A/users/...yaml")]
    [InlineData("store/O/accounts/A/users/a/b.yaml")]
    [InlineData("store/O/accounts/A/users/a\\b.yaml")]
    [InlineData("store/O/accounts/A/users/U.YAML")]
    [InlineData("store/O/accounts/A/users/U")]
    [InlineData("store/O/users/A/users/U.yaml")]
    [InlineData("store/O /operator.yaml")]
    [InlineData("store/CON/operator.yaml")]
    [InlineData("store/C:/operator.yaml")]
    [InlineData("store/u\u0308/operator.yaml")]
    [InlineData("store/O/account.yaml")]
    [InlineData("store/.gitignore")]
    [InlineData("store/natskeys.yaml/operator.yaml2")]
    [InlineData("creds/O/A/../U.creds")]
    [InlineData("creds/../A/U.creds")]
    [InlineData("creds/O/A/.creds")]
    [InlineData("creds/O/U.creds")]
    [InlineData("keys/../evil.nk")]
    [InlineData("keys/evil.nk")]
    [InlineData("keys/O/evil.nk")]
    public void A_name_that_no_backup_has(string name)
    {
        box.Forge(("store/good/operator.yaml", "kind: operator\n"), (name, "text"));
        Assert.Equal(ErrorCode.InvalidBackup, box.IsRefused().Code);
    }

    [Fact]
    public void A_key_that_is_not_the_one_that_it_is_called()
    {
        using NatsKeyPair one = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair two = NatsKeyPair.Generate(NatsKeyType.Account);
        string seed = new System.Net.NetworkCredential("", one.ToSeed()).Password;
        box.Forge(($"keys/{two.PublicKey}.nk", seed));
        NatsKeysException fault = box.IsRefused();
        Assert.Equal(ErrorCode.InvalidBackup, fault.Code);
        Assert.DoesNotContain(seed, fault.ToString(), StringComparison.Ordinal);

        box.Forge(($"keys/{two.PublicKey}.nk", seed[..^1] + "A"));
        Assert.DoesNotContain(seed[..40], box.IsRefused().ToString(), StringComparison.Ordinal);
        box.Forge(($"keys/{one.PublicKey}.nk", seed));
        Assert.Empty(box.Restore().Faults);
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Directory)]
    [InlineData(TarEntryType.Fifo)]
    public void What_is_no_file(TarEntryType type)
    {
        box.Forge(tar =>
        {
            tar.WriteEntry(new GnuTarEntry(
                TarEntryType.RegularFile, BackupNames.Marker) { DataStream = new MemoryStream("format: 1\n"u8.ToArray()) });
            var entry = new GnuTarEntry(type, "store/O/operator.yaml");
            if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            {
                entry.LinkName = "/etc/passwd";
            }

            tar.WriteEntry(entry);
        });
        Assert.Equal(ErrorCode.InvalidBackup, box.IsRefused().Code);
    }

    [Fact]
    public void What_is_no_tar_and_what_is_nothing()
    {
        ForgeBytes([]);
        Assert.Equal(ErrorCode.InvalidBackup, box.IsRefused().Code);
        ForgeBytes([.. Enumerable.Repeat((byte)'x', 4096)]);
        Assert.Equal(ErrorCode.InvalidBackup, box.IsRefused().Code);
        ForgeBytes(new byte[1024]);
        Assert.Equal(ErrorCode.InvalidBackup, box.IsRefused().Code);
    }

    [Fact]
    public void What_lies_behind_the_end_of_the_tar_is_no_less_part_of_the_backup()
    {
        using var plain = new MemoryStream();
        using (var tar = new TarWriter(plain, TarEntryFormat.Gnu, leaveOpen: true))
        {
            tar.WriteEntry(new GnuTarEntry(
                TarEntryType.RegularFile, BackupNames.Marker) { DataStream = new MemoryStream("format: 1\n"u8.ToArray()) });
        }

        ForgeBytes([.. plain.ToArray(), .. new byte[3 * Chunk]]);
        Assert.Empty(box.Restore().Faults);
        byte[] bytes = File.ReadAllBytes(box.Backup);
        IsRefused([bytes[..^1]]);
        IsRefused([bytes[..(BackupHeader.Length + Chunk)]]);
    }

    [Fact]
    public void A_length_that_is_claimed_costs_no_memory()
    {
        using var plain = new MemoryStream();
        using (var tar = new TarWriter(plain, TarEntryFormat.Gnu, leaveOpen: true))
        {
            tar.WriteEntry(new GnuTarEntry(
                TarEntryType.RegularFile, BackupNames.Marker) { DataStream = new MemoryStream("format: 1\n"u8.ToArray()) });
        }

        // The size field of the first header, and the checksum that follows from it.
        byte[] bytes = plain.ToArray();
        "17777777777\0"u8.CopyTo(bytes.AsSpan(124));
        bytes.AsSpan(148, 8).Fill((byte)' ');
        int sum = bytes[..512].Sum(value => value);
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(bytes, 148);
        ForgeBytes(bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(ErrorCode.InvalidBackup, box.IsRefused().Code);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 50_000_000);
    }

    [Fact]
    public void A_backup_of_another_format_says_so()
    {
        box.Forge(tar => tar.WriteEntry(
            new GnuTarEntry(TarEntryType.RegularFile, BackupNames.Marker) { DataStream = new MemoryStream("format: 2\n"u8.ToArray()) }));
        Assert.Equal(ErrorCode.StoreFormat, box.IsRefused().Code);
        box.Forge(tar => tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "store/O/operator.yaml")));
        Assert.Equal(ErrorCode.InvalidBackup, box.IsRefused().Code);

        byte[] bytes = File.ReadAllBytes(box.Export(overwrite: true));
        bytes[BackupHeader.Prefix.Length] = (byte)'2';
        File.WriteAllBytes(box.Backup, bytes);
        Assert.Equal(ErrorCode.StoreFormat, box.IsRefused().Code);
    }

    public void Dispose() => box.Dispose();

    private string Large()
    {
        File.AppendAllText(box.At("store", "O", "operator.yaml"), string.Concat(Enumerable.Range(0, 12_000).Select(line => $"# comment {line}\n")));
        return box.Export();
    }

    private void IsRefused(byte[][] parts)
    {
        File.WriteAllBytes(box.Backup, [.. parts.SelectMany(part => part)]);
        Assert.Equal(ErrorCode.InvalidBackup, box.IsRefused().Code);
    }

    private void ForgeBytes(byte[] content)
    {
        (BackupHeader header, ChunkCipher cipher) = BackupHeader.Create(box.Recipient.PublicKey);
        using (cipher)
        using (FileStream file = File.Create(box.Backup))
        {
            file.Write(header.Bytes);
            using var sealing = new SealingStream(file, cipher);
            sealing.Write(content);
            sealing.Complete();
        }
    }
}
