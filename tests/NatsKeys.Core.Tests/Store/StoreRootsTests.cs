
using NatsKeys.Core.Tests.Jwt;
using NatsKeys.Editing;
using NatsKeys.Files;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>The environment belongs to the whole process, so nothing else runs beside these tests.</summary>
[CollectionDefinition(nameof(ProcessEnvironment), DisableParallelization = true)]
public class ProcessEnvironment;

[Collection(nameof(ProcessEnvironment))]
public sealed class StoreRootsTests : IDisposable
{
    private static readonly string[] Variables = [StoreRoots.StoreVariable, DefaultFolders.KeysVariable, "XDG_DATA_HOME"];
    private readonly TemporaryFolder folder = new();
    private readonly string?[] before = [.. Variables.Select(Environment.GetEnvironmentVariable)];

    public StoreRootsTests()
    {
        Set(null, null);
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", folder.At("data"));
    }

    [Fact]
    public void The_file_of_a_store_names_its_format_and_its_keys_relative_to_itself()
    {
        StoreRoots.Create(folder.At("store"), folder.At("keys"));
        Assert.Equal("format: 1\nkeys: '../keys'\n", File.ReadAllText(folder.At("store", "natskeys.yaml")));
        StoreRoots.Create(folder.At("plain"));
        Assert.Equal("format: 1\n", File.ReadAllText(folder.At("plain", "natskeys.yaml")));
    }

    [Fact]
    public void A_separator_at_the_end_makes_no_other_store()
    {
        string end = Path.DirectorySeparatorChar.ToString();
        StoreRoots.Create(folder.At("store"));
        Set(null, folder.At("keys") + end);
        NatsStore store = StoreRoots.Open(folder.At("store") + end);
        Assert.Equal((folder.At("store"), folder.At("keys")), (store.Location, store.Keys.Location));
        Set(folder.At("store") + end, null);
        Assert.Equal(folder.At("store"), StoreRoots.OpenDefault().Location);
    }

    [Fact]
    public void Store_and_keys_can_move_together()
    {
        StoreRoots.Create(folder.At("one", "store"), folder.At("one", "keys"));
        Directory.Move(folder.At("one"), folder.At("two"));
        Assert.Equal(folder.At("two", "keys"), StoreRoots.Open(folder.At("two", "store")).Keys.Location);
    }

    [Fact]
    public void Keys_are_at_the_parameter_then_the_environment_then_the_store_s_own_then_the_user_s()
    {
        StoreRoots.Create(folder.At("named"), folder.At("own"));
        StoreRoots.Create(folder.At("plain"));
        Assert.Equal(folder.At("own"), StoreRoots.Open(folder.At("named")).Keys.Location);
        Set(null, folder.At("environment"));
        Assert.Equal(folder.At("environment"), StoreRoots.Open(folder.At("named")).Keys.Location);
        Assert.Equal(folder.At("environment"), StoreRoots.Open(folder.At("plain")).Keys.Location);
        Assert.Equal(folder.At("parameter"), StoreRoots.Open(folder.At("named"), folder.At("parameter")).Keys.Location);
        Assert.Equal(folder.At("parameter", "creds"), StoreRoots.Open(folder.At("named"), folder.At("parameter")).CredentialRoot);
        Set(null, "");
        Assert.Equal(folder.At("own"), StoreRoots.Open(folder.At("named")).Keys.Location);
    }

    [Fact]
    public void Without_any_word_store_and_keys_are_the_user_s()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        NatsStore store = StoreRoots.OpenDefault();
        Assert.Equal((folder.At("data", "natskeys", "store"), folder.At("data", "natskeys", "keys")), (store.Location, store.Keys.Location));
        Assert.False(Directory.Exists(folder.At("data")));
        Set(folder.At("environment"), null);
        Assert.Equal(folder.At("environment"), StoreRoots.OpenDefault().Location);
    }

    [Fact]
    public void The_default_store_comes_into_being_with_its_first_entity()
    {
        Set(folder.At("store"), folder.At("keys"));
        Refused.With(ErrorCode.StoreNotFound, () => StoreRoots.Open(folder.At("store")));
        NatsStore store = StoreRoots.OpenDefault(clock: new FixedClock(1_700_000_000));
        using var editor = new EntityEditor(store);
        editor.CreateOperator(new NewEntity("O"));
        Assert.Equal(["O"], StoreRoots.Open(folder.At("store")).Names());
    }

    [Fact]
    public void A_store_is_not_made_anew()
    {
        StoreRoots.Create(folder.At("store"));
        Assert.Equal(folder.At("store"), Refused.With(ErrorCode.StoreExists, () => StoreRoots.Create(folder.At("store"))).Path);
    }

    [Theory]
    [InlineData("store")]
    [InlineData("store", "keys")]
    [InlineData("store", "..", "store", "keys")]
    [InlineData("store", "..keys")]
    public void Keys_never_lie_inside_a_new_store(params string[] keys)
    {
        Refused.With(ErrorCode.InvalidKeyPath, () => StoreRoots.Create(folder.At("store"), folder.At(keys)));
        Assert.False(File.Exists(folder.At("store", "natskeys.yaml")));
    }

    [Fact]
    public void A_folder_whose_name_begins_like_the_store_s_is_outside_of_it() =>
        Assert.Equal(folder.At("store-keys"), StoreRoots.Create(folder.At("store"), folder.At("store-keys")).Keys.Location);

    [Fact]
    public void Keys_never_lie_inside_an_opened_store()
    {
        StoreRoots.Create(folder.At("store"));
        Refused.With(ErrorCode.InvalidKeyPath, () => StoreRoots.Open(folder.At("store"), folder.At("store", "keys")));
    }

    [Fact]
    public void A_store_cannot_name_a_key_root_inside_itself()
    {
        StoreRoots.Create(folder.At("store"));
        File.WriteAllText(folder.At("store", "natskeys.yaml"), "format: 1\nkeys: keys\n");
        Refused.With(ErrorCode.InvalidKeyPath, () => StoreRoots.Open(folder.At("store")));
    }

    [Fact]
    public void The_environment_cannot_put_keys_inside_a_store()
    {
        Set(folder.At("store"), folder.At("store", "keys"));
        Refused.With(ErrorCode.InvalidKeyPath, () => StoreRoots.OpenDefault());
        Refused.With(ErrorCode.InvalidKeyPath, () => StoreRoots.Create(folder.At("store")));
    }

    [Theory]
    [InlineData("format: 2\n", ErrorCode.StoreFormat)]
    [InlineData("format: 1.0\n", ErrorCode.StoreFormat)]
    [InlineData("keys: ../keys\n", ErrorCode.StoreFormat)]
    [InlineData("format: [1]\n", ErrorCode.StoreFormat)]
    [InlineData("", ErrorCode.InvalidYaml)]
    [InlineData("format: {\n", ErrorCode.InvalidYaml)]
    [InlineData("format: 1\nkeys: [a]\n", ErrorCode.InvalidYaml)]
    public void A_store_of_a_format_that_is_not_known_is_not_opened(string marker, ErrorCode code)
    {
        Directory.CreateDirectory(folder.At("store"));
        File.WriteAllText(folder.At("store", "natskeys.yaml"), marker);
        Set(folder.At("store"), null);
        Assert.Equal(folder.At("store", "natskeys.yaml"), Refused.With(code, () => StoreRoots.Open(folder.At("store"))).Path);
        Refused.With(code, () => StoreRoots.OpenDefault());
        Refused.With(ErrorCode.StoreExists, () => StoreRoots.Create(folder.At("store")));
    }

    [Fact]
    public void What_cannot_be_written_is_said()
    {
        File.WriteAllText(folder.At("file"), "");
        Refused.With(ErrorCode.FileAccess, () => StoreRoots.Create(folder.At("file", "store")));
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        StoreRoots.Create(folder.At("store"));
        Refused.With(ErrorCode.FileAccess, () => StoreRoots.Open(folder.At("store"), folder.At("file", "keys")).Keys.Add(key));
    }

    public void Dispose()
    {
        foreach ((string variable, string? value) in Variables.Zip(before))
        {
            Environment.SetEnvironmentVariable(variable, value);
        }

        folder.Dispose();
    }

    private static void Set(string? store, string? keys)
    {
        Environment.SetEnvironmentVariable(StoreRoots.StoreVariable, store);
        Environment.SetEnvironmentVariable(DefaultFolders.KeysVariable, keys);
    }
}
