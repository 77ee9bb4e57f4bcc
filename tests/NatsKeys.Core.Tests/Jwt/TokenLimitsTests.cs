using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Files;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Jwt;

/// <summary>What the writers accept the readers read, at the limit and on both sides of it.</summary>
public class TokenLimitsTests
{
    private const int JustRight = 781_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(500)]
    public void A_token_is_signed_just_as_long_as_it_can_be_read(int more)
    {
        using NatsKeyPair signer = NatsKeyPair.FromSeed(Vectors.Seed("O1"));
        using NatsKeyPair account = NatsKeyPair.FromSeed(Vectors.Seed("A1"));
        int signed = 0;
        int refused = 0;

        // The tag is folded in case, and each letter is a byte of the payload.
        for (int length = JustRight + more; length < JustRight + 6000; length += 501)
        {
            var claims = new AccountClaims { Name = "A", Subject = account.PublicKey, Tags = [new string('x', length)] };
            try
            {
                string token = JwtWriter.Write(claims, signer);
                Assert.Equal(token, JwtReader.Read(token).Token);
                Assert.True(token.Length <= JwtReader.MaximumLength);
                signed++;
            }
            catch (NatsKeysException error) when (error.Code == ErrorCode.TokenTooLarge)
            {
                refused++;
            }
        }

        Assert.True(signed > 0 && refused > 0, $"{signed} signed, {refused} refused");
    }

    [Theory]
    [InlineData(61)]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(66)]
    public void Claims_are_signed_just_as_deep_as_they_can_be_read(int depth)
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string file = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        string text = File.ReadAllText(file);
        File.WriteAllText(file,
            text.Replace("\njwt:", $"\nclaims:\n  x: {new string('[', depth)}{new string(']', depth)}\njwt:", StringComparison.Ordinal));

        // The payload and "nats" stand around it.
        if (depth + 2 <= TokenLimits.MaximumDepth)
        {
            box.Edit(editor => editor.SignEdited(StoreBox.U));
            Assert.Equal(EntityState.Signed, box.User.State);
            box.Edit(editor => editor.Change(StoreBox.U, SigningKeyChoice.Default, entity => entity.ChangeTags(["t"], [])));
            Assert.Equal(EntityState.Signed, box.User.State);
        }
        else
        {
            string edited = File.ReadAllText(file);
            Refused.With(ErrorCode.InvalidClaims, () => box.Edit(editor => editor.SignEdited(StoreBox.U)));
            Assert.Equal(edited, File.ReadAllText(file));
            Assert.Equal(EntityState.Modified, box.User.State);
        }
    }

    [Theory]
    [InlineData(61)]
    [InlineData(62)]
    public void The_deepest_members_of_a_token_fit_into_a_file(int depth)
    {
        JsonObject payload = Tokens.Payload("user-min");
        payload["x"] = JsonNode.Parse(new string('[', depth + 1) + "1" + new string(']', depth + 1));
        payload["nats"]!["x"] = JsonNode.Parse(new string('[', depth) + "1" + new string(']', depth));
        string token = Tokens.Sign(payload.ToJsonString(), "A1");
        string file = EntityFile.Write(new EntityDocument(JwtReader.Read(token).Claims, token));
        Assert.Equal(file, EntityFile.Write(EntityFile.Read(file, EntityKind.User)));
    }

    [Fact]
    public void Revocations_are_refused_before_the_account_is_lost_and_warned_of_before_that()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.A);
        Assert.Empty(box.Store.TakeNotices());
        Revoke(box, 10_500);
        Assert.Contains("1,048,576", Assert.Single(box.Store.TakeNotices()).Message, StringComparison.Ordinal);
        Assert.Contains(StoreValidator.Check(box.Store), finding => finding.Rule == "token.long" && finding.Severity == FindingSeverity.Warning);
        string kept = box.Account.Jwt!;

        Refused.With(ErrorCode.TokenTooLarge, () => Revoke(box, 12_000));

        Assert.Equal(kept, box.Account.Jwt);
        Assert.Equal(EntityState.Signed, box.Account.State);
        using var rehearsal = new EntityEditor(box.Store, new KeyRing(box.Store.Keys), isRehearsal: true);
        Refused.With(ErrorCode.TokenTooLarge, () => rehearsal.Change(StoreBox.A, SigningKeyChoice.Default, account => Revoke(account, 12_000)));
    }

    [Theory]
    [InlineData(2500, false, false)]
    [InlineData(2750, true, false)]
    [InlineData(3100, true, true)]
    public void A_user_is_warned_of_where_servers_may_not_take_its_token(int letters, bool isWarned, bool exceeds)
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        int tag = letters - (box.User.Jwt!.Length * 3 / 4);
        box.Edit(editor => editor.Change(StoreBox.U, SigningKeyChoice.Default, user => user.ChangeTags([new string('x', tag)], [])));
        string[] notices = [.. box.Store.TakeNotices().Select(notice => notice.Message)];
        string[] findings = [.. StoreValidator.Check(box.Store).Where(finding => finding.Severity == FindingSeverity.Warning)
            .Select(finding => finding.Rule)];
        Assert.Equal(exceeds, TokenLimits.ExceedsControlLine(box.User.Jwt!.Length));
        if (!isWarned)
        {
            Assert.Empty(notices);
            Assert.Empty(findings);
            return;
        }

        Assert.Contains("connect.control-line", Assert.Single(notices), StringComparison.Ordinal);
        Assert.Equal(["connect.control-line"], findings);
    }

    [Fact]
    public void A_file_that_nobody_could_read_is_not_written()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string file = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        File.WriteAllText(file, $"# {new string('x', FileKind.Entity.MaximumBytes - 1500)}\n" + File.ReadAllText(file));
        string before = File.ReadAllText(file);
        Assert.Equal(EntityState.Signed, box.User.State);

        Refused.With(ErrorCode.FileTooLarge, () =>
            box.Edit(editor => editor.Change(StoreBox.U, SigningKeyChoice.Default, user => user.ChangeTags([new string('x', 1400)], []))));

        Assert.Equal(before, File.ReadAllText(file));
        Assert.Equal(EntityState.Signed, box.User.State);
    }

    private static void Revoke(StoreBox box, int count) =>
        box.Edit(editor => editor.Change(StoreBox.A, SigningKeyChoice.Default, account => Revoke(account, count)));

    private static void Revoke(NatsEntity account, int count)
    {
        ClaimTable<long> revocations = ((AccountClaims)account.Wanted).Revocations;
        Span<byte> raw = stackalloc byte[KeyEncoding.RawLength];
        for (int index = 0; index < count; index++)
        {
            BitConverter.TryWriteBytes(raw, index);
            revocations[KeyEncoding.EncodePublic(NatsKeyType.User, raw)] = 1_700_000_000;
        }
    }
}
