using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

public class ClaimDifferenceTests
{
    [Fact]
    public void What_differs_in_one_of_several_objects_is_named_alone()
    {
        AccountClaims Make(string subject) => new()
        {
            SigningKeys =
            [
                new AccountSigningKey { Key = "A1", IsScoped = true, Role = "r", Template = { Pub = { Allow = [subject] } } },
                new AccountSigningKey { Key = "A2", IsScoped = true, Role = "s" },
            ],
        };

        IReadOnlyList<ClaimDifference> found = ClaimDifference.Between(Make("a.>"), Make("b"));
        Assert.Equal(["+ signing key r: AllowPublish \"a.>\"", "- signing key r: AllowPublish \"b\""],
            found.Select(difference => difference.ToString()));
    }

    [Fact]
    public void Items_of_lists_are_told_one_by_one()
    {
        AccountClaims Make(params string[] subjects) =>
            new() { Exports = [.. subjects.Select(subject => new AccountExport { Subject = subject, Type = "stream" })] };
        Assert.Equal(
            ["+ export b (Type stream)", "- export c (Type stream)"],
            ClaimDifference.Between(Make("a", "b"), Make("c", "a")).Select(difference => difference.ToString()));
    }

    [Fact]
    public void An_item_that_changed_is_told_by_its_name_wherever_it_stands()
    {
        AccountExport Export(string subject, bool isPrivate) => new() { Subject = subject, Type = "stream", TokenReq = isPrivate };
        var wanted = new AccountClaims { Exports = [Export("b", true), Export("a", false)] };
        var signed = new AccountClaims { Exports = [Export("a", false), Export("b", false)] };
        Assert.Equal("export b: Private false → true", Assert.Single(ClaimDifference.Between(wanted, signed)).ToString());
    }

    [Fact]
    public void The_same_items_in_another_order_are_a_difference() =>
        Assert.Equal(
            """Tag ["a","b"] → ["b","a"]""",
            Assert.Single(ClaimDifference.Between(new UserClaims { Tags = ["b", "a"] }, new UserClaims { Tags = ["a", "b"] })).ToString());

    [Fact]
    public void A_number_goes_from_what_is_signed_to_what_is_wanted()
    {
        var wanted = new AccountClaims { Limits = { Conn = 300 } };
        Assert.Equal("MaxConnections 200 → 300",
            Assert.Single(ClaimDifference.Between(wanted, new AccountClaims { Limits = { Conn = 200 } })).ToString());
        Assert.Equal("MaxConnections Unlimited → 300", Assert.Single(ClaimDifference.Between(wanted, new AccountClaims())).ToString());
    }

    [Fact]
    public void Of_thousands_the_first_are_told_and_the_others_counted()
    {
        AccountClaims Make(int count)
        {
            var claims = new AccountClaims();
            for (int index = 0; index < count; index++)
            {
                claims.Revocations[$"U{index:d5}"] = 1;
            }

            return claims;
        }

        IReadOnlyList<ClaimDifference> found = ClaimDifference.Between(Make(5000), Make(1));
        Assert.Equal(4999, found.Count);
        string told = ClaimDifference.Describe(found);
        Assert.Contains("+ revocation of U00001 until 1970-01-01 00:00:01 UTC; ", told, StringComparison.Ordinal);
        Assert.EndsWith("; and 4,979 more", told, StringComparison.Ordinal);
        Assert.Equal(string.Join("; ", found.Take(3)), ClaimDifference.Describe([.. found.Take(3)]));
    }

    [Fact]
    public void Times_are_dates_for_people()
    {
        ClaimDifference found = Assert.Single(ClaimDifference.Between(new UserClaims { Expires = 1577836800 }, new UserClaims()));
        Assert.Equal(("1577836800", null), (found.Wanted, found.Signed));
        Assert.Equal("Expires Never → 2020-01-01 00:00:00 UTC", found.ToString());
    }

    [Fact]
    public void Revocations_have_dates()
    {
        AccountClaims Make(long upTo)
        {
            var claims = new AccountClaims();
            if (upTo > 0)
            {
                claims.Revocations["UA"] = upTo;
            }

            return claims;
        }

        Assert.Equal("+ revocation of UA until 2020-01-01 00:00:00 UTC", Only(Make(1577836800), Make(0)));
        Assert.Equal("- revocation of UA until 2020-01-01 00:00:00 UTC", Only(Make(0), Make(1577836800)));
        Assert.Equal("revocation of UA until 2020-01-01 00:00:00 UTC → 2020-01-01 00:00:01 UTC", Only(Make(1577836801), Make(1577836800)));
        AccountExport Export(long upTo) => new() { Subject = "a", Type = "stream", TokenReq = true, Revocations = { ["*"] = upTo } };
        Assert.Equal(
            "export a: revocation of * until 2020-01-01 00:00:00 UTC → 2020-01-01 00:00:01 UTC",
            Only(new AccountClaims { Exports = [Export(1577836801)] }, new AccountClaims { Exports = [Export(1577836800)] }));
        Assert.Equal(
            "+ export a (Type stream, Private, revocations.* 2020-01-01 00:00:00 UTC)",
            Only(new AccountClaims { Exports = [Export(1577836800)] }, new AccountClaims()));
    }

    [Fact]
    public void Durations_times_and_sizes_are_in_the_words_of_the_views()
    {
        UserClaims User(long ttl)
        {
            var claims = new UserClaims();
            claims.Permissions.Resp = new ResponsePermission { Max = 1, Ttl = ttl };
            return claims;
        }

        Assert.Equal("ResponseTtl 5s → 1m30s", Only(User(90_000_000_000), User(5_000_000_000)));
        Assert.Equal("ResponseTtl 250ms → 1500ns", Only(User(1500), User(250_000_000)));
        Assert.Equal(
            "+ AllowedTime 08:00:00-18:00:00",
            Only(new UserClaims { Permissions = { Times = [new TimeRange { Start = "08:00:00", End = "18:00:00" }] } }, new UserClaims()));
        AccountClaims Payload(long bytes) => new() { Limits = { Payload = bytes } };
        Assert.Equal("MaxPayload 64 KiB → 1 MiB", Only(Payload(1048576), Payload(65536)));
        Assert.Equal("MaxPayload Unlimited → 64 KiB", Only(Payload(65536), Payload(-1)));
        Assert.Equal("Expires 2020-01-01 00:00:00 UTC → Never", Only(new UserClaims(), new UserClaims { Expires = 1577836800 }));
    }

    /// <summary>Tokens leave out zero and false. "Not set" would read as no limit.</summary>
    [Theory]
    [InlineData("limits.conn", "MaxConnections", "5", "0")]
    [InlineData("limits.leaf", "MaxLeafNodes", "5", "0")]
    [InlineData("limits.subs", "MaxSubscriptions", "5", "0")]
    [InlineData("limits.imports", "MaxImports", "5", "0")]
    [InlineData("limits.exports", "MaxExports", "5", "0")]
    [InlineData("limits.data", "MaxData", "5 B", "0 B")]
    [InlineData("limits.payload", "MaxPayload", "5 B", "0 B")]
    [InlineData("limits.mem_storage", "MaxMemory", "5 B", "0 B")]
    [InlineData("limits.disk_storage", "MaxDisk", "5 B", "0 B")]
    [InlineData("limits.streams", "MaxStreams", "5", "0")]
    [InlineData("limits.consumer", "MaxConsumers", "5", "0")]
    [InlineData("limits.tiered_limits.R1.disk_storage", "tier R1: MaxDisk", "5 B", "0 B")]
    [InlineData("limits.tiered_limits.R1.streams", "tier R1: MaxStreams", "5", "0")]
    [InlineData("subs", "MaxSubscriptions", "5", "0")]
    [InlineData("data", "MaxData", "5 B", "0 B")]
    [InlineData("payload", "MaxPayload", "5 B", "0 B")]
    [InlineData("limits.max_ack_pending", "MaxAckPending", "5", "not set")]
    [InlineData("limits.disk_max_stream_bytes", "MaxDiskStream", "5 B", "not set")]
    [InlineData("signing_keys[r].template.payload", "signing key r: MaxPayload", "5 B", "not set")]
    [InlineData("resp.max", "AllowResponse", "5", "not set")]
    [InlineData("exports[a].response_threshold", "export a: ResponseThreshold", "5ns", "not set")]
    [InlineData("exports[a].account_token_position", "export a: AccountTokenPosition", "5", "not set")]
    [InlineData("mappings.a[b].weight", "mapping a to b: Weight", "5%", "not set")]
    [InlineData("trace.sampling", "TraceSampling", "5%", "not set")]
    [InlineData("nbf", "NotBefore", "1970-01-01 00:00:05 UTC", "not set")]
    [InlineData("limits.later", "limits.later", "5", "not set")]
    public void An_absent_limit_is_0_in_its_unit(string claim, string name, string five, string absent)
    {
        Assert.Equal($"{name} {five} → {absent}", new ClaimDifference(claim, null, "5").ToString());
        Assert.Equal($"{name} {absent} → {five}", new ClaimDifference(claim, "5", null).ToString());
    }

    [Theory]
    [InlineData("limits.wildcards", "AllowWildcardExports")]
    [InlineData("limits.disallow_bearer", "DisallowBearer")]
    [InlineData("limits.tiered_limits.R1.max_bytes_required", "tier R1: MaxBytesRequired")]
    [InlineData("bearer_token", "BearerToken")]
    [InlineData("signing_keys[r].template.proxy_required", "signing key r: ProxyRequired")]
    [InlineData("exports[a].token_req", "export a: Private")]
    [InlineData("exports[a].advertise", "export a: Advertise")]
    [InlineData("imports[a].share", "import a: Share")]
    [InlineData("imports[a].allow_trace", "import a: AllowTrace")]
    [InlineData("strict_signing_key_usage", "RequireSigningKeys")]
    public void An_absent_switch_is_false(string claim, string name)
    {
        Assert.Equal($"{name} true → false", new ClaimDifference(claim, null, "true").ToString());
        Assert.Equal($"{name} false → true", new ClaimDifference(claim, "true", null).ToString());
    }

    [Fact]
    public void A_limit_of_0_is_told_as_0_and_that_of_a_user_of_a_role_as_not_set()
    {
        Assert.Equal("MaxConnections Unlimited → 0", Only(new AccountClaims { Limits = { Conn = 0 } }, new AccountClaims()));
        Assert.Equal("AllowWildcardExports true → false", Only(new AccountClaims { Limits = { Wildcards = false } }, new AccountClaims()));
        Assert.Equal("MaxPayload Unlimited → 0 B", Only(new UserClaims { Permissions = { Payload = 0 } }, new UserClaims()));
        Assert.Equal("Audience \"a\" → not set", Only(new UserClaims(), new UserClaims { Audience = "a" }));
        var ofRole = new UserClaims { Permissions = { Subs = 0, Data = 0, Payload = 0 } };
        Assert.Equal(
            ["MaxSubscriptions Unlimited → not set", "MaxData Unlimited → not set", "MaxPayload Unlimited → not set"],
            ClaimDifference.Between(ofRole, new UserClaims()).Select(difference => difference.ToString()));
    }

    [Fact]
    public void An_item_with_a_long_key_is_told_whole_and_its_local_subject_as_a_member()
    {
        string key = $"A{new string('B', 55)}";
        AccountClaims Make(string local) => new()
        {
            Imports = [new AccountImport { Subject = "tele.>", Account = key, LocalSubject = local, Type = "stream" }],
        };
        Assert.Equal($"+ import tele.> (From {key}, LocalSubject x.>, Type stream)", Only(Make("x.>"), new AccountClaims()));
        Assert.Equal("import tele.>: LocalSubject \"dev.>\" → \"x.>\"", Only(Make("x.>"), Make("dev.>")));
        AccountClaims Map(string cluster) => new() { Mappings = { ["a"] = [new WeightedMapping { Subject = "b", Weight = 40, Cluster = cluster }] } };
        Assert.Equal("+ mapping a to b (Weight 40%, Cluster eu)", Only(Map("eu"), new AccountClaims()));
        Assert.Equal("+ mapping a to b (Weight 40%, Cluster \"eu, type x\")", Only(Map("eu, type x"), new AccountClaims()));
    }

    private static string Only(ClaimSet wanted, ClaimSet signed) => Assert.Single(ClaimDifference.Between(wanted, signed)).ToString();

    [Theory]
    [InlineData(@"a.\u003e", @"a.\\u003e")]
    [InlineData("a.>", "a.>")]
    public void Only_the_wildcard_itself_is_shown_without_its_escape(string subject, string shown)
    {
        var wanted = new UserClaims();
        wanted.Permissions.Pub.Allow.Add(subject);
        Assert.Equal($"\"{shown}\"", Assert.Single(ClaimDifference.Between(wanted, new UserClaims())).Wanted);
    }

    [Fact]
    public void A_seed_is_not_shown()
    {
        const string seed = "SAAK3EL5BW4ZOR7JVTXZ4OGTWPCFDN6QDXWCT45QEKBRTXQRQ6OIGIV4PA";
        ClaimDifference found = Assert.Single(ClaimDifference.Between(new OperatorClaims { SigningKeys = [seed] }, new OperatorClaims()));
        Assert.DoesNotContain(seed[..20], found.ToString() + found.Wanted, StringComparison.Ordinal);
    }
}
