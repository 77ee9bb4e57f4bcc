using NatsKeys.Editing;
using NatsKeys.Inspection;
using NatsKeys.Rules;
using NatsKeys.Signing;

namespace NatsKeys.Core.Tests.Store;

/// <summary>Names that people take for others.</summary>
public sealed class LookAlikesTests
{
    [Theory]
    [InlineData("admin", "\u0430dmin", true)]
    [InlineData("ADMIN", "\u0430dmin", true)]
    [InlineData("admin", "\u0410DMIN", true)]
    [InlineData("admin", "adm\u0456n", true)]
    [InlineData("orders", "\u03bfrders", true)]
    [InlineData("OPS", "\u039f\u03a1S", true)]
    [InlineData("bill", "biIl", true)]
    [InlineData("bill", "b1l1", false)]
    [InlineData("bill", "bi11", true)]
    [InlineData("foo", "f0O", true)]
    [InlineData("a-b", "a\u2013b", true)]
    [InlineData("ab", "\uff41b", true)]
    [InlineData("mail", "mali", false)]
    [InlineData("mail", "mall", false)]
    [InlineData("user1", "user2", false)]
    [InlineData("Mueller", "M\u00fcller", false)]
    [InlineData("\u0438\u0432\u0430\u043d", "ivan", false)]
    public void A_new_name_that_looks_like_one_that_is_there_is_a_warning_and_a_finding(string there, string made, bool looksAlike)
    {
        foreach (StorePlace place in EveryStoreAttribute.Places)
        {
            using StoreBox box = new StoreBox(place).With(StoreBox.A.Child(there));
            Assert.Empty(box.Store.TakeNotices());
            box.Create(StoreBox.A, new NewEntity(made));

            Assert.Equal(looksAlike,
                box.Store.TakeNotices().Any(notice => notice.Message.Contains($"{StoreBox.A.Child(there)}", StringComparison.Ordinal)));
            Assert.Equal(looksAlike ? 1 : 0, Found(box).Length);
            Assert.DoesNotContain(
                StoreAuditor.Check(box.Store), finding => finding.Rule == "audit.look-alike" && finding.Severity <= FindingSeverity.Time);
        }
    }

    [Fact]
    public void What_cannot_be_seen_in_a_message_is_spelled_out()
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.A);
        box.Create(StoreBox.O, new NewEntity("\u0410"));
        Assert.Contains(box.Store.TakeNotices(), notice =>
            notice.Message.Contains("(\\u{410})", StringComparison.Ordinal) && notice.Message.Contains("account O/A,", StringComparison.Ordinal));
    }

    [Theory]
    [EveryStore]
    public void A_new_name_of_one_that_is_renamed_is_held_against_the_others_alone(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A.Child("admin")).With(StoreBox.A.Child("x"));
        box.Edit(editor => editor.Rename(StoreBox.A.Child("x"), "adm1n", SigningKeyChoice.Default));
        Assert.Empty(box.Store.TakeNotices());
        box.Edit(editor => editor.Rename(StoreBox.A.Child("adm1n"), "\u0430dmin", SigningKeyChoice.Default));
        Assert.Single(box.Store.TakeNotices());
        box.Edit(editor => editor.Rename(StoreBox.A.Child("admin"), "other", SigningKeyChoice.Default));
        box.Edit(editor => editor.Rename(StoreBox.A.Child("\u0430dmin"), "admin", SigningKeyChoice.Default));
        Assert.Empty(box.Store.TakeNotices());
        Assert.Empty(Found(box));
    }

    [Theory]
    [EveryStore]
    public void One_that_was_removed_is_looked_like_by_nothing(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A.Child("admin"));
        box.Edit(editor => editor.Remove(StoreBox.A.Child("admin"), new EntityRemovalRequest { NoRevocation = true }));
        box.Store.TakeNotices();
        box.Create(StoreBox.A, new NewEntity("\u0430dmin"));
        Assert.Empty(box.Store.TakeNotices());
    }

    private static StoreFinding[] Found(StoreBox box) => [.. StoreAuditor.Check(box.Store).Where(finding => finding.Rule == "audit.look-alike")];
}
