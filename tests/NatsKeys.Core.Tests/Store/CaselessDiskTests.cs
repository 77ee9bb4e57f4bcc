using NatsKeys.Core.Tests.Files;
using NatsKeys.Editing;
using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>Where the disk takes names of another case for the same, a name is still spelled as it was made.</summary>
public sealed class CaselessDiskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly IDisposable replaced = Disk.Replace(new CaselessDisk());
    private readonly NatsStore store;
    private readonly EntityPath made = new("O2", "Acc", "User");

    public CaselessDiskTests()
    {
        NatsStore first = StoreRoots.Create(folder.At("Store"), folder.At("Keys"));
        using (var editor = new EntityEditor(first))
        {
            editor.CreateOperator(new("O2"));
            editor.CreateAccount(new("Acc"), new("O2"));
            editor.CreateUser(new("User"), new("O2", "Acc"));
        }

        CaselessDisk.Alias(folder.Root);
        store = StoreRoots.Open(folder.At("Store"), folder.At("Keys"));
    }

    [Fact]
    public void An_entity_has_the_name_under_which_it_is_stored()
    {
        var typed = new EntityPath("o2", "acc", "user");
        Assert.Equal(made, store.Find(typed)!.Path);
        Assert.Equal(made, store.Get(typed).Path);
        Assert.Equal(made, store.FindUser("o2/acc/user").Path);
        Assert.Equal(made, store.FindUser("acc/user").Path);
        Assert.Equal(made, store.LocateUser("o2/acc/user"));
        Assert.Equal(made.Parent, store.LocateAccount("o2", "acc"));
        Assert.Equal(made.Parent, store.FindAccount(null, "o2/acc").Path);
        Assert.Equal("O2", store.FindOperator("o2").Name);
        Assert.Equal(made, store.LoadText(typed)!.Value.Path);
        Assert.Equal([made.Parent!], store.AccountPaths("o2"));
        Assert.Equal(["User"], store.Names(new EntityPath("o2", "acc")));
    }

    [Fact]
    public void One_entity_is_one_object_by_whatever_spelling()
    {
        // A file that has just been written may change once more within the tick of the disk's clock: then nobody shares what was read.
        Array.ForEach(Directory.GetFiles(folder.Root, "*.yaml", SearchOption.AllDirectories), file =>
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1)));
        Assert.Same(store.GetShared(new EntityPath("O2", "Acc")), store.GetShared(new EntityPath("o2", "acc")));
    }

    [Fact]
    public void One_folder_is_one_store_and_one_key_root()
    {
        NatsStore other = StoreRoots.Open(folder.At("store"), folder.At("keys"));
        Assert.Equal((store.Location, store.Keys.Location), (other.Location, other.Keys.Location));

        store.Keys.Protect("a passphrase");
        Assert.Equal(KeyProtectionState.Unlocked, new FolderKeyStore(folder.At("keys")).Protection);
        store.Keys.Lock();
        Assert.Equal(KeyProtectionState.Locked, new FolderKeyStore(folder.At("Keys")).Protection);
        new FolderKeyStore(folder.At("keys")).Unlock("a passphrase");
        Assert.Equal(KeyProtectionState.Unlocked, store.Keys.Protection);
    }

    [Fact]
    public void One_file_is_not_written_twice()
    {
        Assert.True(PathSpelling.IsSame(folder.At("Store", "natskeys.yaml"), folder.At("store", "natskeys.yaml")));
        Refused.With(ErrorCode.InvalidServerConfig, () =>
            ServerConfig.Write([(folder.At("n.conf"), "a"), (folder.At("N.CONF"), "b")], overwrite: true));
        Assert.False(File.Exists(folder.At("n.conf")));
    }

    [Fact]
    public void Nothing_is_made_beside_what_differs_in_case_alone()
    {
        using var editor = new EntityEditor(store);
        Refused.With(ErrorCode.EntityExists, () => editor.CreateUser(new("USER"), new("o2", "acc")));
        NatsEntity user = editor.CreateUser(new("Other"), new("o2", "acc"));
        Assert.Equal("O2/Acc/Other", $"{user.Path}".Split(' ')[1]);
    }

    public void Dispose()
    {
        replaced.Dispose();
        folder.Dispose();
    }
}
