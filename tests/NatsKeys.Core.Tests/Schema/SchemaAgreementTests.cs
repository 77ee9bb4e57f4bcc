using NatsKeys.Claims;
using NatsKeys.Files;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Schema;

/// <summary>What the schemas say of a file that a person wrote is what the module says.</summary>
public class SchemaAgreementTests
{
    private const string Operator = "ODMYCI5TSZY6MFLOBBQ2RNRBRAXRKJKAC5UACRC6H6CJXCLR2STTGAAQ";

    public static TheoryData<EntityKind> Kinds => [.. Enum.GetValues<EntityKind>()];

    [Theory]
    [InlineData("kind: account")]
    [InlineData("# a remark\nkind: 'account'\nname: A")]
    [InlineData("kind: account\nname: 2027")]
    [InlineData("kind: account\nname:\nsubject:\nissuer: ~\naudience: null\nexpires:\nnot_before:\nclaims:\nother:\njwt:")]
    [InlineData("kind: account\ntags: [a, 'team:b', 2027]")]
    [InlineData("kind: account\nsubject: ABHYL27UAHHQXA5HLH2YWHFQBIP4YMPC7RNZ4PSFRAMJHSSZUUIXF2RV")]
    [InlineData("kind: account\nexpires: 2027-11-23")]
    [InlineData("kind: account\nexpires: '2027-11-23'")]
    [InlineData("kind: account\nexpires: 2027-11-23T10:20:30Z")]
    [InlineData("kind: account\nexpires: 2027-11-23T10:20:30")]
    [InlineData("kind: account\nexpires: 2027-11-23T10:20")]
    [InlineData("kind: account\nexpires: 2027-11-23T10:20Z")]
    [InlineData("kind: account\nexpires: 2027-11-23T10:20:30+02:00")]
    [InlineData("kind: account\nexpires: 2027-11-23T10:20:30-1100")]
    [InlineData("kind: account\nexpires: 2027-11-23 10:20:30")]
    [InlineData("kind: account\nexpires: 2027-11-23 10:20:30Z")]
    [InlineData("kind: account\nexpires: 2027-11-23 10:20:30 UTC")]
    [InlineData("kind: account\nexpires: ' 2027-11-23 '")]
    [InlineData("kind: account\nexpires: 1700000000")]
    [InlineData("kind: account\nexpires: '1700000000'")]
    [InlineData("kind: account\nnot_before: -5")]
    [InlineData("kind: account\nclaims: {}\nother: {}")]
    [InlineData("kind: account\nclaims:\n  x_future: { a: [1, true, ~] }\n  limits: { y_future: 1 }\nother:\n  z_future: 1")]
    [InlineData("kind: account\nclaims:\n  limits:\n  # conn: 5\n  exports:\n  mappings:\n  description:\n  cluster_traffic:")]
    [InlineData("kind: account\nclaims:\n  limits: { conn: 5, subs: -1, leaf: +7, payload: 007, wildcards: False, disallow_bearer: ~ }")]
    [InlineData("kind: account\nclaims:\n  limits: { tiered_limits: { R1: { disk_storage: 1 }, other: { streams: -1 } } }")]
    [InlineData("kind: account\nclaims:\n  signing_keys:\n  - ABHYL27UAHHQXA5HLH2YWHFQBIP4YMPC7RNZ4PSFRAMJHSSZUUIXF2RV\n  - { role: 1, key: "
        + "ABHYL27UAHHQXA5HLH2YWHFQBIP4YMPC7RNZ4PSFRAMJHSSZUUIXF2RV, template: { src: [10.0.0.0/8] } }")]
    [InlineData("kind: account\nclaims:\n  revocations: { '*': 1700000000 }")]
    [InlineData("kind: account\nclaims:\n  authorization: { auth_users: [UCBXFJLUY77ISLNKGDM2I2X55RHJOP5Y2QHHMERNSPZSFMEYXTSN6DP2], "
        + "allowed_accounts: ['*'] }")]
    [InlineData("kind: account\nclaims:\n  exports: [{ subject: a, type: service, response_type: Stream, service_latency: { sampling: headers, "
        + "results: b } }]")]
    [InlineData("kind: account\nclaims:\n  mappings: { a: [{ subject: b, weight: 30 }, { subject: c, cluster: 1 }] }")]
    [InlineData("kind: account\nclaims:\n  default_permissions: { sub: { allow: [a.* workers] }, resp: { ttl: -1 } }")]
    public void What_the_module_reads_is_accepted(string text) => AssertAccepted(EntityKind.Account, text);

    [Theory]
    [InlineData("kind: operator\nclaims: { assert_server_version: 2.10.0, strict_signing_key_usage: true, account_server_url: "
        + "'nats://127.0.0.1:4222' }")]
    [InlineData("kind: operator\nclaims: { operator_service_urls: ['tls://example.com:4222', 'WS://[::1]'] }")]
    public void What_the_module_reads_of_an_operator_is_accepted(string text) => AssertAccepted(EntityKind.Operator, text);

    [Theory]
    [InlineData("kind: user\nclaims: { src: [10.0.0.0/8, '::1/128'], times: [{ start: 8:00:00, end: 18:00:00 }], times_location: Europe/Berlin }")]
    [InlineData("kind: user\nclaims: { bearer_token: TRUE, allowed_connection_types: [STANDARD, LATER] }")]
    [InlineData("kind: user\nclaims: { pub: { allow: [a, 'b.>'] }, sub: { deny: ['> workers'] }, resp: {} }")]
    public void What_the_module_reads_of_a_user_is_accepted(string text) => AssertAccepted(EntityKind.User, text);

    [Theory]
    [InlineData("name: A")]
    [InlineData("kind: user")]
    [InlineData("kind: activation")]
    [InlineData("kind: Account")]
    [InlineData("kind:")]
    [InlineData("kind: [account]")]
    [InlineData("kind: account\nnmae: A")]
    [InlineData("kind: account\nName: A")]
    [InlineData("kind: account\nlimits: {}")]
    [InlineData("kind: account\nnats: {}")]
    [InlineData("kind: account\nname: [A]")]
    [InlineData("kind: account\ntags: a")]
    [InlineData("kind: account\ntags:")]
    [InlineData("kind: account\ntags: [[a]]")]
    [InlineData("kind: account\nsubject: A")]
    [InlineData("kind: account\nsubject: " + Operator)]
    [InlineData("kind: account\nsubject: abhyl27uahhqxa5hlh2ywhfqbip4ympc7rnz4psframjhsszuuixf2rv")]
    [InlineData("kind: account\nissuer: nobody")]
    [InlineData("kind: account\nexpires: soon")]
    [InlineData("kind: account\nexpires: 30d")]
    [InlineData("kind: account\nexpires: 1.5")]
    [InlineData("kind: account\nexpires: 2027-13-01")]
    [InlineData("kind: account\nexpires: 2027-1-1")]
    [InlineData("kind: account\nexpires: 23.11.2027")]
    [InlineData("kind: account\nexpires: 2027-11-23 10:20")]
    [InlineData("kind: account\nexpires: 2027-11-23T25:00:00Z")]
    [InlineData("kind: account\nexpires: 2027-11-23T10:20:30+2")]
    [InlineData("kind: account\nexpires: 2027-11-23T10:20:30z")]
    [InlineData("kind: account\nexpires: 2027-11-23t10:20:30Z")]
    [InlineData("kind: account\nexpires: 20271123T102030Z")]
    [InlineData("kind: account\nexpires: 2027-11-23T10:20:30.5Z")]
    [InlineData("kind: account\nexpires: 2027-11-23T10:20:30 UTC")]
    [InlineData("kind: account\nexpires: true")]
    [InlineData("kind: account\nexpires: [1]")]
    [InlineData("kind: account\nclaims: a")]
    [InlineData("kind: account\nclaims: []")]
    [InlineData("kind: account\nclaims: { tags: [a] }")]
    [InlineData("kind: account\nclaims: { type: account }")]
    [InlineData("kind: account\nclaims: { Version: 2 }")]
    [InlineData("kind: account\nother: { exp: 1 }")]
    [InlineData("kind: account\nother: { NATS: {} }")]
    [InlineData("kind: account\nother: []")]
    [InlineData("kind: account\njwt: {}")]
    [InlineData("kind: account\nclaims: { limits: 5 }")]
    [InlineData("kind: account\nclaims: { limits: { conn: many } }")]
    [InlineData("kind: account\nclaims: { limits: { conn: 64kb } }")]
    [InlineData("kind: account\nclaims: { limits: { conn: unlimited } }")]
    [InlineData("kind: account\nclaims: { limits: { conn: 1.5 } }")]
    [InlineData("kind: account\nclaims: { limits: { conn: true } }")]
    [InlineData("kind: account\nclaims: { limits: { conn: [1] } }")]
    [InlineData("kind: account\nclaims: { limits: { wildcards: 1 } }")]
    [InlineData("kind: account\nclaims: { limits: { wildcards: yes } }")]
    [InlineData("kind: account\nclaims: { limits: { wildcards: 'true' } }")]
    [InlineData("kind: account\nclaims: { limits: { tiered_limits: { R1: 5 } } }")]
    [InlineData("kind: account\nclaims: { signing_keys: a }")]
    [InlineData("kind: account\nclaims: { signing_keys: [[a]] }")]
    [InlineData("kind: account\nclaims: { signing_keys: [~] }")]
    [InlineData("kind: account\nclaims: { signing_keys: [{ kind: other, key: ABHYL27UAHHQXA5HLH2YWHFQBIP4YMPC7RNZ4PSFRAMJHSSZUUIXF2RV }] }")]
    [InlineData("kind: account\nclaims: { exports: { subject: a } }")]
    [InlineData("kind: account\nclaims: { exports: [a] }")]
    [InlineData("kind: account\nclaims: { exports: [{ subject: a, type: streams }] }")]
    [InlineData("kind: account\nclaims: { exports: [{ subject: a, type: stream, account_token_position: -1 }] }")]
    [InlineData("kind: account\nclaims: { exports: [{ subject: a, type: service, service_latency: { sampling: all, results: b } }] }")]
    [InlineData("kind: account\nclaims: { imports: [{ subject: a, account: A, type: Stream }] }")]
    [InlineData("kind: account\nclaims: { revocations: [a] }")]
    [InlineData("kind: account\nclaims: { revocations: { '*': 2027-01-31 } }")]
    [InlineData("kind: account\nclaims: { mappings: { a: b } }")]
    [InlineData("kind: account\nclaims: { mappings: { a: { subject: b } } }")]
    [InlineData("kind: account\nclaims: { mappings: { a: [{ subject: b, weight: 256 }] } }")]
    [InlineData("kind: account\nclaims: { trace: a }")]
    [InlineData("kind: account\nclaims: { default_permissions: { pub: { allow: a } } }")]
    [InlineData("kind: account\nclaims: { default_permissions: { pub: [a] } }")]
    [InlineData("kind: account\nclaims: { default_permissions: { resp: { ttl: 1s } } }")]
    public void A_mistake_that_the_module_refuses_is_refused(string text)
    {
        Refused.With(ErrorCode.InvalidYaml, () => EntityFile.Read(text, EntityKind.Account));
        Assert.NotEmpty(SchemaFiles.Check(EntityKind.Account, text));
    }

    /// <summary>What reading leaves to the rules is refused where an editor can see it.</summary>
    [Theory]
    [InlineData(EntityKind.Account, "signing_keys: [" + Operator + "]")]
    [InlineData(EntityKind.Account, "signing_keys: [{ role: a }]")]
    [InlineData(EntityKind.Account, "signing_keys: [{ role: a, key: " + Operator + " }]")]
    [InlineData(EntityKind.Account, "cluster_traffic: own")]
    [InlineData(EntityKind.Account, "info_url: example.com")]
    [InlineData(EntityKind.Account, "authorization: { auth_users: [" + Operator + "] }")]
    [InlineData(EntityKind.Account, "authorization: { xkey: " + Operator + " }")]
    [InlineData(EntityKind.Account, "default_permissions: { pub: { allow: [a b] } }")]
    [InlineData(EntityKind.Account, "default_permissions: { sub: { allow: [a b c] } }")]
    [InlineData(EntityKind.Account, "default_permissions: { sub: { deny: [a..b] } }")]
    [InlineData(EntityKind.Account, "exports: [~]")]
    [InlineData(EntityKind.Account, "exports: [{ subject: a }]")]
    [InlineData(EntityKind.Account, "exports: [{ type: stream }]")]
    [InlineData(EntityKind.Account, "exports: [{ subject: a., type: stream }]")]
    [InlineData(EntityKind.Account, "exports: [{ subject: a, type: service, response_type: stream }]")]
    [InlineData(EntityKind.Account, "exports: [{ subject: a, type: service, response_threshold: -1 }]")]
    [InlineData(EntityKind.Account, "exports: [{ subject: a, type: service, service_latency: { sampling: 101, results: b } }]")]
    [InlineData(EntityKind.Account, "exports: [{ subject: a, type: service, service_latency: { sampling: 5 } }]")]
    [InlineData(EntityKind.Account, "imports: [{ subject: a, type: stream }]")]
    [InlineData(EntityKind.Account, "mappings: { a: [{ weight: 5 }] }")]
    [InlineData(EntityKind.Account, "mappings: { a: [{ subject: b, weight: 101 }] }")]
    [InlineData(EntityKind.Account, "trace: { sampling: 5 }")]
    [InlineData(EntityKind.Account, "trace: { dest: a, sampling: 101 }")]
    [InlineData(EntityKind.Operator, "signing_keys: [ABHYL27UAHHQXA5HLH2YWHFQBIP4YMPC7RNZ4PSFRAMJHSSZUUIXF2RV]")]
    [InlineData(EntityKind.Operator, "system_account: " + Operator)]
    [InlineData(EntityKind.Operator, "account_server_url: example.com")]
    [InlineData(EntityKind.Operator, "operator_service_urls: ['https://example.com']")]
    [InlineData(EntityKind.Operator, "operator_service_urls: ['nats://example.com/path']")]
    [InlineData(EntityKind.Operator, "operator_service_urls: ['nats://user@example.com']")]
    [InlineData(EntityKind.Operator, "assert_server_version: 2.10")]
    [InlineData(EntityKind.User, "issuer_account: " + Operator)]
    [InlineData(EntityKind.User, "src: [10.0.0.1]")]
    [InlineData(EntityKind.User, "times: [{ start: 08:00:00 }]")]
    [InlineData(EntityKind.User, "times: [{ start: 08:00, end: 18:00:00 }]")]
    [InlineData(EntityKind.User, "pub: { allow: [''] }")]
    public void A_mistake_that_breaks_a_rule_is_refused(EntityKind kind, string claims)
    {
        string text = $"kind: {SchemaFiles.TextOf(kind)}\nclaims:\n  {claims}\n";
        Assert.NotEmpty(Errors(EntityFile.Read(text, kind).Wanted));
        Assert.NotEmpty(SchemaFiles.Check(kind, text));
    }

    /// <summary>A seed that was pasted where a public key belongs lies in Git before anybody signs.</summary>
    [Theory]
    [InlineData(EntityKind.Account, "issuer: {0}", "O1")]
    [InlineData(EntityKind.Account, "subject: {0}", "A1")]
    [InlineData(EntityKind.Account, "claims: {{ signing_keys: [{0}] }}", "A1")]
    [InlineData(EntityKind.Account, "claims: {{ signing_keys: [{{ key: {0} }}] }}", "A1")]
    [InlineData(EntityKind.Account, "claims: {{ authorization: {{ xkey: {0} }} }}", "X1")]
    [InlineData(EntityKind.Operator, "claims: {{ signing_keys: [{0}] }}", "O1")]
    [InlineData(EntityKind.User, "claims: {{ issuer_account: {0} }}", "A1")]
    public void A_seed_in_the_place_of_a_public_key_is_refused(EntityKind kind, string line, string label) =>
        Assert.NotEmpty(SchemaFiles.Check(kind, $"kind: {SchemaFiles.TextOf(kind)}\n{string.Format(null, line, Vectors.Seed(label))}\n"));

    /// <summary>Every member of a full file in turn gets values of every type: none that the module refuses is accepted.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_value_of_another_type_is_accepted_that_the_module_refuses(EntityKind kind)
    {
        ClaimSet claims = ClaimFiller.Fill(SchemaMemberTests.Fresh(kind), new Random(1), ["text"], fillsAll: true);
        YamlMapping full = YamlParser.Parse(EntityFile.Write(new EntityDocument(claims, "a.b.c")));
        int refused = 0;
        foreach (YamlMapping changed in Variants(full).Cast<YamlMapping>())
        {
            string text = YamlWriter.Write(changed);
            if (Refuses(text, kind))
            {
                refused++;
                Assert.True(SchemaFiles.Check(SchemaFiles.Of(kind), changed).Count > 0, $"The schema accepts what the module refuses:\n{text}");
            }
        }

        Assert.True(refused > 50, $"{refused}");
    }

    [Theory]
    [InlineData("format: 1", true)]
    [InlineData("format: 1\nkeys: ../keys", true)]
    [InlineData("format: 1\nkeys:", true)]
    [InlineData("format: 2", false)]
    [InlineData("format: one", false)]
    [InlineData("format: [1]", false)]
    [InlineData("keys: ../keys", false)]
    [InlineData("format: 1\nkeys: [a]", false)]
    [InlineData("format: 1\ndefaults:", true)]
    [InlineData("format: 1\ndefaults: { expires: 90d }", true)]
    [InlineData("format: 1\ndefaults: { expires: 1y6M }", true)]
    [InlineData("format: 1\ndefaults: { expires: }", true)]
    [InlineData("format: 1\ndefaults: { expires: soon }", false)]
    [InlineData("format: 1\ndefaults: { expires: 2027-01-31 }", false)]
    [InlineData("format: 1\ndefaults: { expires: 30 }", false)]
    [InlineData("format: 1\ndefaults: { expires: [90d] }", false)]
    [InlineData("format: 1\ndefaults: { expire: 90d }", false)]
    [InlineData("format: 1\ndefaults: 90d", false)]
    public void A_store_is_opened_where_the_schema_accepts_its_file(string text, bool isGood)
    {
        Assert.Equal(isGood, SchemaFiles.Check(SchemaFiles.Load("store"), YamlParser.Parse(text)) is []);
        string folder = Directory.CreateTempSubdirectory("natskeys-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "natskeys.yaml"), text);
            Assert.Equal(isGood, Record.Exception(() => StoreRoots.Open(folder)) is null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The module passes it over, and the keys would be looked for elsewhere.</summary>
    [Fact]
    public void A_misspelled_member_of_a_store_is_refused() =>
        Assert.NotEmpty(SchemaFiles.Check(SchemaFiles.Load("store"), YamlParser.Parse("format: 1\nkey: ../keys")));

    private static IEnumerable<Finding> Errors(ClaimSet claims) =>
        ClaimValidator.Check(claims, DateTimeOffset.UnixEpoch).Where(finding => finding.Severity == FindingSeverity.Error);

    private static void AssertAccepted(EntityKind kind, string text)
    {
        Assert.Empty(Errors(EntityFile.Read(text, kind).Wanted));
        Assert.Empty(SchemaFiles.Check(kind, text));
    }

    private static bool Refuses(string text, EntityKind kind)
    {
        try
        {
            EntityFile.Read(text, kind);
            return false;
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.InvalidYaml)
        {
            return true;
        }
    }

    /// <summary>The node with one node in it, or itself, in the place of which another stands.</summary>
    private static IEnumerable<YamlNode> Variants(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                for (int index = 0; index < mapping.Members.Count; index++)
                {
                    foreach (YamlNode value in Variants(mapping.Members[index].Value).Concat(Others()))
                    {
                        var changed = new YamlMapping();
                        for (int place = 0; place < mapping.Members.Count; place++)
                        {
                            changed.Add(mapping.Members[place].Key, place == index ? value : mapping.Members[place].Value);
                        }

                        yield return changed;
                    }
                }

                break;
            case YamlSequence sequence:
                for (int index = 0; index < sequence.Items.Count; index++)
                {
                    foreach (YamlNode value in Variants(sequence.Items[index]).Concat(Others()))
                    {
                        var changed = new YamlSequence();
                        changed.Items.AddRange(sequence.Items);
                        changed.Items[index] = value;
                        yield return changed;
                    }
                }

                break;
        }
    }

    private static IEnumerable<YamlNode> Others()
    {
        var list = new YamlSequence();
        list.Items.Add(new YamlScalar("a", isPlain: true));
        var mapping = new YamlMapping();
        mapping.Add("a", new YamlScalar("b", isPlain: true));
        string[] scalars = ["a b", "true", "1", "-7", "1.5", "~"];
        return [list, mapping, new YamlSequence(), new YamlMapping(), .. scalars.Select(text => new YamlScalar(text, isPlain: true))];
    }
}
