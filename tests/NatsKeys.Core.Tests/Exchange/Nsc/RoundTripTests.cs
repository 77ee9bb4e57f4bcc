using NatsKeys.Editing;
using NatsKeys.Exchange;
using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Exchange;

/// <summary>What nsc wrote, and came here, goes back to nsc as it was.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly NscBox box = new();

    [Fact]
    public void Every_file_of_nsc_comes_back_byte_for_byte()
    {
        Assert.Empty(box.Import());
        Assert.Equal(Files(box.Source, "stores", "keys"), Files(box.Export(), "stores", "keys"));
    }

    [Fact]
    public void Every_entity_has_the_token_as_it_was_and_says_what_the_token_says()
    {
        (NatsEntity[] entities, NatsKeysException[] faults) = box.ImportInto(box.Store);
        Assert.Empty(faults);
        Assert.Equal(34, entities.Length);
        string[] tokens = [.. Directory.GetFiles(Path.Combine(box.Source, "stores"), "*.jwt", SearchOption.AllDirectories).Select(File.ReadAllText)];
        Assert.Equal(tokens.Order(StringComparer.Ordinal), entities.Select(entity => entity.Jwt!).Order(StringComparer.Ordinal));
        Assert.All(entities, entity =>
            Assert.False(entity.State is EntityState.Modified or EntityState.Untrusted or EntityState.Unsigned, $"{entity.Path} {entity.State}"));
    }

    [Fact]
    public void A_store_in_memory_takes_tokens_and_keys_and_gives_the_tokens_back()
    {
        NatsStore memory = NatsStore.InMemory();
        Assert.Empty(box.ImportInto(memory).Faults);
        Assert.Equal(43, memory.Keys.PublicKeys().Count());
        Assert.Equal(Files(box.Source, "stores", "keys/keys"), Files(box.Export(memory), "stores", "keys/keys"));
    }

    [Fact]
    public void What_was_exported_is_for_its_owner_alone()
    {
        box.Import();
        string folder = box.Export();
        foreach (string path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Append(folder))
        {
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(File.Exists(path) ? "600" : "700", Convert.ToString((int)File.GetUnixFileMode(path), 8));
            }
        }
    }

    [Fact]
    public void A_second_import_writes_nothing()
    {
        box.Import();
        var before = Directory.EnumerateFiles(box.At("store"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != LockFile.StoreName).ToDictionary(file => file, File.GetLastWriteTimeUtc);
        Assert.Empty(box.Import());
        Assert.All(before, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
    }

    [Fact]
    public void A_store_that_was_made_here_comes_back_as_well()
    {
        NatsStore other = StoreRoots.Create(box.At("other"), box.At("otherkeys"));
        using (var editor = new EntityEditor(other))
        {
            editor.CreateOperator(new NewEntity("R&D é"));
            editor.CreateAccount(new NewEntity("A b"), new EntityPath("R&D é"));
            editor.CreateUser(new NewEntity("-u"), new EntityPath("R&D é", "A b"));
        }

        string folder = box.Export(other);
        Assert.StartsWith("{\"managed\":false,\"name\":\"R\\u0026D é\",", File.ReadAllText(Path.Combine(folder, "stores", "R&D é", ".nsc")),
            StringComparison.Ordinal);
        (NatsEntity[] entities, NatsKeysException[] faults) = box.ImportInto(box.Store, false, folder);
        Assert.Empty(faults);
        Assert.Equal(NscBox.Entities(other).Select(entity => entity.Jwt), entities.Select(entity => entity.Jwt));
        Assert.Equal(3, box.Store.Keys.PublicKeys().Count());
    }

    [Fact]
    public void A_folder_that_has_something_is_not_written_to()
    {
        Directory.CreateDirectory(box.At("export"));
        File.WriteAllText(box.At("export", "mine"), "mine");
        NatsKeysException error = Refused.With(ErrorCode.FileExists, () => _ = new NscWriter(box.Store, box.At("export")));
        Assert.Contains(box.At("export"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_belong_to_nobody_stay_unless_they_are_asked_for()
    {
        box.Import();
        using NatsKeyPair spare = NatsKeyPair.Generate(NatsKeyType.Account);
        box.Store.Keys.Add(spare);
        var writer = new NscWriter(box.Store, box.At("export"));
        writer.Begin();
        foreach (NatsEntity entity in NscBox.Entities(box.Store))
        {
            writer.Write(entity);
        }

        Assert.Equal([spare.PublicKey], writer.UnwrittenKeys);
        writer.WriteKey(spare.PublicKey);
        Assert.Empty(writer.UnwrittenKeys);
        Assert.Single(Directory.GetFiles(box.At("export"), spare.PublicKey + ".nk", SearchOption.AllDirectories));
    }

    [Fact]
    public void An_operator_of_somebody_else_is_managed()
    {
        Directory.Delete(Path.Combine(box.Source, "keys", "keys", "O"), recursive: true);
        box.Import();
        Assert.Contains("\"managed\":true", File.ReadAllText(Path.Combine(box.Export(), "stores", "RICH", ".nsc")), StringComparison.Ordinal);
    }

    public void Dispose() => box.Dispose();

    private static string[] Files(string root, params string[] folders) =>
    [
        .. folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
            .Where(file => !file.EndsWith(".gitignore", StringComparison.Ordinal) || folders.Contains("keys"))
            .Order(StringComparer.Ordinal).Select(file => $"{Path.GetRelativePath(root, file)} {Convert.ToHexString(File.ReadAllBytes(file))}"),
    ];
}
