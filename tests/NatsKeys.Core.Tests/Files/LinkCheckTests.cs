using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Files;

/// <summary>Links may lead to a store and about in it. Out of it they are not followed.</summary>
public class LinkCheckTests
{
    [Fact]
    public void A_link_out_of_the_store_is_refused_and_what_it_leads_to_is_not_shown()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string file = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        File.WriteAllText(box.At("elsewhere"), "hidden: 1\n");
        File.Delete(file);
        if (!TryLink(file, box.At("elsewhere")))
        {
            return;
        }

        NatsKeysException error = Refused.With(ErrorCode.FileAccess, () => box.Store.Find(StoreBox.U));
        Assert.Equal(file, error.Path);
        Assert.Contains(box.At("elsewhere"), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("store", "natskeys.yaml")]
    [InlineData("store", "rotations.yaml")]
    [InlineData("store", "O", "operator.yaml")]
    [InlineData("store", "O", "accounts", "A")]
    [InlineData("store", "O", "accounts")]
    public void So_is_a_link_in_the_place_of_any_file_or_folder(params string[] place)
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string path = box.At(place);
        if (Path.Exists(path))
        {
            Directory.Move(path, box.At("elsewhere"));
        }
        else
        {
            File.WriteAllText(box.At("elsewhere"), "format: 1\n");
        }

        if (!TryLink(path, box.At("elsewhere")))
        {
            return;
        }

        Refused.With(ErrorCode.FileAccess, () =>
        {
            NatsStore store = StoreRoots.Open(box.At("store"), box.At("keys"));
            store.ReadRotations();
            _ = store.Find(StoreBox.U)?.Parent.Parent.Jwt;
        });
    }

    [Fact]
    public void Nothing_is_written_through_a_link_out_of_the_store()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.A);
        string elsewhere = Directory.CreateDirectory(box.At("elsewhere")).FullName;
        string users = box.At("store", "O", "accounts", "A", "users");
        if (!TryLink(users, elsewhere) || !TryLink(box.At("store", "O", "accounts", "B"), elsewhere))
        {
            return;
        }

        using var editor = new EntityEditor(box.Store);
        Refused.With(ErrorCode.FileAccess, () => editor.CreateUser(new NewEntity("U"), StoreBox.A));
        Refused.With(ErrorCode.FileAccess, () => editor.CreateAccount(new NewEntity("B"), StoreBox.O));
        Refused.With(ErrorCode.FileAccess, () => editor.Rename(StoreBox.A, "B", SigningKeyChoice.Default));
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
    }

    [Fact]
    public void A_link_in_the_place_of_a_lock_is_refused_and_what_it_leads_to_stays()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.A);
        string precious = box.At("precious");
        File.WriteAllText(precious, "mine");
        File.Delete(box.At("store", ".natskeys.lock"));
        if (!TryLink(box.At("store", ".natskeys.lock"), precious))
        {
            return;
        }

        using var editor = new EntityEditor(box.Store);
        NatsKeysException error = Refused.With(ErrorCode.FileAccess, () => editor.CreateUser(new NewEntity("U"), StoreBox.A));
        Assert.Contains(precious, error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(precious));
    }

    [Fact]
    public void A_link_in_the_place_of_the_queue_of_a_lock_leads_nobody_to_the_files_of_others()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.A);
        string elsewhere = Directory.CreateDirectory(box.At("elsewhere")).FullName;
        string[] others = [Path.Combine(elsewhere, "007"), Path.Combine(elsewhere, "0000000000000001-" + new string('0', 32))];
        Array.ForEach(others, path => File.WriteAllText(path, "mine"));
        if (!TryLink(box.At("store", ".natskeys.lock.queue"), elsewhere))
        {
            return;
        }

        using var editor = new EntityEditor(box.Store);
        editor.CreateUser(new NewEntity("U"), StoreBox.A);
        Assert.All(others, path => Assert.True(File.Exists(path), path));
        Assert.NotNull(box.Store.Find(StoreBox.U));
    }

    [Fact]
    public void A_link_within_the_store_and_a_link_to_it_are_followed()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string file = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        File.Move(file, box.At("store", "U.data"));
        if (!TryLink(file, Path.Combine("..", "..", "..", "..", "U.data")) || !TryLink(box.At("link"), box.At("store")))
        {
            return;
        }

        Assert.Equal(EntityState.Signed, box.User.State);
        Assert.Equal(EntityState.Signed, StoreRoots.Open(box.At("link"), box.At("keys"), box.Clock).Get(StoreBox.U).State);
    }

    [Fact]
    public void A_link_in_a_circle_is_refused()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string file = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        File.Delete(file);
        if (TryLink(file, "U.yaml"))
        {
            Assert.Equal(file, Refused.With(ErrorCode.FileAccess, () => box.Store.Find(StoreBox.U)).Path);
        }
    }

    /// <summary>Windows lets not everybody make links.</summary>
    internal static bool TryLink(string path, string target)
    {
        try
        {
            _ = Directory.Exists(Path.GetFullPath(target, Path.GetDirectoryName(path)!)) ? Directory.CreateSymbolicLink(path, target)
                : File.CreateSymbolicLink(path, target);
            return true;
        }
        catch (Exception error) when (OperatingSystem.IsWindows() && error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
