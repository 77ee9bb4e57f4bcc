using NatsKeys.Claims;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>What a person wrote into an entity file stays where nothing changed.</summary>
public class EntityFileRewriteTests
{
    private const string Text =
        """
        # The billing account. Ask Ann before you change it.
        name: A
        kind: account   # what else
        claims:
          # ten, because of the licence
          limits:
            conn: 10 # agreed in May
            subs: -1

            # nothing larger
            payload: 65536
          description: |
            # not a remark
            two lines
          signing_keys: []
        tags: [ 'b',   a ]
        expires: 2099-01-31

        # the end
        """;

    [Fact]
    public void Only_what_changed_is_written()
    {
        string text = Change(claims => claims.Limits.Conn = 11);
        Assert.Equal(Text.ReplaceLineEndings("\n").Replace("conn: 10 #", "conn: 11 #", StringComparison.Ordinal) + "\n", text);
    }

    [Fact]
    public void What_changes_nothing_changes_no_letter() => Assert.Equal(Text.ReplaceLineEndings("\n") + "\n", Change(_ => { }));

    [Fact]
    public void What_is_new_stands_where_it_would_be_written_and_what_is_gone_takes_its_remarks_along()
    {
        string text = Change(claims =>
        {
            claims.Limits.Payload = -1;
            claims.Limits.Leaf = 4;
            claims.Description = null;
            claims.Subject = "ABHYL27UAHHQXA5HLH2YWHFQBIP4YMPC7RNZ4PSFRAMJHSSZUUIXF2RV";
        });

        Assert.Contains("# The billing account", text, StringComparison.Ordinal);
        Assert.Contains("conn: 10 # agreed in May\n    leaf: 4\n    subs: -1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing larger", text, StringComparison.Ordinal);
        Assert.DoesNotContain("not a remark", text, StringComparison.Ordinal);
        Assert.Contains("name: A\nsubject: ABHYL27", text, StringComparison.Ordinal);
        Assert.Contains("expires: 2099-01-31\n", text, StringComparison.Ordinal);
        Assert.Contains("tags: [ 'b',   a ]\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_new_stands_before_empty_lines_at_the_end()
    {
        EntityDocument document = Read("kind: account\nname: A # mine\n\n", claims => claims.Tags.Add("x"));
        Assert.Equal("kind: account\nname: A # mine\ntags: [x]\n\n",
            EntityFile.Rewrite("kind: account\nname: A # mine\n\n", document, EntityKind.Account));
    }

    [Fact]
    public void Line_ends_stay_as_they_are()
    {
        EntityDocument document = Read(Text, claims => claims.Name = "B");
        string text = EntityFile.Rewrite(Text.ReplaceLineEndings("\r\n"), document, EntityKind.Account);
        Assert.Equal(text.Count(letter => letter == '\n'), text.Split("\r\n").Length - 1);
    }

    [Theory]
    [InlineData("{kind: account, name: A}")]
    [InlineData("---\nkind: account\nname: A\n")]
    [InlineData("kind: account\nname: \"A # not a remark\"\n")]
    [InlineData("kind: account\nname: 'A'\nclaims: {limits: {conn: 3}}\n")]
    [InlineData("kind: account\nname: >-\n  A\n  B\n")]
    [InlineData("\"kind\": account\n? name\n: A\n")]
    [InlineData("  kind: account\n  name: A\n")]
    public void In_whatever_form_a_file_is_written_it_says_what_was_wanted(string text)
    {
        EntityDocument document = Read(text, claims =>
        {
            claims.Name = "new";
            claims.Limits.Conn = 7;
            claims.Tags.Add("x");
        });

        string written = EntityFile.Rewrite(text, document, EntityKind.Account);

        Assert.Equal(EntityFile.Write(document), EntityFile.Write(EntityFile.Read(written, EntityKind.Account)));
    }

    private static EntityDocument Read(string text, Action<AccountClaims> change)
    {
        EntityDocument document = EntityFile.Read(text, EntityKind.Account);
        var claims = (AccountClaims)document.Wanted.Copy();
        change(claims);
        return document with { Wanted = claims };
    }

    private static string Change(Action<AccountClaims> change)
    {
        EntityDocument document = Read(Text, change);
        string text = EntityFile.Rewrite(Text, document, EntityKind.Account);
        Assert.Equal(EntityFile.Write(document), EntityFile.Write(EntityFile.Read(text, EntityKind.Account)));
        return text;
    }
}
