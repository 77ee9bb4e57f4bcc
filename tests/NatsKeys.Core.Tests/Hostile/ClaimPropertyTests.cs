using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Jwt;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Hostile;

public class ClaimPropertyTests
{
    private static readonly FixedClock Clock = new(1_700_000_000);

    /// <summary>Any Unicode, with what YAML and JSON give a meaning more often, and with halves of characters.</summary>
    internal static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Choose(0, 0xFFFF).Select(value => ((char)value).ToString()),
        Gen.Choose(0x20, 0x7E).Select(value => ((char)value).ToString()),
        Gen.Elements(":#-?*&!|>'\"%@`{}[], \n\r\t\0\u0085\u2028\u2029\ufeff\ufffd\ud800\udc00".Select(value => value.ToString()).ToArray()),
        Gen.Elements("😀", "true", "null", "~", "---", "...", "1e3", "é", "\U0010ffff")).ListOf().Select(string.Concat);

    private static readonly Gen<long> Numbers = Gen.OneOf(
        Gen.Choose(-2, 300).Select(value => (long)value), Gen.Elements(long.MinValue, long.MaxValue, int.MaxValue + 1L, 253_402_300_800),
        ArbMap.Default.GeneratorFor<long>());

    private static readonly Gen<List<string>> Lists = Texts.ListOf().Select(texts => texts.Take(5).ToList());

    [Fact]
    public void Any_user_survives_as_token_and_as_file()
    {
        Gen<UserClaims> users =
            from texts in Texts.ArrayOf(6)
            from numbers in Numbers.ArrayOf(7)
            from lists in Lists.ArrayOf(7)
            from flag in Gen.Elements(true, false)
            select User(texts, numbers, lists, flag);
        Prop.ForAll(users.ToArbitrary(), user => AssertSurvives(user, "A1")).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Any_account_survives_as_token_and_as_file()
    {
        Gen<AccountClaims> accounts =
            from texts in Texts.ArrayOf(14)
            from numbers in Numbers.ArrayOf(10)
            from lists in Lists.ArrayOf(4)
            from flag in Gen.Elements(true, false)
            select Account(texts, numbers, lists, flag);
        Prop.ForAll(accounts.ToArbitrary(), account => AssertSurvives(account, "O1")).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static void AssertSurvives(ClaimSet claims, string signer)
    {
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed(signer));
        EntityKind kind = Enum.Parse<EntityKind>(claims.Kind.ToString());
        string token = JwtWriter.Write(claims, key, Clock);
        string file = EntityFile.Write(new EntityDocument(JwtReader.Read(token).Claims, token));
        EntityDocument read = EntityFile.Read(file, kind);
        Assert.Equal(token, read.Jwt);
        Assert.Equal(file, EntityFile.Write(read));

        // Half a character is written as an escape and read as U+FFFD, which is written as it stands: the hash of the text differs, what it says does
        // not.
        string again = JwtWriter.Write(read.Wanted, key, Clock);
        Assert.Equal(WithoutId(token), WithoutId(again));
        Assert.Equal(again, JwtWriter.Write(JwtReader.Read(again).Claims, key, Clock));
    }

    private static string WithoutId(string token)
    {
        JsonObject payload = Tokens.PayloadOf(token);
        payload.Remove("jti");
        return payload.ToJsonString();
    }

    private static string Subject(string label)
    {
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed(label));
        return key.PublicKey;
    }

    private static UserClaims User(string[] texts, long[] numbers, List<string>[] lists, bool flag)
    {
        var user = new UserClaims { Subject = Subject("U1"), Name = texts[0], Audience = texts[1], Expires = numbers[0], NotBefore = numbers[1],
            Tags = [.. lists[0]], IssuerAccount = texts[2] };
        UserPermissions permissions = user.Permissions;
        permissions.Pub = new SubjectPermission { Allow = [.. lists[1]], Deny = [.. lists[2]] };
        permissions.Sub = new SubjectPermission { Allow = [.. lists[3]], Deny = [.. lists[4]] };
        permissions.Resp = flag ? new ResponsePermission { Max = numbers[5], Ttl = numbers[6] } : null;
        (permissions.Src, permissions.AllowedConnectionTypes) = ([.. lists[5]], [.. lists[6]]);
        permissions.Times = [new TimeRange { Start = texts[3], End = texts[4] }, new TimeRange()];
        permissions.TimesLocation = texts[5];
        (permissions.Subs, permissions.Data, permissions.Payload, permissions.BearerToken) = (numbers[2], numbers[3], numbers[4], flag);
        return user;
    }

    private static AccountClaims Account(string[] texts, long[] numbers, List<string>[] lists, bool flag)
    {
        // A limit of 0 in a scope is what no token can say, and a rate is a byte.
        var role = new AccountSigningKey { Key = texts[0], IsScoped = true, Role = texts[1], Description = texts[2] };
        role.Template.Pub.Allow = [.. lists[0]];
        (role.Template.Subs, role.Template.Payload) = (numbers[0] | 1, numbers[1] | 1);
        var account = new AccountClaims { Subject = Subject("A1"), Name = texts[3], Tags = [.. lists[1]], Description = texts[4], InfoUrl = texts[5],
            ClusterTraffic = texts[6] };
        account.SigningKeys = [role, new AccountSigningKey { Key = texts[7] }];
        account.Exports = [new AccountExport { Subject = texts[8], Name = texts[9], Type = flag ? "stream" : null, ResponseThreshold = numbers[2],
            AccountTokenPosition = numbers[3] & long.MaxValue }, new AccountExport { Subject = texts[10] }];
        account.Exports[0].Revocations[texts[11]] = numbers[4];
        account.Exports[1].ServiceLatency = flag ? new ServiceLatency { Sampling = (byte)numbers[5] % 101, Results = texts[12] } : null;
        account.Imports = [new AccountImport { Subject = texts[12], Account = texts[13], LocalSubject = texts[0], Token = texts[1], Share = flag }];
        (account.Limits.Conn, account.Limits.Subs, account.Limits.MemStorage, account.Limits.Wildcards) = (numbers[6], numbers[7], numbers[8], flag);
        account.Revocations[texts[13]] = numbers[9];
        account.Mappings[texts[2]] = [new WeightedMapping { Subject = texts[3], Weight = (byte)numbers[0], Cluster = texts[4] }];
        account.Authorization.AuthUsers = [.. lists[2]];
        account.DefaultPermissions.Sub.Deny = [.. lists[3]];
        return account;
    }
}
