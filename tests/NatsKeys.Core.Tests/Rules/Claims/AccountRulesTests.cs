using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>The rules of an account that no token of the vectors breaks at their bounds.</summary>
public class AccountRulesTests
{
    private static readonly string Account = Generate(NatsKeyType.Account);
    private static readonly string User = Generate(NatsKeyType.User);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("system")]
    [InlineData("owner")]
    [InlineData("Owner", "account.cluster-traffic")]
    public void Cluster_traffic_is_one_of_two_words(string? traffic, params string[] rules) =>
        Assert.Equal(rules, Found(account => account.ClusterTraffic = traffic));

    [Theory]
    [InlineData("trace.here", 0)]
    [InlineData("trace.here", 100)]
    [InlineData("trace.here", 101, "trace.sampling")]
    [InlineData("trace.here", -1, "trace.sampling")]
    [InlineData("trace.*", 5, "trace.wildcard")]
    [InlineData("trace.>", 5, "trace.wildcard")]
    [InlineData("", 5, "trace.destination")]
    public void Messages_are_traced_to_one_subject_and_in_part(string destination, int sampling, params string[] rules) =>
        Assert.Equal(rules, Found(account => account.Trace = new MessageTrace { Dest = destination, Sampling = sampling }));

    [Fact]
    public void Limits_of_tiers_and_of_all_streams_exclude_each_other()
    {
        Assert.Equal(["limits.jetstream-exclusive"], Found(account =>
        {
            account.Limits.DiskStorage = 1;
            account.Limits.TieredLimits["R1"] = new JetStreamLimits { DiskStorage = 1 };
        }));
        Assert.Empty(Found(account => account.Limits.TieredLimits["R1"] = new JetStreamLimits { DiskStorage = 1 }));
        Assert.Equal(["limits.tier-blank"], Found(account => account.Limits.TieredLimits[""] = new JetStreamLimits { DiskStorage = 1 }));
    }

    /// <summary>Only limits of zero are none: each other value alone is a limit that only an operator can set.</summary>
    [Fact]
    public void A_self_signed_account_sets_no_limits()
    {
        Assert.Equal(["account.self-signed-limits"], Found(account => account.Issuer = Account));
        Assert.Empty(Found(SelfSigned));
        Action<AccountLimits>[] set =
        [
            limits => limits.Subs = 1, limits => limits.Data = 1, limits => limits.Payload = 1, limits => limits.Imports = 1,
            limits => limits.Exports = 1, limits => limits.Conn = 1, limits => limits.Leaf = 1, limits => limits.Wildcards = true,
            limits => limits.DisallowBearer = true, limits => limits.DiskStorage = 1,
            limits => limits.TieredLimits["R1"] = new JetStreamLimits { DiskStorage = 1 },
        ];
        Assert.All(set, limit => Assert.Equal(["account.self-signed-limits"], Found(account =>
        {
            SelfSigned(account);
            limit(account.Limits);
        })));
    }

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(2, 2)]
    [InlineData(1, 2, "account.imports-limit", "account.imports-limit")]
    [InlineData(2, 1, "account.exports-limit")]
    [InlineData(0, 0, "account.imports-limit", "account.imports-limit", "account.exports-limit")]
    public void Two_imports_and_exports_fit_into_the_limit_or_not(long imports, long exports, params string[] rules) =>
        Assert.Equal(rules, Found(account =>
        {
            (account.Limits.Imports, account.Limits.Exports) = (imports, exports);
            foreach (string subject in new[] { "a", "b" })
            {
                account.Imports.Add(new AccountImport { Subject = subject, Account = Generate(NatsKeyType.Account), Type = "stream" });
                account.Exports.Add(new AccountExport { Subject = subject, Type = "stream" });
            }
        }));

    [Fact]
    public void A_signing_key_is_a_key_of_an_account()
    {
        Assert.Equal(["account.signing-key"], Found(account => account.SigningKeys.Add(new AccountSigningKey { Key = User })));
        Assert.Equal(
            ["key.account"], Found(account => account.SigningKeys.Add(new AccountSigningKey { Key = User, IsScoped = true, Role = "r" })));
        Assert.Empty(Found(account => account.SigningKeys.Add(new AccountSigningKey { Key = Account })));
    }

    [Fact]
    public void An_issuer_account_is_a_key_of_an_account()
    {
        foreach (string? good in new[] { null, "", Account })
        {
            var findings = new Findings();
            IssuerAccountRules.Check(good, findings);
            Assert.Empty(findings.All);
        }

        Assert.Contains("issuer-account", Rules(new UserClaims { IssuerAccount = User }));
        Assert.Contains("issuer-account", Rules(new ActivationClaims { IssuerAccount = User }));
    }

    [Theory]
    [InlineData("", 50, "", 50)]
    [InlineData("", 50, "", 51, "mapping.total")]
    [InlineData("e", 50, "e", 51, "mapping.cluster-total", "mapping.all-clusters")]
    [InlineData("e", 60, "", 60, "mapping.all-clusters")]
    [InlineData("e", 60, "w", 40)]
    public void Weights_add_up_to_the_whole(string firstCluster, long first, string secondCluster, long second, params string[] rules) =>
        Assert.Equal(rules, Found(account => account.Mappings["a"] =
        [
            new WeightedMapping { Subject = "b", Weight = first, Cluster = firstCluster },
            new WeightedMapping { Subject = "c", Weight = second, Cluster = secondCluster },
        ]).Distinct());

    private static void SelfSigned(AccountClaims account)
    {
        account.Issuer = Account;
        account.Limits.Wildcards = false;
        (account.Limits.Subs, account.Limits.Data, account.Limits.Payload, account.Limits.Conn, account.Limits.Leaf) = (0, 0, 0, 0, 0);
        (account.Limits.Imports, account.Limits.Exports) = (0, 0);
    }

    private static string[] Found(Action<AccountClaims> change)
    {
        var account = new AccountClaims { Subject = Account };
        change(account);
        var findings = new Findings(ServerVersions.All);
        AccountRules.Check(account, findings);
        return [.. findings.All.Select(finding => finding.Rule)];
    }

    private static IEnumerable<string> Rules(ClaimSet claims)
    {
        var findings = new Findings();
        ClaimValidator.Check(claims, DateTimeOffset.UnixEpoch, findings);
        return findings.All.Select(finding => finding.Rule);
    }

    private static string Generate(NatsKeyType type)
    {
        using NatsKeyPair key = NatsKeyPair.Generate(type);
        return key.PublicKey;
    }
}
