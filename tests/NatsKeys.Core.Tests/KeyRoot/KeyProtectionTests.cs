using NatsKeys.Core.Tests.Store;
using System.Collections.Concurrent;
using NatsKeys.Editing;
using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.KeyRoot;

/// <summary>Whatever asks for a passphrase looks into the environment, which belongs to the process.</summary>
[Collection(Protected)]
public class KeyProtectionTests
{
    public const string Protected = "Protected keys";
    private const string Passphrase = ProtectedKeysBox.Passphrase;

    [Theory]
    [InlineData(NatsKeyType.Operator)]
    [InlineData(NatsKeyType.Account)]
    [InlineData(NatsKeyType.User)]
    [InlineData(NatsKeyType.Curve)]
    public void A_new_key_is_encrypted_and_found_again(NatsKeyType type)
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add(type);
        box.Keys.Add(key);

        Assert.Matches("^natskeys-sealed-1:[A-Za-z0-9_-]+$", File.ReadAllText(box.FileOf(key)));
        Assert.True(box.Finds(key));
        box.Forget();
        box.Keys.Unlock(Passphrase);
        Assert.True(box.Finds(key));
    }

    [Fact]
    public void A_root_is_not_protected_then_unlocked_and_locked_for_a_new_process()
    {
        using var box = new StoreBox(StorePlace.Disk);
        Assert.Equal(KeyProtectionState.None, box.Store.Keys.Protection);
        box.Store.Keys.Protect(Passphrase);
        Assert.Equal(KeyProtectionState.Unlocked, box.Store.Keys.Protection);
        box.Store.Keys.Lock();
        Assert.Equal(KeyProtectionState.Locked, box.Store.Keys.Protection);
        box.Store.Keys.Unlock(Passphrase);
        Assert.Equal(KeyProtectionState.Unlocked, box.Store.Keys.Protection);
        box.Store.Keys.Unprotect();
        Assert.Equal(KeyProtectionState.None, box.Store.Keys.Protection);
    }

    [Fact]
    public void A_root_is_the_same_under_every_spelling_of_its_path()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        string spelled = Path.Combine(box.Root, "..", "keys") + Path.DirectorySeparatorChar;
        KeyStore keys = StoreRoots.Open(box.Store.At("store"), spelled).Keys;
        Assert.Equal(KeyProtectionState.Unlocked, keys.Protection);
        Assert.Equal(ProtectedKeysBox.SeedOf(key), ProtectedKeysBox.SeedOf(keys.Find(key.PublicKey)!));
    }

    [Fact]
    public void What_is_usual_takes_64_MiB_and_three_passes()
    {
        using var box = new StoreBox(StorePlace.Disk);
        box.Store.Keys.Protect(Passphrase);
        string[] lines = File.ReadAllLines(box.At("keys", "protection.yaml"));
        Assert.Equal(["format: 1", "kdf: argon2id", "memory: 65536", "passes: 3", "parallelism: 1"], lines[..5]);
        Assert.Equal(["salt", "id", "root_key"], lines[5..].Select(line => line.Split(':')[0]));
    }

    [Fact]
    public void Keys_that_are_there_are_encrypted_and_no_file_has_their_seeds_any_more()
    {
        using var box = new StoreBox(StorePlace.Disk);
        NatsKeyPair[] keys = [.. Enum.GetValues<NatsKeyType>().Select(NatsKeyPair.Generate)];
        Array.ForEach(keys, key => box.Store.Keys.Add(key));
        string leftOver = box.At("keys", "keys", "U", ".0123456789abcdef0123456789abcdef.tmp");
        File.WriteAllText(leftOver, ProtectedKeysBox.SeedOf(keys[0]));
        File.SetLastWriteTimeUtc(leftOver, DateTime.UtcNow - TimeSpan.FromDays(1));
        var journal = new FileJournal(box.Store.Keys.Location, box.Store.Location);
        File.WriteAllText(journal.NewFile(inKeyRoot: true), ProtectedKeysBox.SeedOf(keys[0]));
        journal.Leave();

        box.Store.Keys.Protect(Passphrase);
        Assert.All(keys, key => Assert.True(box.Store.Keys.Seal(key.PublicKey)));
        Assert.All(keys, key => Assert.False(box.Store.Keys.Seal(key.PublicKey)));

        string all = string.Join('\n', Directory.EnumerateFiles(box.At("keys"), "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.All(keys, key => Assert.DoesNotContain(ProtectedKeysBox.SeedOf(key)[2..], all, StringComparison.OrdinalIgnoreCase));
        Assert.All(keys, key => Assert.Equal(ProtectedKeysBox.SeedOf(key), ProtectedKeysBox.SeedOf(box.Store.Keys.Find(key.PublicKey)!)));
        Assert.DoesNotContain(Passphrase, all, StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_of_a_change_that_was_interrupted_are_put_into_their_places_before()
    {
        using var box = new StoreBox(StorePlace.Disk);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        string place = box.At("keys", "keys", "U", key.PublicKey[1..3], key.PublicKey + ".nk");
        var journal = new FileJournal(box.Store.Keys.Location, box.Store.Location);
        var step = new FileStep(
            FileAction.Put, place,
            journal.NewFile(inKeyRoot: true)) { Content = FileStep.HashOf(System.Text.Encoding.UTF8.GetBytes(ProtectedKeysBox.SeedOf(key))) };
        Assert.Null(journal.TryWrite([step]));
        journal.Leave();
        File.WriteAllText(step.Source!, ProtectedKeysBox.SeedOf(key));

        Refused.With(ErrorCode.StoreBusy, () => box.Store.Keys.Protect(Passphrase));
        Assert.True(File.Exists(step.Source));
        Assert.Equal(KeyProtectionState.None, box.Store.Keys.Protection);

        Assert.NotEmpty(StoreRoots.Open(box.Store.Location, box.Store.Keys.Location).TakeNotices());
        box.Store.Keys.Protect(Passphrase);
        Assert.True(box.Store.Keys.Seal(key.PublicKey));
    }

    [Fact]
    public void What_another_process_is_writing_is_left_to_it()
    {
        using var box = new ProtectedKeysBox();
        box.Add().Dispose();
        string unfinished = Path.Combine(box.Root, "keys", "U", ".0123456789abcdef0123456789abcdef.tmp");
        File.WriteAllText(unfinished, "half");
        box.Protect(Passphrase);
        Assert.True(File.Exists(unfinished));
    }

    [Fact]
    public void A_key_whose_new_file_cannot_be_verified_keeps_its_file_and_its_age()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.AddPlain();
        DateTime since = new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(box.FileOf(key), since);
        using var other = NSec.Cryptography.Key.Create(NSec.Cryptography.AeadAlgorithm.XChaCha20Poly1305);
        Refused.With(ErrorCode.KeyDamaged, () => SealedKeyFile.Seal(other, key.PublicKey, box.FileOf(key)));
        Assert.True(box.IsPlain(key));
        Assert.Equal(since, File.GetLastWriteTimeUtc(box.FileOf(key)));
    }

    [Fact]
    public void Unfinished_files_are_removed_only_when_no_other_process_writes()
    {
        using var box = new StoreBox(StorePlace.Disk);
        box.With(StoreBox.O);
        string leftOver = box.At("keys", "keys", "O", ".0123456789abcdef0123456789abcdef.tmp");
        File.WriteAllText(leftOver, "half");
        File.SetLastWriteTimeUtc(leftOver, DateTime.UtcNow - TimeSpan.FromDays(1));
        var protection = new KeyProtection(box.At("keys"));
        using (protection.Hold(CancellationToken.None))
        {
            Assert.ThrowsAny<OperationCanceledException>(
                () => protection.Protect(Passphrase, ProtectedKeysBox.Cheap, new CancellationToken(canceled: true)));
            Assert.True(File.Exists(leftOver));
        }

        protection.Protect(Passphrase, ProtectedKeysBox.Cheap);
        Assert.False(File.Exists(leftOver));
    }

    [Fact]
    public void Its_files_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        using NatsKeyPair plain = box.AddPlain();
        box.SealAll();
        foreach (string file in new[] { box.HeaderFile, box.FileOf(key), box.FileOf(plain) })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public void The_same_seed_is_never_the_same_text_twice()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        string first = File.ReadAllText(box.FileOf(key));
        box.Keys.Remove(key.PublicKey);
        box.Keys.Add(key);
        Assert.NotEqual(first, File.ReadAllText(box.FileOf(key)));
    }

    [Fact]
    public void Where_it_is_locked_keys_can_be_listed_and_removed_and_neither_read_nor_written()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.User);
        box.Forget();
        IReadOnlyList<string> before = box.Store.Snapshot();

        NatsKeysException error = Refused.With(ErrorCode.KeyStoreLocked, () => box.Keys.Find(key.PublicKey));
        Assert.Equal(Remedy.UnlockKeyRoot, error.Remedy);
        Assert.Contains("NATSKEYS_PASSPHRASE", error.Message, StringComparison.Ordinal);
        Assert.Contains(box.Root, error.Message, StringComparison.Ordinal);
        Refused.With(ErrorCode.KeyStoreLocked, () => box.Keys.Add(other));
        Refused.With(ErrorCode.KeyStoreLocked, () => box.Keys.Seal(key.PublicKey));
        Refused.With(ErrorCode.KeyStoreLocked, () => box.Keys.Unseal(key.PublicKey));
        Refused.With(ErrorCode.KeyStoreLocked, () => box.Keys.Unprotect());

        Assert.True(box.Keys.Contains(key.PublicKey));
        Assert.Equal([key.PublicKey], box.Keys.PublicKeys());
        Assert.Equal(before, box.Store.Snapshot());
        box.Keys.Remove(key.PublicKey);
        Assert.False(box.Keys.Contains(key.PublicKey));
    }

    [Fact]
    public void Where_it_is_locked_nothing_is_made_or_signed()
    {
        using var box = new ProtectedKeysBox();
        box.Store.With(StoreBox.A);
        box.Forget();
        IReadOnlyList<string> before = box.Store.Snapshot();
        Refused.With(ErrorCode.KeyStoreLocked, () => box.Store.Create(StoreBox.A, new NewEntity("U")));
        Refused.With(ErrorCode.KeyStoreLocked, () => box.Store.Create(null, new NewEntity("P")));
        Refused.With(ErrorCode.KeyStoreLocked, () => box.Store.AddSigningKey(StoreBox.A));
        Assert.Equal(before, box.Store.Snapshot());

        box.Keys.Unlock(Passphrase);
        box.Store.With(StoreBox.U);
        Assert.Equal(EntityState.Signed, box.Store.User.State);
    }

    [Fact]
    public void A_locked_key_is_not_replaced_by_one_that_is_plain()
    {
        using var box = new ProtectedKeysBox();
        box.Store.With(StoreBox.A);
        using NatsKeyPair signing = box.AddPlain(NatsKeyType.Account);
        box.Store.Edit(editor => editor.AddSigningKey(StoreBox.A, signing, SigningKeyChoice.Default));
        box.Forget();
        Refused.With(ErrorCode.KeyStoreLocked, () => box.Store.Create(StoreBox.A, new NewEntity("U")));
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("Correct horse")]
    [InlineData("correct horse ")]
    public void A_wrong_passphrase_opens_nothing_and_is_not_repeated(string passphrase)
    {
        using var box = new ProtectedKeysBox();
        box.Forget();
        NatsKeysException error = Refused.With(ErrorCode.WrongPassphrase, () => box.Keys.Unlock(passphrase));
        Assert.Equal(box.HeaderFile, error.Path);
        Assert.DoesNotContain($"'{passphrase}'", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(KeyProtectionState.Locked, box.Keys.Protection);
    }

    [Fact]
    public void An_empty_passphrase_is_none()
    {
        using var box = new ProtectedKeysBox();
        Refused.With(ErrorCode.NoPassphrase, () => box.Keys.Unlock(""));
        Refused.With(ErrorCode.NoPassphrase, () => box.Keys.Protect(""));
    }

    [Fact]
    public void A_passphrase_may_be_long_and_of_any_letters()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        string passphrase = string.Concat(Enumerable.Repeat("Größe 密码 \U0001F511\n", 200));
        box.Protect(passphrase);
        box.Forget();
        box.Keys.Unlock(passphrase);
        Assert.True(box.Finds(key));
    }

    [Fact]
    public void The_environment_unlocks_what_is_needed_and_a_wrong_passphrase_in_it_is_told()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        box.Forget();
        try
        {
            Environment.SetEnvironmentVariable(RootPassphrase.Variable, "wrong");
            for (int attempt = 0; attempt < 2; attempt++)
            {
                Assert.Contains("NATSKEYS_PASSPHRASE", Refused.With(ErrorCode.WrongPassphrase, () => box.Keys.Find(key.PublicKey)).Message,
                    StringComparison.Ordinal);
            }

            Environment.SetEnvironmentVariable(RootPassphrase.Variable, Passphrase);
            Assert.Equal(KeyProtectionState.Locked, box.Keys.Protection);
            Assert.True(box.Finds(key));
            Assert.Equal(KeyProtectionState.Unlocked, box.Keys.Protection);
        }
        finally
        {
            Environment.SetEnvironmentVariable(RootPassphrase.Variable, null);
        }

        Assert.True(box.Finds(key));
    }

    [Fact]
    public void Another_passphrase_is_another_header_and_no_other_file()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.Add();
        string before = File.ReadAllText(box.FileOf(key));
        string header = File.ReadAllText(box.HeaderFile);

        box.Protect("another");

        Assert.Equal(before, File.ReadAllText(box.FileOf(key)));
        Assert.NotEqual(header, File.ReadAllText(box.HeaderFile));
        Assert.True(box.Finds(key));
        box.Forget();
        Refused.With(ErrorCode.WrongPassphrase, () => box.Keys.Unlock(Passphrase));
        box.Keys.Unlock("another");
        Assert.True(box.Finds(key));
    }

    [Fact]
    public void Who_does_not_know_the_passphrase_gives_no_other_one()
    {
        using var box = new ProtectedKeysBox();
        box.Forget();
        byte[] header = File.ReadAllBytes(box.HeaderFile);
        Refused.With(ErrorCode.KeyStoreLocked, () => box.Protect("another"));
        Assert.Equal(header, File.ReadAllBytes(box.HeaderFile));
    }

    [Fact]
    public void What_was_interrupted_is_a_mixture_that_works_and_is_finished_by_doing_it_again()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair encrypted = box.Add();
        using NatsKeyPair plain = box.AddPlain();
        box.Forget();
        byte[] header = File.ReadAllBytes(box.HeaderFile);
        Assert.True(box.Finds(plain));

        box.Protect(Passphrase);
        box.SealAll();

        Assert.Equal(header, File.ReadAllBytes(box.HeaderFile));
        Assert.False(box.IsPlain(plain));
        Assert.True(box.Finds(plain) && box.Finds(encrypted));
    }

    [Fact]
    public void A_file_that_holds_no_seed_of_its_key_is_named_and_stays()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair key = box.AddPlain();
        File.WriteAllText(box.FileOf(key), Vectors.Seed("U1"));
        Assert.Equal(box.FileOf(key), Refused.With(ErrorCode.KeyConflict, () => box.Keys.Seal(key.PublicKey)).Path);
        File.WriteAllText(box.FileOf(key), key.PublicKey);
        Refused.With(ErrorCode.KeyConflict, () => box.Keys.Seal(key.PublicKey));
        Assert.Equal(key.PublicKey, File.ReadAllText(box.FileOf(key)));
    }

    [Fact]
    public void Unprotected_again_every_seed_is_as_nsc_reads_it_and_the_header_is_gone()
    {
        using var box = new ProtectedKeysBox();
        NatsKeyPair[] keys = [box.Add(NatsKeyType.Operator), box.Add(NatsKeyType.Account), box.AddPlain()];
        Assert.True(box.Keys.Unseal(keys[0].PublicKey));
        Assert.False(box.Keys.Unseal(keys[0].PublicKey));

        box.Keys.Unprotect();
        box.Keys.Unprotect();

        Assert.All(keys, key => Assert.True(box.IsPlain(key) && box.Finds(key)));
        Assert.False(File.Exists(box.HeaderFile));
        Refused.With(ErrorCode.CannotProtect, () => box.Keys.Seal(keys[0].PublicKey));
        Assert.False(box.Keys.Unseal(keys[0].PublicKey));
    }

    [Fact]
    public void A_seed_that_cannot_be_opened_keeps_the_root_protected()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair good = box.Add();
        using NatsKeyPair bad = box.Add();
        File.WriteAllText(box.FileOf(bad), File.ReadAllText(box.FileOf(good)));
        Assert.Equal(box.FileOf(bad), Refused.With(ErrorCode.KeyDamaged, () => box.Keys.Unprotect()).Path);
        Assert.True(File.Exists(box.HeaderFile));
        Assert.True(box.Finds(good));
    }

    [Fact]
    public void A_root_that_was_protected_anew_by_another_process_is_locked_for_this_one()
    {
        using var box = new ProtectedKeysBox();
        using var other = new ProtectedKeysBox();
        using NatsKeyPair key = other.Add();
        box.Keys.Add(key);
        other.Forget();
        File.Copy(other.HeaderFile, box.HeaderFile, overwrite: true);
        File.Copy(other.FileOf(key), box.FileOf(key), overwrite: true);

        Assert.Equal(KeyProtectionState.Locked, box.Keys.Protection);
        Refused.With(ErrorCode.KeyStoreLocked, () => box.Keys.Find(key.PublicKey));
        using NatsKeyPair another = NatsKeyPair.Generate(NatsKeyType.User);
        Refused.With(ErrorCode.KeyStoreLocked, () => box.Keys.Add(another));
        box.Keys.Unlock(Passphrase);
        Assert.True(box.Finds(key));
    }

    [Fact]
    public async Task No_key_is_lost_that_is_kept_while_protection_comes_and_goes()
    {
        using var box = new ProtectedKeysBox();
        var added = new ConcurrentBag<NatsKeyPair>();
        Task[] writers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int count = 0; count < 50; count++)
            {
                added.Add(box.Add());
            }
        }))];
        try
        {
            do
            {
                box.Keys.Unprotect();
                box.Protect(Passphrase);
                box.SealAll();
            }
            while (!Task.WhenAll(writers).IsCompleted);
        }
        finally
        {
            await Task.WhenAll(writers);
        }

        box.Keys.Unprotect();
        Assert.Equal(200, added.Count);
        Assert.All(added, key => Assert.True(box.IsPlain(key)));
    }

    [Fact]
    public void Of_many_who_protect_a_root_at_once_one_decides_about_the_passphrase()
    {
        using var box = new StoreBox(StorePlace.Disk);
        var protection = new KeyProtection(box.At("keys"));
        Parallel.For(0, 8, _ => protection.Protect(Passphrase, ProtectedKeysBox.Cheap));
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        box.Store.Keys.Add(key);
        box.Store.Keys.Lock();
        box.Store.Keys.Unlock(Passphrase);
        Assert.Equal(ProtectedKeysBox.SeedOf(key), ProtectedKeysBox.SeedOf(box.Store.Keys.Find(key.PublicKey)!));
    }

    [Fact]
    public void Keys_in_memory_cannot_be_protected()
    {
        KeyStore keys = NatsStore.InMemory().Keys;
        Refused.With(ErrorCode.CannotProtect, () => keys.Protect(Passphrase));
        keys.Unlock(Passphrase);
        keys.Lock();
        keys.Unprotect();
        Assert.Equal(KeyProtectionState.None, keys.Protection);
    }

    [Fact]
    public async Task Protection_neither_comes_nor_goes_while_a_seed_is_written()
    {
        using var box = new ProtectedKeysBox();
        var protection = new KeyProtection(box.Root);
        using IDisposable first = protection.Hold(CancellationToken.None);
        IDisposable second = protection.Hold(CancellationToken.None);
        Task going = Task.Run(() => box.Keys.Unprotect());
        await Task.Delay(200);
        Assert.False(going.IsCompleted);
        second.Dispose();
        await Task.Delay(200);
        Assert.False(going.IsCompleted);
        Assert.Equal(KeyProtectionState.Unlocked, box.Keys.Protection);
        first.Dispose();
        await going;
        Assert.Equal(KeyProtectionState.None, box.Keys.Protection);
    }

    [Fact]
    public void A_key_that_comes_with_other_changes_is_kept_as_the_protection_is_by_then()
    {
        using var box = new ProtectedKeysBox();
        using NatsKeyPair first = NatsKeyPair.Generate(NatsKeyType.User);
        using NatsKeyPair second = NatsKeyPair.Generate(NatsKeyType.User);
        using (StoreTransaction change = box.Store.Store.BeginChange())
        {
            change.KeepKey(first);
            box.Keys.Unprotect();
            change.Commit();
        }

        Assert.True(box.IsPlain(first));
        using (StoreTransaction change = box.Store.Store.BeginChange())
        {
            change.KeepKey(second);
            box.Protect(ProtectedKeysBox.Passphrase);
            change.Commit();
        }

        Assert.False(box.IsPlain(second));
        Assert.True(box.Finds(first) && box.Finds(second));
    }
}
