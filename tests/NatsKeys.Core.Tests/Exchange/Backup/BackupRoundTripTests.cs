using System.Text;
using System.Text.RegularExpressions;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Exchange;
using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Exchange;

/// <summary>What was sealed comes back as it was.</summary>
public sealed class BackupRoundTripTests : IDisposable
{
    private readonly BackupBox box = new();

    [Fact]
    public void Every_file_of_store_keys_and_credentials_comes_back_byte_for_byte()
    {
        box.Export();
        (NatsEntity[] entities, NatsKeysException[] faults) = box.Restore();
        Assert.Empty(faults);
        Assert.Equal(["O", "A", "U", "ü.b c"], entities.Select(entity => entity.Name));
        Assert.Equal(box.Files("store"), box.Files("target"));
        Assert.Equal(box.Files("keys"), box.Files("targetkeys"));
        Assert.Contains(box.Files("targetkeys"), file => file.StartsWith(Path.Combine("creds", "O", "A", "ü.b c.creds"), StringComparison.Ordinal));
    }

    [Fact]
    public void A_rotation_in_progress_is_not_forgotten()
    {
        var rotation = new RotationRecord(StoreBox.A, box.Made.AddSigningKey(StoreBox.A), box.Made.AddSigningKey(StoreBox.A)) { NewUserKeys = true };
        using (StoreTransaction change = box.Source.BeginChange())
        {
            change.SaveRotations([rotation]);
            change.Commit();
        }

        box.Export();
        box.Restore();
        Assert.Equal(rotation, Assert.Single(box.Target.ReadRotations()));
    }

    [Fact]
    public void A_file_that_is_no_entity_any_more_comes_back_as_it_is()
    {
        File.WriteAllBytes(box.At("store", "O", "accounts", "A", "users", "U.yaml"), [.. "broken: ["u8, 0xFF]);
        box.Export();
        Assert.Empty(box.Restore().Faults);
        Assert.Equal(box.Files("store"), box.Files("target"));
    }

    [Fact]
    public void A_writer_tells_of_keys_that_it_cannot_know()
    {
        File.WriteAllText(box.At("store", "O", "accounts", "A", "users", "U.yaml"), "broken: [");
        using var writer = new BackupWriter(box.Source, box.Backup, box.Recipient.PublicKey, overwrite: false);
        writer.Begin();
        Assert.Null(writer.WriteEntity(StoreBox.U));
        Assert.Contains(box.Made.Operator.Subject, writer.WriteEntity(StoreBox.O)!);
    }

    [Fact]
    public void The_keys_of_a_token_come_too_where_an_edit_by_hand_took_them_off_the_list()
    {
        string key = box.Made.Account.GetSigningKeys()[^1].PublicKey;
        string file = box.At("store", "O", "accounts", "A", "account.yaml");
        File.WriteAllLines(file, File.ReadAllLines(file).Where(line => !line.Contains(key, StringComparison.Ordinal)));
        Assert.DoesNotContain(box.Made.Account.GetSigningKeys(), listed => listed.PublicKey == key);
        box.Export();
        Assert.Empty(box.Restore().Faults);
        Assert.True(box.Target.Keys.Contains(key));
    }

    [Fact]
    public void Keys_of_nobody_come_when_they_are_asked_for()
    {
        using NatsKeyPair spare = NatsKeyPair.Generate(NatsKeyType.Account);
        box.Source.Keys.Add(spare);
        box.Export();
        Assert.Empty(box.Restore().Faults);
        Assert.False(box.Target.Keys.Contains(spare.PublicKey));
        box.Export(allKeys: true, overwrite: true);
        Assert.Empty(box.Restore().Faults);
        Assert.True(box.Target.Keys.Contains(spare.PublicKey));
        Assert.Equal(box.Files("keys"), box.Files("targetkeys"));
    }

    [Fact]
    public void A_store_in_memory_goes_to_disk()
    {
        NatsStore memory = NatsStore.InMemory();
        box.Export();
        Assert.Empty(box.Restore(memory).Faults);
        box.Export(memory, overwrite: true);
        Assert.Empty(box.Restore().Faults);
        Assert.Equal(States(memory), States(box.Target));
        Assert.Equal(Directory.GetFiles(box.At("keys"), "*.nk", SearchOption.AllDirectories).Length, box.Target.Keys.PublicKeys().Count());
    }

    [Fact]
    public void A_store_in_memory_takes_tokens_and_keys_and_passes_over_what_it_has()
    {
        NatsStore memory = NatsStore.InMemory();
        box.Export();
        Assert.Empty(box.Restore(memory).Faults);
        Assert.Equal(States(box.Source), States(memory));
        Assert.Equal(box.Source.Keys.PublicKeys().Order(StringComparer.Ordinal), memory.Keys.PublicKeys().Order(StringComparer.Ordinal));
        Assert.Empty(Needed(memory));
    }

    [Fact]
    public void A_store_in_memory_takes_the_seed_of_credentials_that_is_nowhere_else()
    {
        string user = box.Made.User.Subject!;
        box.Source.Keys.Remove(user);
        box.Export();
        NatsStore memory = NatsStore.InMemory();
        Assert.Empty(box.Restore(memory).Faults);
        Assert.True(memory.Keys.Contains(user));
    }

    [Fact]
    public void A_second_time_nothing_is_needed()
    {
        box.Export();
        Assert.Equal(4 + 6 + 2, Needed(box.Target).Length);
        box.Restore();
        Assert.Empty(Needed(box.Target));
    }

    [Fact]
    public void Credentials_of_somebody_else_under_the_same_names_are_left_out()
    {
        using var other = new StoreBox(StorePlace.Disk);
        other.With(StoreBox.U);
        string place = CredentialFile.DefaultPath(box.Made.User)!;
        SecretFile.Write(place, CredentialTexts.Of(other.User), overwrite: true);
        using (var writer = new BackupWriter(box.Source, box.Backup, box.Recipient.PublicKey, overwrite: false))
        {
            writer.Begin();
            Assert.False(writer.WriteCredential(StoreBox.U));
            Assert.True(writer.WriteCredential(StoreBox.A.Child("ü.b c")));
        }

        box.Export();
        box.Restore();
        Assert.Single(Directory.GetFiles(box.At("targetkeys", "creds"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_key_store_of_the_target_may_have_the_key()
    {
        box.Export();
        var import = new StoreImporter(box.Target, overwrite: false);
        import.Add(box.Backup);
        NatsKeysException error = Refused.With(ErrorCode.KeyNotFound, () => import.Items().Single().IsNeeded());
        Assert.Contains(box.Recipient.PublicKey, error.Message, StringComparison.Ordinal);
        box.Target.Keys.Add(box.Recipient);
        Assert.All(import.Items(), item => Assert.True(item.IsNeeded()));
        using NatsKeyPair half = NatsKeyPair.FromPublicKey(box.Recipient.PublicKey);
        Assert.All(import.Items(half), item => Assert.True(item.IsNeeded()));
    }

    [Fact]
    public void A_backup_shows_for_whom_it_is_and_nothing_of_what_is_in_it()
    {
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(box.Export()));
        Assert.StartsWith($"natskeys-backup-1\n{box.Recipient.PublicKey}\nX", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("S[OAUX][A-Z2-7]{20}"), text[BackupHeader.Length..]);
        Assert.DoesNotContain("eyJ0eXAi", text[BackupHeader.Length..], StringComparison.Ordinal);
        Assert.DoesNotContain("operator.yaml", text, StringComparison.Ordinal);
        Assert.All(box.Source.Keys.PublicKeys(), key => Assert.DoesNotContain(key, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_backups_of_the_same_have_no_key_in_common()
    {
        byte[] first = File.ReadAllBytes(box.Export());
        byte[] second = File.ReadAllBytes(box.Export(overwrite: true));
        Assert.NotEqual(first[80..BackupHeader.Length], second[80..BackupHeader.Length]);
        Assert.NotEqual(first[^64..], second[^64..]);
    }

    [Fact]
    public void The_file_is_for_its_owner_alone_and_replaced_only_when_that_is_asked_for()
    {
        File.WriteAllText(box.Backup, "mine");
        Assert.Contains(box.Backup, Refused.With(ErrorCode.FileExists, () => box.Export()).Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(box.Backup));
        box.Export(overwrite: true);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(box.Backup));
        }
    }

    [Fact]
    public void What_is_given_up_leaves_nothing_behind_and_what_was_there_stays()
    {
        File.WriteAllText(box.Backup, "mine");
        using (var writer = new BackupWriter(box.Source, box.Backup, box.Recipient.PublicKey, overwrite: true))
        {
            writer.Begin();
            writer.WriteEntity(StoreBox.O);
        }

        Assert.Equal("mine", File.ReadAllText(box.Backup));
        Assert.Equal([box.Backup], Directory.GetFiles(box.At()));
        box.Made.Edit(editor => editor.CreateAccount(new NewEntity("B"), StoreBox.O));
    }

    [Fact]
    public void A_key_that_is_none_is_an_error()
    {
        string file = Directory.GetFiles(box.At("keys", "keys", "A"), "*.nk", SearchOption.AllDirectories)[0];
        File.WriteAllText(file, "nothing");
        Assert.Contains(file, Refused.With(ErrorCode.NoSeedFound, () => box.Export()).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(box.Backup));
    }

    [Fact]
    public void Only_a_curve_key_can_be_the_recipient()
    {
        using NatsKeyPair user = NatsKeyPair.Generate(NatsKeyType.User);
        foreach (string recipient in new[] { user.PublicKey, "", "X" })
        {
            Refused.With(ErrorCode.InvalidRecipient, () => new BackupWriter(box.Source, box.Backup, recipient, overwrite: false).Dispose());
        }
    }

    [Fact]
    public void Two_thousand_users_take_many_chunks_and_come_back()
    {
        NatsStore many = NatsStore.InMemory();
        using (var editor = new EntityEditor(many))
        {
            editor.CreateOperator(new NewEntity("O"));
            editor.CreateAccount(new NewEntity("A"), StoreBox.O);
            for (int index = 0; index < 2000; index++)
            {
                editor.CreateUser(new NewEntity($"u{index}"), StoreBox.A);
            }
        }

        box.Export(many);
        Assert.True(new FileInfo(box.Backup).Length > 40 * ChunkCipher.Length);
        NatsStore other = NatsStore.InMemory();
        Assert.Empty(box.Restore(other).Faults);
        Assert.Equal(States(many), States(other));
        Assert.Equal(2002, other.Keys.PublicKeys().Count());
    }

    public void Dispose() => box.Dispose();

    private static IEnumerable<string> States(NatsStore store) =>
        store.Names().SelectMany(name => BackupBox.Below(store, new EntityPath(name)))
            .Select(path => $"{path} {store.Get(path).Jwt} {store.Get(path).State}");

    private string[] Needed(NatsStore store)
    {
        var import = new StoreImporter(store, overwrite: false);
        import.Add(box.Backup);
        return [.. import.Items(box.Recipient).Where(item => item.IsNeeded()).Select(item => item.ToString())];
    }
}
