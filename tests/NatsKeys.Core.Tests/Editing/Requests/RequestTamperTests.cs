using System.Text;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Editing;

/// <summary>Whatever happens to the file on its way: nothing else is signed, and nothing else is taken, than what was asked for.</summary>
public class RequestTamperTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_byte_altered(bool isCompleted)
    {
        using RequestBox box = Asked(isCompleted);
        byte[] good = File.ReadAllBytes(box.File);
        string meant = Meaning(box);
        int refused = 0;
        for (int at = 0; at < good.Length; at++)
        {
            byte[] bad = [.. good];
            bad[at] ^= (byte)(1 << (at % 7));
            refused += IsRefused(box, bad, meant) ? 1 : 0;
        }

        // But for the last characters of signatures, and the end of the last line, each one counts.
        Assert.InRange(refused, good.Length - 12, good.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cut_at_every_length(bool isCompleted)
    {
        using RequestBox box = Asked(isCompleted);
        byte[] good = File.ReadAllBytes(box.File);
        string meant = Meaning(box);
        int digestEnd = Encoding.UTF8.GetString(good).IndexOf("\ndigest: ", StringComparison.Ordinal) + "\ndigest: ".Length + 64;
        for (int length = 0; length < good.Length - 1; length++)
        {
            bool isRefused = IsRefused(box, good[..length], meant);
            Assert.True(isRefused || length >= digestEnd, $"{length} of {good.Length} bytes were taken.");
        }
    }

    [Fact]
    public void Words_that_say_something_else_than_the_claims()
    {
        using RequestBox box = Asked();
        box.Forge(text => text.Replace("+ tags", "- tags", StringComparison.Ordinal));
        IsRefused(box, "- entity: O/A");
        box.Ask(StoreBox.A);
        box.Forge(text => text.Replace("    tags: [x]", "    tags: [x, y]", StringComparison.Ordinal));
        IsRefused(box, "- entity: O/A");
        box.Ask(StoreBox.A);
        box.Forge(text => text.Replace("  changes:\n  - '+ tags \"x\"'\n", "", StringComparison.Ordinal));
        IsRefused(box, "- entity: O/A");
    }

    [Theory]
    [InlineData("format: 1", "format: 1\nremark: this is harmless", "remark")]
    [InlineData("- entity: O/A", "- entity: O/A\n  remark: x", "remark")]
    [InlineData("- entity: O\n", "- entity: O\n  remark: x\n", "remark")]
    [InlineData("- entity: O/A", "- entity: O/../A", "- entity: O/../A")]
    [InlineData("- entity: O/A", "- entity: ../A", "- entity: ../A")]
    [InlineData("- entity: O/A", "- entity: O/A/U/X", "- entity: O/A/U/X")]
    [InlineData("- entity: O/A", "- entity: O/B/A", "kind")]
    [InlineData("- entity: O/A", "- entity: N/A", "operator N")]
    [InlineData("- entity: O/A", "- entity: O", "kind")]
    [InlineData("kind: account", "kind: user", "kind")]
    [InlineData("kind: signing-request", "kind: account", "signing-request")]
    [InlineData("kind: signing-request\n", "", "kind")]
    [InlineData("format: 1\n", "", "format")]
    [InlineData("created: ", "updated: ", "updated")]
    [InlineData("created: 2026-01-01T00:00:00Z", "created: soon", "created: soon")]
    [InlineData("created: 2026-01-01T00:00:00Z", "created: 0", "created: 0")]
    [InlineData("requests:", "wishes:", "wishes")]
    [InlineData("  wanted:", "  unwanted:", "unwanted")]
    [InlineData("    jwt: eyJ", "    jwt: fyJ", "token")]
    [InlineData("  jwt: eyJ", "  jwt: fyJ", "jwt: fyJ")]
    public void A_file_that_is_no_request(string old, string other, string named)
    {
        using RequestBox box = Asked();
        box.Forge(text => text.Contains(old, StringComparison.Ordinal) ? Replace(text, old, other) : throw new ArgumentException(old));
        IsRefused(box, named);
    }

    [Fact]
    public void Tokens_of_another_kind_than_their_place()
    {
        using RequestBox box = Asked();
        box.Forge(text => text.Replace(box.Home.Operator.Jwt!, box.Home.Account.Jwt, StringComparison.Ordinal));
        IsRefused(box, "operator O");
    }

    [Fact]
    public void Another_format()
    {
        using RequestBox box = Asked();
        box.Forge(text => text.Replace("format: 1", "format: 2", StringComparison.Ordinal));
        Assert.Contains("'2'", Refused.With(ErrorCode.StoreFormat, () => NatsSigningRequest.Read(box.File, box.Safe.Store)).Message,
            StringComparison.Ordinal);
        Assert.True(NatsSigningRequest.IsRequest(box.File));
    }

    [Fact]
    public void What_the_digest_does_not_cover()
    {
        using RequestBox box = Asked();
        string good = File.ReadAllText(box.File);
        File.WriteAllText(box.File, good + "above: []\n");
        IsRefused(box, "'above'");
        File.WriteAllText(box.File, good + "expires: 2099-01-01\n");
        IsRefused(box, "kind: signing-request");
        File.WriteAllText(box.File, good + good[good.IndexOf("digest: ", StringComparison.Ordinal)..]);
        IsRefused(box, "'digest'");
        File.WriteAllText(box.File, good.Replace("digest: ", "# digest: ", StringComparison.Ordinal));
        IsRefused(box, "digest");
        File.WriteAllText(box.File, good);
        box.Forge(text => $"completed: []\n{text}");
        IsRefused(box, "completed: []");
    }

    [Fact]
    public void One_entity_twice()
    {
        using RequestBox box = Asked();
        box.Forge(text => text + text[text.IndexOf("- entity: O/A", StringComparison.Ordinal)..].Replace("O/A", "o/a", StringComparison.Ordinal)
            .Replace("name: A", "name: a", StringComparison.Ordinal));
        IsRefused(box, "account o/a");
    }

    [Fact]
    public void Tokens_that_are_not_those_that_were_asked_for()
    {
        using RequestBox box = Asked(isCompleted: true);
        string completed = File.ReadAllText(box.File);
        string asked = completed[..completed.IndexOf("completed:", StringComparison.Ordinal)];
        string tokens = completed[asked.Length..];

        // The token that the account has already states something else.
        File.WriteAllText(box.File, $"{asked}completed:\n- entity: O/A\n  jwt: {box.Home.Account.Jwt}\n");
        IsRefused(box, "account O/A");
        File.WriteAllText(box.File, $"{asked}completed:\n- entity: O/B\n  jwt: {box.Home.Account.Jwt}\n");
        IsRefused(box, "account O/B");
        File.WriteAllText(box.File, $"{asked}{tokens}{tokens.Replace("completed:\n", "", StringComparison.Ordinal)}");
        IsRefused(box, "account O/A");

        // Another key signed the very same.
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.Operator);
        string token = JwtWriter.Write(
            NatsSigningRequest.Read(RestoreTo(box, completed), box.Safe.Store).GetSignatures()[0].Claims, other, box.Home.Clock);
        File.WriteAllText(box.File, $"{asked}completed:\n- entity: O/A\n  jwt: {token}\n");
        IsRefused(box, "account O/A");
        Assert.Equal(EntityState.Modified, box.Home.Account.State);
    }

    [Fact]
    public void A_request_that_lists_its_key_by_itself_is_signed_by_nobody_else_and_taken_by_no_store()
    {
        // Somebody makes an operator of his own with the same names, which lists the key in the safe, and asks it to sign.
        using RequestBox box = Asked();
        using RequestBox evil = new();
        string victim = box.Home.Operator.Subject!;
        using NatsKeyPair half = NatsKeyPair.FromPublicKey(victim);
        evil.Home.With(StoreBox.A);
        evil.Home.Edit(editor => editor.AddSigningKey(StoreBox.O, half, NatsKeys.Signing.SigningKeyChoice.Default));
        evil.Append(StoreBox.A, "tags: [evil]\n");
        evil.Ask(victim, expires: null, StoreBox.A);
        File.Copy(evil.File, box.File, overwrite: true);

        // Nothing in the safe knows that operator. Whoever names its key all the same has signed something that the store which asked does not take.
        Assert.Contains("evil", NatsSigningRequest.Read(box.File, box.Safe.Store).GetSignatures()[0].Text, StringComparison.Ordinal);
        Refused.With(ErrorCode.UnknownOperator, () => box.Complete());
        box.Complete(operatorKey: evil.Home.Operator.Subject);
        Assert.Equal(ErrorCode.RequestOutdated, Assert.Single(box.Import().Faults).Code);
    }

    [Fact]
    public void A_key_that_the_token_above_does_not_list_and_a_rule_that_is_broken_are_refused_where_the_key_is()
    {
        using RequestBox box = Asked();
        string issuer = box.Home.Operator.Subject!;
        string other = box.NewKey(NatsKeyType.Operator);
        box.Forge(text => text
            .Replace($"issuer: {issuer}", $"issuer: {other}", StringComparison.Ordinal)
            .Replace("'+ tags \"x\"'\n", $"'+ tags \"x\"'\n  - 'issuer {issuer} → {other}'\n", StringComparison.Ordinal));
        Refused.With(ErrorCode.SigningKeyNotAllowed, () => box.Complete());

        box.Ask(StoreBox.A);
        box.Forge(text => text
            .Replace("    tags: [x]\n", "    tags: [x]\n    claims: { cluster_traffic: x }\n", StringComparison.Ordinal)
            .Replace("  changes:\n", "  changes:\n  - 'cluster_traffic not set → \"x\"'\n", StringComparison.Ordinal));
        Refused.With(ErrorCode.RuleBroken, () => box.Complete());
    }

    [Fact]
    public void What_a_terminal_would_not_show_is_spelled_out()
    {
        using RequestBox box = Asked();
        box.Append(StoreBox.A, "claims: { description: \"a\\e[2Kb\\u202ec\\u200bd\\ne\" }\n");
        string text = box.Ask(StoreBox.A).GetSignatures()[0].Text;
        Assert.DoesNotContain(text, letter => letter != '\n' && (char.IsControl(letter) || letter is '\u202e' or '\u200b'));
        Assert.Contains("202e", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_request_at_all_is_known()
    {
        using RequestBox box = Asked();
        Assert.False(NatsSigningRequest.IsRequest(box.FileOf(StoreBox.A)));
        Assert.False(NatsSigningRequest.IsRequest(box.Safe.At("none")));
        Assert.False(NatsSigningRequest.IsRequest(box.Home.Store.Location));
        Assert.Equal(box.Safe.At("none"),
            Refused.With(ErrorCode.FileNotFound, () => NatsSigningRequest.Read(box.Safe.At("none"), box.Safe.Store)).Path);
        File.WriteAllBytes(box.File, [.. "kind: signing-request\n"u8, 0xff]);
        IsRefused(box, "UTF-8");
    }

    private static RequestBox Asked(bool isCompleted = false)
    {
        RequestBox box = RequestBox.Usual();
        box.Append(StoreBox.A, "tags: [x]\n");
        box.Ask(StoreBox.A);
        if (isCompleted)
        {
            box.Complete();
        }

        return box;
    }

    private static string RestoreTo(RequestBox box, string text)
    {
        File.WriteAllText(box.File, text);
        return box.File;
    }

    private static string Replace(string text, string old, string other)
    {
        int at = text.IndexOf(old, StringComparison.Ordinal);
        return $"{text[..at]}{other}{text[(at + old.Length)..]}";
    }

    /// <summary>What whoever reads the file signs or takes.</summary>
    private static string Meaning(RequestBox box)
    {
        NatsSigningRequest request = NatsSigningRequest.Read(box.File, box.Safe.Store);
        IEnumerable<string> signatures = request.GetSignatures().Select(signature =>
            $"{signature.Path} {signature.SigningKey} {Encoding.UTF8.GetString(ClaimJson.WishOf(signature.Claims))}");
        return $"{request.Created:u} {request.Expires:u} {string.Join(' ', signatures)}";
    }

    /// <summary>Whether the file is refused; one that is not must mean the same as before.</summary>
    private static bool IsRefused(RequestBox box, byte[] file, string meant)
    {
        File.WriteAllBytes(box.File, file);
        try
        {
            Assert.Equal(meant, Meaning(box));
            return false;
        }
        catch (NatsKeysException error)
        {
            Assert.True(error.Code is ErrorCode.InvalidRequest or ErrorCode.StoreFormat, error.Message);
            Assert.Equal(box.File, error.Path);
            return true;
        }
    }

    /// <summary>Refused is what an error names, or what stands on the line that it names.</summary>
    private static void IsRefused(RequestBox box, string named)
    {
        NatsKeysException error = Refused.With(ErrorCode.InvalidRequest, () => NatsSigningRequest.Read(box.File, box.Safe.Store));
        string line = error.Line is { } number ? File.ReadAllLines(box.File)[number - 1] : "";
        Assert.Contains(named, $"{error.Message}\n{line}", StringComparison.Ordinal);
        Assert.Contains(box.File, error.Message, StringComparison.Ordinal);
    }
}
