using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

public class EntityNameTests
{
    public static TheoryData<string> Bad =>
    [
        "", ".", "..", "a/b", "a\\b", "../evil", "/", "\\", "a<b", "a>b", "a:b", "a\"b", "a|b", "a?b", "*", "a*", "\0", "a\nb", "a\u0085b",
        "\u001b[0m",
        " a", "a ", "\ta", "a\u00a0", "\u3000a", "a.", "a..", "...", "CON", "con", "Con.txt", "con .txt", "PRN", "AUX", "NUL", "NUL.tar.gz", "COM1",
        "COM9", "LPT1", "lpt9", "CONIN$", "CONOUT$",
        "COM\u00b9", "LPT\u00b3.txt", ".hidden", ".git", "git~1", "GIT~1", ".natskeys.lock", "rotations.yaml", "natskeys.YAML", "x.yml", "a.nk",
        "a.creds", "a.jwt", "a.json", "a.tmp", "a.lock",
        "a\u200bb", "a\u202eb", "a\u2066b", "a\u3164b", "\u2800", "a\u034fb", "a\ufe0fb", "a\u00a0b", "a\u3000b", "a\u17b4b", "a\u180bb", "a\uffa0b",
        "a\ufeffb", "a\u00adb", "a\ue000b", "a\ufffeb",
        "a\udb40\udc41b", new string('a', 201), string.Concat(Enumerable.Repeat("é", 101)),
    ];

    public static TheoryData<string> Good =>
    [
        "A", "Acme Co", "a.b", "a-b_c", "Grüße", "日本語", "😀", "CONSOLE", "COM10", "com", "a.CON", "accounts", "users", "operator", "natskeys", "~",
        "$SYS", "#", "%2e%2e", "'", "a;b", "{0}",
        new string('a', 200),
    ];

    [Theory]
    [MemberData(nameof(Bad))]
    public void Names_that_some_file_system_cannot_take_are_refused(string name)
    {
        NatsKeysException error = Refused.With(ErrorCode.InvalidName, () => EntityName.Check(name));
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void Other_names_are_taken_and_found_again(string name)
    {
        var path = new EntityPath(name, name, name);
        using StoreBox box = new StoreBox(StorePlace.Disk).With(path);
        Assert.Equal([name], box.Store.Names());
        Assert.Equal([name], box.Store.Names(path.Parent!.Parent));
        Assert.Equal([name], box.Store.Names(path.Parent));
        Assert.Equal((name, EntityState.Signed), (box.Store.Get(path).Name, box.Store.Get(path).State));
    }

    [Fact]
    public void Half_a_character_is_no_name()
    {
        Refused.With(ErrorCode.InvalidName, () => EntityName.Check("\ud800"));
        Refused.With(ErrorCode.InvalidName, () => EntityName.Check("a\udc00"));
    }

    /// <summary>Not even a name that something has elsewhere: Windows without ICU throws for it.</summary>
    [Theory]
    [InlineData("a\ufdd0b")]
    [InlineData("a\ufdef")]
    [InlineData("a\ufffe")]
    [InlineData("\uffffb")]
    [InlineData("a\ud83f\udffeb")]
    [InlineData("a\udbff\udfff")]
    public void What_is_no_character_is_no_name_and_can_be_asked_for(string name)
    {
        Refused.With(ErrorCode.InvalidName, () => EntityName.CheckKept(name));
        Assert.Equal(name, new EntityPath(name).Operator);
    }

    [Fact]
    public void Names_are_stored_in_the_composed_form() => Assert.Equal("\u00e9", EntityName.Check("e\u0301"));

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_name_creates_and_finds_nothing(string name)
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        IReadOnlyList<string> before = box.Snapshot();
        Refused.With(ErrorCode.InvalidName, () => box.Create(null, new NewEntity(name)));
        Refused.With(ErrorCode.InvalidName, () => box.Create(StoreBox.O, new NewEntity(name)));
        Refused.With(ErrorCode.InvalidName, () => box.Create(StoreBox.A, new NewEntity(name)));

        Assert.Null(box.Store.Find(new EntityPath(name)));
        Assert.Null(box.Store.Find(new EntityPath("O", name)));
        Assert.Null(box.Store.Find(new EntityPath("O", "A", name)));
        Assert.Null(box.Store.Find(new EntityPath(name, "A", "U")));
        Assert.Equal(before, box.Snapshot());
    }

    [Fact]
    public void What_lies_beside_the_store_cannot_be_reached_or_listed()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        Directory.CreateDirectory(box.At("accounts", "B", "users"));
        File.Copy(box.At("store", "O", "accounts", "A", "account.yaml"), box.At("accounts", "B", "account.yaml"));
        File.Copy(box.At("store", "O", "accounts", "A", "users", "U.yaml"), box.At("accounts", "B", "users", "V.yaml"));

        Assert.Null(box.Store.Find(new EntityPath("..", "B")));
        Assert.Null(box.Store.Find(new EntityPath("O", "../../../accounts/B", "V")));
        Assert.Empty(box.Store.Names(new EntityPath("..")));
        Assert.Empty(box.Store.Names(new EntityPath("..", "B")));
        Assert.Empty(box.Store.Names(new EntityPath("O", "../../../accounts/B")));
    }

    [Theory]
    [InlineData("operator O", "operator O")]
    [InlineData("O", "operator O")]
    [InlineData("account O/A", "account O/A")]
    [InlineData("Account O/A", "account O/A")]
    [InlineData("O/A/U", "user O/A/U")]
    [InlineData("user Acme Co/A/U", "user Acme Co/A/U")]
    [InlineData("account Acme", "operator account Acme")]
    public void A_place_is_read_as_it_is_shown(string text, string place) => Assert.Equal(place, EntityPath.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("account O/")]
    [InlineData("O/A/U/x")]
    public void What_is_no_place_is_not_read(string text) => Assert.Throws<FormatException>(() => EntityPath.Parse(text));
}
