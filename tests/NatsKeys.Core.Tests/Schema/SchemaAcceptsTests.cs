using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Exchange;
using NatsKeys.Core.Tests.Hostile;
using NatsKeys.Core.Tests.Jwt;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Files;
using NatsKeys.Fuzz;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Schema;

/// <summary>What the module writes, the schemas accept.</summary>
public partial class SchemaAcceptsTests
{
    public static TheoryData<EntityKind> Kinds => [.. Enum.GetValues<EntityKind>()];

    [Fact]
    public void The_file_of_every_token_of_the_vectors_that_breaks_no_rule_is_accepted()
    {
        int accepted = 0;
        foreach (string text in new Corpus(Vectors.Path("")).Entities.Select(Encoding.UTF8.GetString))
        {
            EntityKind kind = Enum.Parse<EntityKind>(text.Split('\n')[0]["kind: ".Length..], ignoreCase: true);
            if (BreaksNoRule(text, kind) && !BelowNoLimit().IsMatch(text))
            {
                accepted++;
                AssertAccepted(SchemaFiles.Check(kind, text), text);
            }
        }

        Assert.True(accepted > 100, $"{accepted}");
    }

    [Fact]
    public void Every_file_of_a_store_that_nsc_made_is_accepted_after_its_import()
    {
        using var box = new NscBox();
        Assert.Empty(box.Import());
        Assert.True(AssertStore(box.At("store")) > 10);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("keys")]
    public void Every_file_of_a_new_store_is_accepted(string? keys)
    {
        using var folder = new TemporaryFolder();
        NatsStore store = StoreRoots.Create(folder.At("store"), keys is null ? null : folder.At(keys));
        Assert.Equal(1, AssertStore(store.Location!));
    }

    [Fact]
    public void Every_file_of_a_store_that_was_worked_in_is_accepted()
    {
        using var box = new StoreBox(StorePlace.Disk);
        box.With(StoreBox.U).AddSigningKey(StoreBox.O);
        box.AddSigningKey(StoreBox.A);
        box.AddRole("sensor");
        Assert.Equal(4, AssertStore(box.At("store")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_file_of_any_claims_that_make_sense_is_accepted(EntityKind kind)
    {
        Gen<ClaimSet> claims =
            from seed in Gen.Choose(0, int.MaxValue)
            from texts in ClaimPropertyTests.Texts.ArrayOf(8)
            select ClaimFiller.Fill(SchemaMemberTests.Fresh(kind), new Random(seed), texts, fillsAll: seed % 4 == 0);
        using NatsKeyPair signer = NatsKeyPair.FromSeed(Vectors.Seed(kind == EntityKind.User ? "A1" : "O1"));
        Prop.ForAll(claims.ToArbitrary(), filled =>
        {
            string token = JwtWriter.Write(filled, signer, new FixedClock(1_700_000_000));
            string text = EntityFile.Write(new EntityDocument(JwtReader.Read(token).Claims, token));
            AssertAccepted(SchemaFiles.Check(kind, text), text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    /// <summary>Many of the vectors are tokens that nobody takes, and what a store would not hold.</summary>
    private static bool BreaksNoRule(string text, EntityKind kind)
    {
        try
        {
            JwtReader.Read(EntityFile.Read(text, kind).Jwt!);
            ClaimSet claims = EntityFile.Read(text, kind).Wanted;
            return ClaimValidator.Check(claims, DateTimeOffset.UnixEpoch).All(finding => finding.Severity != FindingSeverity.Error)
                && (claims is not AccountClaims account || MakesSense(account));
        }
        catch (NatsKeysException)
        {
            return false;
        }
    }

    /// <summary>What the rules of tokens do not look at: templates, and whom a revocation is about.</summary>
    private static bool MakesSense(AccountClaims account)
    {
        var findings = new Findings();
        foreach (AccountSigningKey key in account.SigningKeys)
        {
            UserRules.CheckPermissions(key.Template, findings);
        }

        return findings.Count == 0 && account.Exports.SelectMany(export => export.Revocations.Keys)
            .All(key => key == "*" || PublicNkey.Is(key, NatsKeyType.Account));
    }

    private static int AssertStore(string folder)
    {
        string[] files = Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories);
        foreach (string file in files)
        {
            // As an editor finds the schema, by the places that the README names.
            string name = Path.GetFileName(file) switch
            {
                "natskeys.yaml" => "store",
                "operator.yaml" => "operator",
                "account.yaml" => "account",
                _ => "user",
            };
            string text = File.ReadAllText(file);
            AssertAccepted(SchemaFiles.Check(SchemaFiles.Load(name), YamlParser.Parse(text)), text);
        }

        return files.Length;
    }

    private static void AssertAccepted(IReadOnlyList<string> faults, string text) =>
        Assert.True(faults.Count == 0, $"{string.Join('\n', faults)}\n{text}");

    /// <summary>No rule of tokens forbids it, but servers know -1 alone for no limit, and the cmdlets refuse it.</summary>
    [GeneratedRegex(@"^ +(subs|data|payload|imports): -([2-9]|1[0-9])",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex BelowNoLimit();
}
