using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Inspection;

public class StoreAuditorTests
{
    private static readonly EntityPath B = new("O", "B");

    [Theory]
    [EveryStore]
    public void A_user_is_told_that_never_expires_and_may_do_everything(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        StoreFinding[] found = Of(box, StoreBox.U);
        Assert.Equal([("audit.never-expires", "exp"), ("audit.unrestricted", "pub")], found.Select(finding => (finding.Rule, finding.Claim)));
        Assert.All(found, finding => Assert.Equal(FindingSeverity.Advice, finding.Severity));

        box.Resign(StoreBox.U, claims =>
        {
            Restrict(((UserClaims)claims).Permissions);
            claims.Expires = At(days: 90);
        });
        Assert.Empty(Of(box, StoreBox.U));
    }

    [Theory]
    [EveryStore]
    public void Permissions_of_the_account_are_permissions_of_its_users(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).DefaultPermissions.Sub.Deny.Add("secret"));
        Assert.Equal(["audit.never-expires"], Rules(Of(box, StoreBox.U)));
        Assert.Empty(Of(box, StoreBox.A));

        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).DefaultPermissions.Sub.Allow.Add(">"));
        StoreFinding found = Assert.Single(Of(box, StoreBox.A));
        Assert.Equal(("audit.full-wildcard", "default_permissions.sub.allow", FindingSeverity.Warning), (found.Rule, found.Claim, found.Severity));
        Assert.Contains("account O/A", found.Message, StringComparison.Ordinal);
        Assert.Contains("secret", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.>.b", "c", "pub.allow")]
    [InlineData("a.>", ">.b q", "sub.allow")]
    [InlineData("a.>x.b", "c.*.d", "")]
    public void A_permission_that_servers_leave_out_is_told(string publish, string subscribe, string claims)
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.U);
        box.Resign(StoreBox.U, wanted =>
        {
            ((UserClaims)wanted).Permissions.Pub.Allow.Add(publish);
            ((UserClaims)wanted).Permissions.Sub.Allow.Add(subscribe);
        });
        Assert.Equal(claims,
            string.Join(' ', Of(box, StoreBox.U).Where(finding => finding.Rule == "audit.inner-tail").Select(finding => finding.Claim)));
    }

    [Theory]
    [InlineData(">", "> q", "pub.allow sub.allow")]
    [InlineData("a.>", ">", "sub.allow")]
    [InlineData("*.>", ">.b q", "")]
    public void A_full_wildcard_is_told_in_each_direction_with_and_without_a_queue(string publish, string subscribe, string claims)
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.U);
        box.Resign(StoreBox.U, wanted =>
        {
            ((UserClaims)wanted).Permissions.Pub.Allow.Add(publish);
            ((UserClaims)wanted).Permissions.Sub.Allow.Add(subscribe);
        });
        Assert.Equal(claims,
            string.Join(' ', Of(box, StoreBox.U).Where(finding => finding.Rule == "audit.full-wildcard").Select(finding => finding.Claim)));
    }

    [Theory]
    [EveryStore]
    public void What_a_role_allows_is_told_once_and_not_for_each_of_its_users(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        string key = box.AddRole("reader");
        box.Edit(editor => editor.Change(StoreBox.U, SigningKeyChoice.Named(key), _ => { }));
        Assert.Equal(["audit.never-expires"], Rules(Of(box, StoreBox.U)));
        Assert.Equal([("audit.unrestricted", "signing_keys[0].template")], Of(box, StoreBox.A).Select(finding => (finding.Rule, finding.Claim)));

        box.Resign(StoreBox.A, claims => Restrict(((AccountClaims)claims).SigningKeys[0].Template).BearerToken = true);
        StoreFinding bearer = Assert.Single(Of(box, StoreBox.A));
        Assert.Equal(("audit.bearer", "signing_keys[0].template.bearer_token"), (bearer.Rule, bearer.Claim));
        Assert.Contains("'reader'", bearer.Message, StringComparison.Ordinal);
        Assert.Contains("account O/A", bearer.Message, StringComparison.Ordinal);
        Assert.Equal(["audit.never-expires"], Rules(Of(box, StoreBox.U)));
    }

    [Theory]
    [EveryStore]
    public void A_bearer_is_told(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        box.Resign(StoreBox.U, claims => Restrict(((UserClaims)claims).Permissions).BearerToken = true);
        StoreFinding bearer = Of(box, StoreBox.U).Single(finding => finding.Rule == "audit.bearer");
        Assert.Equal(("bearer_token", FindingSeverity.Warning), (bearer.Claim, bearer.Severity));
    }

    [Theory]
    [EveryStore]
    public void What_an_identity_signed_is_told_where_signing_keys_are(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        Assert.DoesNotContain("audit.identity-signed", Rules(StoreAuditor.Check(box.Store)));
        string ofAccount = box.AddSigningKey(StoreBox.A);
        string ofOperator = box.AddSigningKey(StoreBox.O);
        Assert.Contains("audit.identity-signed", Rules(Of(box, StoreBox.U)));
        Assert.Contains("audit.identity-signed", Rules(Of(box, StoreBox.A)));
        Assert.DoesNotContain("audit.unscoped-key", Rules(Of(box, StoreBox.A)));

        box.Edit(editor => editor.Change(StoreBox.U, SigningKeyChoice.Named(ofAccount), _ => { }));
        box.Edit(editor => editor.Change(StoreBox.A, SigningKeyChoice.Named(ofOperator), _ => { }));
        Assert.DoesNotContain("audit.identity-signed", Rules(StoreAuditor.Check(box.Store)));
    }

    [Theory]
    [EveryStore]
    public void The_system_account_of_a_new_operator_may_be_signed_by_its_identity_for_a_while(StorePlace place)
    {
        using var box = new StoreBox(place);
        box.Edit(editor => editor.CreateOperatorWithSystemAccount(new NewEntity("O"), "SYS"));
        box.AddSigningKey(StoreBox.O);
        Assert.DoesNotContain("audit.identity-signed", Rules(StoreAuditor.Check(box.Store)));
        box.Clock.Now += TimeSpan.FromDays(31);
        Assert.Contains("audit.identity-signed", Rules(Of(box, new EntityPath("O", "SYS"))));
    }

    [Theory]
    [EveryStore]
    public void Under_a_strict_operator_what_an_identity_signed_is_an_error_and_told_once(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        box.AddSigningKey(StoreBox.A);
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).StrictSigningKeyUsage = true);
        Assert.Contains("trust.issuer", Rules(Of(box, StoreBox.U)));
        Assert.DoesNotContain("audit.identity-signed", Rules(Of(box, StoreBox.U)));
    }

    [Theory]
    [EveryStore]
    public void Who_cannot_get_in_anyway_is_left_alone(StorePlace place)
    {
        EntityPath late = StoreBox.A.Child("late");
        using StoreBox box = new StoreBox(place).With(StoreBox.U).With(late);
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).Revocations[box.User.Subject!] = At(days: 0));
        box.Resign(late, claims => claims.Expires = At(days: 1));
        box.Clock.Now = MovingClock.Start.AddDays(2);

        Assert.Equal(["trust.revoked"], Rules(Of(box, StoreBox.U)));
        Assert.Equal(["time.expired"], Rules(Of(box, late)));
    }

    [Theory]
    [EveryStore]
    public void What_ends_soon_deserves_a_look_and_is_a_fault_where_somebody_asked(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U).With(B);
        box.Resign(StoreBox.U, claims => claims.Expires = At(days: 29));
        Import(box, expires: At(days: 20));

        Assert.Equal([("time.expires-soon", "exp", FindingSeverity.Warning),
            ("time.activation-expires-soon", "imports[0].token", FindingSeverity.Warning)], Soon(box, null));
        Assert.Equal([("time.activation-expires-soon", "imports[0].token", FindingSeverity.Time)], Soon(box, MovingClock.Start.AddDays(25)));
        Assert.Equal(B, Assert.Single(StoreValidator.Check(box.Store, expiresBy: MovingClock.Start.AddDays(25))).Path);
        Assert.Empty(Soon(box, MovingClock.Start.AddDays(5)));
    }

    [Theory]
    [EveryStore]
    public void An_activation_that_has_expired_is_told_and_the_store_is_good_all_the_same(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A).With(B);
        Import(box, expires: At(days: 40));
        Assert.Empty(Of(box, B));
        box.Clock.Now = MovingClock.Start.AddDays(41);

        StoreFinding found = Assert.Single(Of(box, B));
        Assert.Equal(("audit.activation-expired", FindingSeverity.Warning), (found.Rule, found.Severity));
        Assert.Contains("'secret.x'", found.Message, StringComparison.Ordinal);
        Assert.Empty(StoreValidator.Check(box.Store));
    }

    [Theory]
    [EveryStore]
    public void One_signing_key_without_a_role_is_good_practice_and_two_are_not(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        box.AddRole("reader");
        box.AddSigningKey(StoreBox.A);
        Assert.DoesNotContain("audit.unscoped-key", Rules(Of(box, StoreBox.A)));

        box.AddSigningKey(StoreBox.A);
        string second = box.Account.GetSigningKeys().Last(key => !key.IsScoped).PublicKey;
        Assert.Contains(second, Of(box, StoreBox.A).Single(finding => finding.Rule == "audit.unscoped-key").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_operator_that_is_made_with_a_system_account_passes(bool isStrict)
    {
        using var box = new StoreBox(StorePlace.Disk);
        box.Clock.Now = DateTimeOffset.UtcNow;
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Operator);
        box.Edit(editor => editor.CreateOperatorWithSystemAccount(
            new NewEntity("O") { NewSigningKeys = [key] }, "SYS", claims => claims.StrictSigningKeyUsage = isStrict));
        Assert.Empty(StoreAuditor.Check(box.Store));
        box.Clock.Now = box.Clock.Now.AddDays(330);
        Assert.DoesNotContain(StoreAuditor.Check(box.Store), finding => finding.Severity < FindingSeverity.Advice);
    }

    [Fact]
    public void Seeds_of_identities_that_stay_in_the_key_root_are_told()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        box.Clock.Now = DateTimeOffset.UtcNow.AddDays(29);
        Assert.Empty(Identities(box));

        box.Clock.Now = DateTimeOffset.UtcNow.AddDays(31);
        Assert.Equal(["operator O", "account O/A"], Identities(box).Select(finding => $"{finding.Path}"));

        // Whether something else can sign is said, too.
        string alone = Identities(box)[0].Message;
        box.AddSigningKey(StoreBox.O);
        Assert.NotEqual(alone, Identities(box)[0].Message);

        box.Store.Keys.Remove(box.Operator.Subject!);
        box.Store.Keys.Remove(box.Account.Subject!);
        Assert.Empty(Identities(box));
    }

    [Fact]
    public void Keys_that_nothing_has_are_told_where_that_can_be_said()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        using NatsKeyPair curve = NatsKeyPair.Generate(NatsKeyType.Curve);
        using NatsKeyPair orphan = NatsKeyPair.Generate(NatsKeyType.Account);
        box.Store.Keys.Add(curve);
        box.Store.Keys.Add(orphan);
        box.Resign(StoreBox.A, claims =>
            ((AccountClaims)claims).Authorization = new ExternalAuthorization { AuthUsers = [box.User.Subject!], Xkey = curve.PublicKey });

        StoreFinding found = Assert.Single(OrphanedKeys(box));
        Assert.Equal((null, FindingSeverity.Advice), (found.Path, found.Severity));
        Assert.Contains(orphan.PublicKey, found.Message, StringComparison.Ordinal);
        Assert.Empty(OrphanedKeys(box, "O"));

        File.WriteAllText(box.At("store", "O", "accounts", "A", "users", "U.yaml"), "kind: [");
        Assert.Empty(OrphanedKeys(box));
    }

    [Fact]
    public void A_key_that_an_edit_took_off_is_no_orphan_while_the_token_has_it()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.A);
        string key = box.AddSigningKey(StoreBox.A);
        string file = box.At("store", "O", "accounts", "A", "account.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace($"  signing_keys:\n  - {key}\n", "  description: edited\n", StringComparison.Ordinal));
        Assert.Empty(box.Account.SigningKeys);
        Assert.Empty(OrphanedKeys(box));
    }

    [Fact]
    public void A_rotation_that_is_not_finished_is_told()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.A).With(new EntityPath("O2"));
        string key = box.AddSigningKey(StoreBox.A);
        box.Edit(editor => editor.CreateUser(new NewEntity("U") { SigningKey = SigningKeyChoice.Named(key) }, StoreBox.A));
        string file = box.At("store", "O", "accounts", "A", "users", "U.yaml");
        string good = File.ReadAllText(file);
        File.WriteAllText(file, "kind: [");
        box.Edit(editor => editor.Rotate(new RotationRequest(StoreBox.A, key)));

        StoreFinding found = Assert.Single(Unfinished(box, "o"));
        Assert.Equal((StoreBox.A, FindingSeverity.Warning), (found.Path, found.Severity));
        Assert.Contains(key, found.Message, StringComparison.Ordinal);
        Assert.Empty(Unfinished(box, "O2"));

        File.WriteAllText(file, good);
        box.Edit(editor => editor.Rotate(new RotationRequest(StoreBox.A, key)));
        Assert.Empty(Unfinished(box));

        File.WriteAllText(box.At("store", "rotations.yaml"), "format: [");
        Assert.Equal(box.At("store", "rotations.yaml"), Assert.Single(Unfinished(box)).File);
    }

    [Theory]
    [EveryStore]
    public void What_matters_less_than_asked_for_is_left_out(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        box.Resign(StoreBox.U, claims =>
        {
            Restrict(((UserClaims)claims).Permissions).BearerToken = true;
            claims.Name = "other";
        });
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).Limits.DisallowBearer = true);

        Assert.Equal(["trust.bearer"], Rules(StoreAuditor.Check(box.Store, FindingSeverity.Time)));
        Assert.Equal(["trust.bearer", "entity.name", "audit.bearer"], Rules(StoreAuditor.Check(box.Store, FindingSeverity.Warning)));
        Assert.Contains("audit.never-expires", Rules(StoreAuditor.Check(box.Store)));
    }

    [Fact]
    public void A_finding_names_its_file_and_its_store()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        StoreFinding found = Of(box, StoreBox.U)[0];
        Assert.Equal((box.At("store"), box.At("store", "O", "accounts", "A", "users", "U.yaml"), null), (found.Store, found.File, found.Line));

        File.WriteAllText(found.File!, "kind: user\nname: [\n");
        StoreFinding unreadable = StoreAuditor.Check(box.Store).Single(finding => finding.Rule == "store.unreadable");
        Assert.Equal((found.File, 3), (unreadable.File, unreadable.Line));
    }

    private static UserPermissions Restrict(UserPermissions permissions)
    {
        permissions.Pub.Allow.Add("data.>");
        return permissions;
    }

    private static long At(int days) => MovingClock.Start.AddDays(days).ToUnixTimeSeconds();

    /// <summary>Account B imports from A by an activation.</summary>
    private static void Import(StoreBox box, long expires)
    {
        using NatsKeyPair signer = box.Store.Keys.Find(box.Account.Subject!)!;
        var activation = new ActivationClaims { Subject = box.Store.Get(B).Subject, ImportSubject = "secret.x", ImportKind = "stream",
            Expires = expires };
        string token = JwtWriter.Write(activation, signer, box.Clock);
        box.Resign(StoreBox.A, claims =>
            ((AccountClaims)claims).Exports.Add(new AccountExport { Subject = "secret.x", Type = "stream", TokenReq = true }));
        box.Resign(B, claims =>
            ((AccountClaims)claims)
                .Imports.Add(new AccountImport { Subject = "secret.x", Type = "stream", Account = box.Account.Subject, Token = token }));
    }

    private static StoreFinding[] Of(StoreBox box, EntityPath path) =>
        [.. StoreAuditor.Check(box.Store).Where(finding => finding.Path == path && finding.Rule != "audit.identity-key")];

    private static StoreFinding[] Identities(StoreBox box) =>
        [.. StoreAuditor.Check(box.Store).Where(finding => finding.Rule == "audit.identity-key")];

    private static StoreFinding[] OrphanedKeys(StoreBox box, string? operatorName = null) =>
        [.. StoreAuditor.Check(box.Store, operatorName: operatorName).Where(finding => finding.Rule == "audit.orphaned-key")];

    private static StoreFinding[] Unfinished(StoreBox box, string? operatorName = null) =>
        [.. StoreAuditor.Check(box.Store, operatorName: operatorName).Where(finding => finding.Rule == "audit.unfinished-rotation")];

    private static (string Rule, string Claim, FindingSeverity Severity)[] Soon(StoreBox box, DateTimeOffset? by) =>
        [.. StoreAuditor.Check(box.Store, expiresBy: by).Where(finding => finding.Rule.EndsWith("expires-soon", StringComparison.Ordinal))
            .Select(finding => (finding.Rule, finding.Claim, finding.Severity))];

    private static IEnumerable<string> Rules(IEnumerable<StoreFinding> found) => found.Select(finding => finding.Rule);
}
