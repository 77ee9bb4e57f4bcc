using System.Security.Cryptography;
using System.Text;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>What people should know of the work on a store, once each.</summary>
public sealed class NoticeTests : IDisposable
{
    private readonly StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
    private readonly string journal;

    public NoticeTests()
    {
        Assert.Empty(box.Store.TakeNotices());
        journal = box.At("keys", $".natskeys.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(box.At("store")))[..6])}.journal");
    }

    [Fact]
    public void A_change_of_which_no_note_could_be_made_is_told()
    {
        Directory.CreateDirectory(journal);
        box.Create(StoreBox.A, new NewEntity("V"));
        Assert.Contains("without a note", Assert.Single(box.Store.TakeNotices()), StringComparison.Ordinal);
        Assert.Empty(box.Store.TakeNotices());
        Assert.NotNull(box.Store.Find(StoreBox.A.Child("V")));
    }

    [Fact]
    public void A_change_that_was_finished_for_somebody_else_is_told()
    {
        Leave("""[{"do":"Delete","path":["store","O/accounts/A/users/U.yaml"]}]""");
        NatsStore opened = StoreRoots.Open(box.At("store"), box.At("keys"));
        Assert.Contains("had been interrupted: 1 steps", Assert.Single(opened.TakeNotices()), StringComparison.Ordinal);
        Assert.Empty(opened.TakeNotices());
        Assert.Null(opened.Find(StoreBox.U));
    }

    [Fact]
    public void A_change_that_could_not_be_finished_is_told_by_whoever_opens_the_store()
    {
        Leave("""[{"do":"Format","path":["store","O/accounts/A/users/U.yaml"]}]""");
        NatsStore opened = StoreRoots.Open(box.At("store"), box.At("keys"));
        string notice = Assert.Single(opened.TakeNotices());
        Assert.Contains("could not be finished now", notice, StringComparison.Ordinal);
        Assert.Contains(journal, notice, StringComparison.Ordinal);
        Assert.NotNull(opened.Find(StoreBox.U));
    }

    public void Dispose() => box.Dispose();

    /// <summary>What a process that was killed leaves in the key root.</summary>
    private void Leave(string note)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(note);
        File.WriteAllBytes(journal, [.. bytes, .. SHA256.HashData(bytes)]);
    }
}
