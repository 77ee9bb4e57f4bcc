using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

public class FolderStoreTests
{
    [Fact]
    public void Every_entity_is_one_file_and_no_secret_lies_among_them()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string[] files = [.. Directory.EnumerateFiles(box.At("store"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(box.At("store"), path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        Assert.Equal([".gitignore", ".natskeys.lock", "O/accounts/A/account.yaml", "O/accounts/A/users/U.yaml", "O/operator.yaml", "natskeys.yaml"],
            files);
        Assert.All(files, file => Assert.DoesNotMatch("S[OAU][A-Z2-7]{56}", File.ReadAllText(box.At("store", file))));
    }

    [Fact]
    public void A_file_that_is_replaced_by_one_of_the_same_time_and_size_is_read_again()
    {
        if (!OperatingSystem.IsLinux())
        {
            // Other systems do not tell which file it is.
            return;
        }

        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.O);
        string path = box.At("store", "O", "operator.yaml");
        string text = File.ReadAllText(path);
        var written = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.WriteAllText(path, text + "# one\n");
        File.SetLastWriteTimeUtc(path, written);
        NatsEntity before = box.Store.GetShared(StoreBox.O);
        Assert.Same(before, box.Store.GetShared(StoreBox.O));

        File.WriteAllText(path + ".new", text + "# two\n");
        File.SetLastWriteTimeUtc(path + ".new", written);
        File.Move(path + ".new", path, overwrite: true);
        Assert.NotSame(before, box.Store.GetShared(StoreBox.O));
    }

    [Fact]
    public void No_temporary_file_stays_behind()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        box.AddSigningKey(StoreBox.A);
        string path = box.At("store", "natskeys.yaml");
        Refused.With(ErrorCode.FileExists, () => SafeFiles.Write(path, "x"u8, overwrite: false));
        Directory.CreateDirectory(box.At("store", "folder"));
        Refused.With(ErrorCode.FileAccess, () => SafeFiles.Write(box.At("store", "folder"), "x"u8));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(box.At(), "*", SearchOption.AllDirectories), file => file.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.DoesNotContain("x", File.ReadAllText(path)[..1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:01.0000000", "00:00:02.9", false)]
    [InlineData("00:00:01.0000000", "00:00:03.1", true)]
    [InlineData("00:00:01.5040000", "00:00:01.6", false)]
    [InlineData("00:00:01.5040000", "00:00:01.7", true)]
    [InlineData("00:00:01.5040000", "00:00:01.0", false)]
    public void The_time_of_a_file_tells_changes_apart_once_the_clock_of_its_file_system_has_gone_on(string written, string now, bool isSettled)
    {
        DateTime day = DateTime.UnixEpoch;
        Assert.Equal(isSettled, FolderStore.IsSettled(day + TimeSpan.Parse(written, null), day + TimeSpan.Parse(now, null)));
    }

    [Fact]
    public void The_journal_says_nothing_between_the_changes_of_a_pipeline_and_goes_at_its_end()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.A);
        using (var editor = new EntityEditor(box.Store))
        {
            editor.CreateUser(new NewEntity("U"), StoreBox.A);
            string journal = Assert.Single(Journals(box));
            Assert.Null(LockFile.ReadRecord(box.At("store", ".natskeys.lock"))?.Journal);
            editor.CreateUser(new NewEntity("V"), StoreBox.A);
            Assert.Equal(journal, Assert.Single(Journals(box)));
            using (box.Store.BeginChange())
            {
                // Another thread may need it.
                box.Store.Flush();
                Assert.Single(Journals(box));
            }
        }

        Assert.Empty(Journals(box));
    }

    [Fact]
    public void An_edited_file_is_modified_and_an_unedited_one_is_not()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string path = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        string text = File.ReadAllText(path);

        File.WriteAllText(path, "# why this user exists\r\n" + text.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal(EntityState.Signed, box.User.State);
        File.WriteAllText(path, text + "tags: [a]\n");
        Assert.Equal(EntityState.Modified, box.User.State);
        File.WriteAllText(path, text + "claims: { bearer_token: true }\n");
        Assert.Equal(EntityState.Modified, box.User.State);
        Assert.True(box.User.BearerToken);
        File.WriteAllText(path, text.Replace(box.Account.Subject!, box.Operator.Subject!, StringComparison.Ordinal));
        Assert.Equal(EntityState.Modified, box.User.State);
        File.WriteAllText(path, text);
        Assert.Equal(EntityState.Signed, box.User.State);
    }

    [Fact]
    public void A_token_that_was_changed_after_it_was_signed_is_untrusted()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        Assert.Equal(EntityState.Signed, box.User.State);
        string path = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        string text = File.ReadAllText(path);
        string token = box.User.Jwt!;
        char other = token[^5] == 'A' ? 'B' : 'A';
        File.WriteAllText(path, text.Replace(token, $"{token[..^5]}{other}{token[^4..]}", StringComparison.Ordinal));
        Assert.Equal(EntityState.Untrusted, box.User.State);
        File.WriteAllText(path, text);
        Assert.Equal(EntityState.Signed, box.User.State);
    }

    [Fact]
    public void What_is_read_back_of_a_token_that_was_signed_just_now_is_what_it_states()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.A);
        var request = new NewEntity(
            "U") { Tags = ["b", "A"], Permissions = new UserPermissions { Pub = new SubjectPermission { Allow = ["z", "a"] } } };
        NatsUser made = (NatsUser)box.Create(StoreBox.A, request);
        NatsUser read = box.User;
        NatsJwt parsed = JwtReader.Read(read.Jwt!);
        Assert.All([made.Document.ReadToken(), read.Document.ReadToken()], known =>
        {
            Assert.Equal(parsed.Token, known.Token);
            Assert.Equal(parsed.Claims.Id, known.Claims.Id);
            Assert.Equal(ClaimJson.Payload(parsed.Claims).Written.ToArray(), ClaimJson.Payload(known.Claims).Written.ToArray());
        });
    }

    [Fact]
    public void Without_a_token_an_entity_is_unsigned()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string path = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        File.WriteAllLines(path, File.ReadAllLines(path).Where(line => !line.StartsWith("jwt:", StringComparison.Ordinal)));
        Assert.Equal((EntityState.Unsigned, null), (box.User.State, box.User.IssuedAt));
    }

    [Theory]
    [InlineData("jwt: nonsense\n")]
    [InlineData("jwt: eyJ.eyJ.x\n")]
    public void A_token_that_is_none_is_untrusted_and_the_entity_still_reads(string line)
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string path = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Split("jwt:")[0] + line);
        Assert.Equal(EntityState.Untrusted, box.User.State);
    }

    [Theory]
    [InlineData("kind: user\nname: [\n", "Line 3", ErrorCode.InvalidYaml)]
    [InlineData("kind: user\nnmae: U\n", "Line 2, column 1", ErrorCode.InvalidYaml)]
    [InlineData("", "Line 1", ErrorCode.InvalidYaml)]
    [InlineData("kind: account\n", "Line 1, column 7", ErrorCode.InvalidYaml)]
    public void A_broken_file_names_itself_and_its_line_and_the_others_still_read(string text, string place, ErrorCode code)
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U).With(new EntityPath("O", "A", "V"));
        string path = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        File.WriteAllText(path, text);

        NatsKeysException error = Refused.With(code, () => box.Store.Find(StoreBox.U));
        Assert.Equal(path, error.Path);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Equal(["U", "V"], box.Store.Names(StoreBox.A));
        Assert.Equal(EntityState.Signed, box.Store.Get(new EntityPath("O", "A", "V")).State);
    }

    [Fact]
    public void A_file_that_is_not_utf_8_names_itself()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string path = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        File.WriteAllBytes(path, [.. "kind: user\nname: "u8, 0xFF, 0x0A]);
        Assert.Equal(path, Refused.With(ErrorCode.InvalidYaml, () => box.Store.Find(StoreBox.U)).Path);
    }

    [Fact]
    public void A_file_that_cannot_be_read_names_itself()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.A);
        string path = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        Directory.CreateDirectory(path);
        Assert.Equal(path, Refused.With(ErrorCode.FileAccess, () => box.Store.Find(StoreBox.U)).Path);
        Assert.Empty(box.Store.Names(StoreBox.A));
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string path = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        File.WriteAllText(path, "\ufeff" + File.ReadAllText(path));
        Assert.Equal(EntityState.Signed, box.User.State);
    }

    [Fact]
    public void What_is_no_entity_is_not_listed()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        Directory.CreateDirectory(box.At("store", ".git", "accounts"));
        Directory.CreateDirectory(box.At("store", "O", "accounts", "empty"));
        File.WriteAllText(box.At("store", "O", "accounts", "A", "users", "README.md"), "");
        File.WriteAllText(box.At("store", "O", "accounts", "A", "users", " x.yaml"), "");
        Assert.Equal(["O"], box.Store.Names());
        Assert.Equal(["A"], box.Store.Names(StoreBox.O));
        Assert.Equal(["U"], box.Store.Names(StoreBox.A));
    }

    [Fact]
    public void An_entity_that_cannot_be_saved_leaves_no_key_behind()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.O);
        File.WriteAllText(box.At("store", "O", "accounts"), "in the way");
        IReadOnlyList<string> before = box.Snapshot();
        Refused.With(ErrorCode.FileAccess, () => box.With(StoreBox.A));
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void A_key_that_was_there_before_outlives_an_entity_that_cannot_be_saved()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.O);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        box.Store.Keys.Add(key);
        File.WriteAllText(box.At("store", "O", "accounts"), "in the way");
        Refused.With(ErrorCode.FileAccess, () => box.Create(StoreBox.O, new NewEntity("A") { Key = key }));
        Assert.True(box.Store.Keys.Contains(key.PublicKey));
    }

    private static string[] Journals(StoreBox box) => Directory.GetFiles(box.At("keys"), ".natskeys.*.journal");
}
