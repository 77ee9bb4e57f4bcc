using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Core.Tests.Editing;

/// <summary>
/// Whoever writes a request wants the signer to see something else than what is signed. What is shown rests on what the signer's machine knows.
/// </summary>
public sealed class RequestDeceptionTests : IDisposable
{
    private const string Listed = "- '+ tags \"x\"'";
    private readonly NatsKeyPair evil = NatsKeyPair.Generate(NatsKeyType.Operator);
    private readonly RequestBox box = RequestBox.Usual();

    public RequestDeceptionTests() => box.Append(StoreBox.A, "tags: [x]\n");

    public void Dispose()
    {
        evil.Dispose();
        box.Dispose();
    }

    [Fact]
    public void A_token_that_a_strange_operator_signed_hides_nothing_and_the_request_is_shown_whole()
    {
        box.Ask(StoreBox.A);
        ForgeCurrent(evil, box.Home.Clock.Now, claims => claims.Tags.AddRange(["x", "evil"]));
        box.Forge(text => text.Replace("    tags: [x]", "    tags: [x, evil]", StringComparison.Ordinal));
        Refused.With(ErrorCode.InvalidRequest, () => box.Show());

        box.Forge(text => text.Replace($"  changes:\n  {Listed}\n", "", StringComparison.Ordinal));
        string shown = Assert.Single(box.Show());
        Assert.Contains("The account O/A is new", shown, StringComparison.Ordinal);
        Assert.Contains("evil", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("changes", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(evil.PublicKey, shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strange_token_of_tomorrow_does_not_date_the_new_one()
    {
        box.Ask(StoreBox.A);
        ForgeCurrent(evil, box.Home.Clock.Now.AddHours(23), _ => { });
        box.Forge(text => text.Replace($"  changes:\n  {Listed}\n", "", StringComparison.Ordinal));
        Assert.Equal(box.Safe.Clock.Now, box.Complete().GetSignatures()[0].Token!.IssuedAt);
    }

    [Fact]
    public void A_token_with_the_same_names_of_another_account_is_no_measure()
    {
        // The real operator signed it, for a key of the attacker.
        using NatsKeyPair other = NatsKeyPair.Generate(NatsKeyType.Account);
        using NatsKeyPair real = box.Safe.Store.Keys.Find(box.Home.Operator.Subject!)!;
        box.Ask(StoreBox.A);
        ForgeCurrent(real, box.Home.Clock.Now, claims => claims.Subject = other.PublicKey);
        box.Forge(text => text.Replace($"  changes:\n  {Listed}\n", "", StringComparison.Ordinal));
        Assert.Contains("is new", Assert.Single(box.Show()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_the_operator_is_only_asked_to_list_vouches_for_no_token_yet()
    {
        box.Append(StoreBox.O, $"claims: {{ signing_keys: [{evil.PublicKey}] }}\n");
        box.Ask(StoreBox.O, StoreBox.A);
        ForgeCurrent(evil, box.Home.Clock.Now, claims => claims.Tags.Add("x"));
        box.Forge(text => text.Replace($"  changes:\n  {Listed}\n", "", StringComparison.Ordinal));
        IReadOnlyList<string> shown = box.Show();
        Assert.Contains(evil.PublicKey, shown[0], StringComparison.Ordinal);
        Assert.Contains("The account O/A is new", shown[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_the_operator_is_asked_to_take_off_vouches_for_no_token_any_more()
    {
        string leaked = "";
        using RequestBox other = RequestBox.Usual(prepare: home =>
        {
            leaked = home.AddSigningKey(StoreBox.O);
            home.Edit(editor => editor.Change(StoreBox.A, SigningKeyChoice.Named(leaked), _ => { }));
        });
        string file = other.FileOf(StoreBox.O);
        File.WriteAllText(file, File.ReadAllText(file).Replace($"- {leaked}", "", StringComparison.Ordinal));
        other.Wish(StoreBox.A, other.Home.Operator.Subject!);
        other.Ask(StoreBox.O, StoreBox.A);
        IReadOnlyList<string> shown = other.Show();
        Assert.Contains(leaked, shown[0], StringComparison.Ordinal);
        Assert.Contains("The account O/A is new", shown[1], StringComparison.Ordinal);
        other.Complete();
        other.Return();
    }

    [Theory]
    [InlineData("- entity: O/A", "- entity: O/B", "account O/B", "'A'")]
    [InlineData("    name: A", "    name: B", "account O/A", "'B'")]
    [InlineData("- entity: O\n", "- entity: P\n", "operator P", "'O'")]
    public void Names_agree(string old, string other, string asked, string named)
    {
        box.Ask(StoreBox.A);
        box.Forge(text => text.Contains(old, StringComparison.Ordinal) ? text.Replace(old, other, StringComparison.Ordinal)
            : throw new ArgumentException(old));
        string message = Refused.With(ErrorCode.InvalidRequest, () => box.Show()).Message;
        Assert.Contains(asked, message, StringComparison.Ordinal);
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_asks_for_a_name_that_is_not_that_of_the_file()
    {
        string file = box.FileOf(StoreBox.A);
        File.WriteAllText(file, File.ReadAllText(file).Replace("name: A", "name: B", StringComparison.Ordinal));
        Assert.Contains("'B'", Refused.With(ErrorCode.InvalidClaims, () => box.Plan(StoreBox.A)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_that_lists_the_key_of_the_signer_is_not_the_one_of_the_signer()
    {
        box.Ask(StoreBox.A);
        ForgeAbove(evil, claims => claims.SigningKeys.Add(box.Home.Operator.Subject!));
        Refused.With(ErrorCode.UnknownOperator, () => box.Show());

        // Nor is one that the signer's machine knows by its name alone.
        box.Safe.With(StoreBox.O);
        Assert.Contains(box.Safe.Operator.Subject!, Refused.With(ErrorCode.UnknownOperator, () => box.Show()).Message, StringComparison.Ordinal);
        Refused.With(ErrorCode.EntityExists, () => box.Show(evil.PublicKey));
    }

    [Fact]
    public void A_token_of_the_operator_that_its_own_key_did_not_sign_counts_for_nothing()
    {
        box.Ask(StoreBox.A);
        ForgeAbove(evil, claims => claims.Subject = box.Home.Operator.Subject);
        box.Forge(text => text.Replace($"  changes:\n  {Listed}\n", "", StringComparison.Ordinal));
        Assert.Contains("operator O", Refused.With(ErrorCode.EntityNotSigned, () => box.Show()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_above_that_no_key_of_the_operator_signed_has_no_users()
    {
        box.Lock(box.Home.Account.Subject!);
        string real = box.Home.Account.Jwt!;
        File.WriteAllText(box.FileOf(StoreBox.A), File.ReadAllText(box.FileOf(StoreBox.A)).Replace("tags: [x]\n", "", StringComparison.Ordinal));
        box.Append(StoreBox.U, "tags: [y]\n");
        box.Ask(StoreBox.U);
        Assert.Contains("user O/A/U changes", Assert.Single(box.Show()), StringComparison.Ordinal);
        var claims = (AccountClaims)JwtReader.Read(real).Claims.Copy();
        claims.DefaultPermissions.Pub.Allow.Clear();
        box.Forge(text => text.Replace(real, JwtWriter.Write(claims, evil, box.Home.Clock), StringComparison.Ordinal));
        Refused.With(ErrorCode.InvalidRequest, () => box.Show());
        box.Forge(text => text.Replace("  changes:\n  - '+ tags \"y\"'\n", "", StringComparison.Ordinal));
        Assert.Contains("account O/A", Refused.With(ErrorCode.EntityNotSigned, () => box.Show()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_holder_of_a_signing_key_alone_is_asked_needs_the_operator_named_once()
    {
        string key = "";
        using RequestBox signing = RequestBox.Usual(prepare: home => key = home.AddSigningKey(StoreBox.O));
        string identity = signing.Home.Operator.Subject!;
        using (NatsKeyPair pair = signing.Home.Store.Keys.Find(key)!)
        {
            signing.Safe.Store.Keys.Add(pair);
        }

        signing.Safe.Store.Keys.Remove(identity);
        signing.Append(StoreBox.A, "tags: [x]\n");
        signing.Ask(key, expires: null, StoreBox.A);
        Assert.Contains(identity, Refused.With(ErrorCode.UnknownOperator, () => signing.Show()).Message, StringComparison.Ordinal);
        Assert.Contains(evil.PublicKey, Refused.With(ErrorCode.UnknownOperator, () => signing.Show(evil.PublicKey)).Message,
            StringComparison.Ordinal);
        Assert.Contains(identity, Assert.Single(signing.Show(identity)), StringComparison.Ordinal);
        Assert.Empty(signing.Safe.Store.Names());

        signing.Complete(operatorKey: identity);
        Assert.Equal(identity, signing.Safe.Operator.Subject);
        signing.Return();
        signing.Append(StoreBox.A, "audience: me\n");
        signing.Ask(key, expires: null, StoreBox.A);
        Assert.Contains("of the store", Assert.Single(signing.Show()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_token_of_the_real_operator_does_not_come_back()
    {
        box.Ask(StoreBox.A);
        using (NatsKeyPair real = box.Safe.Store.Keys.Find(box.Home.Operator.Subject!)!)
        {
            var claims = (OperatorClaims)box.Home.Operator.Wanted.Copy();
            claims.StrictSigningKeyUsage = true;
            claims.SigningKeys.Add(box.NewKey(NatsKeyType.Operator));
            box.Safe.Clock.Now += TimeSpan.FromMinutes(1);
            box.Safe.Save(StoreBox.O, claims, real);
        }

        Refused.With(ErrorCode.RequestOutdated, () => box.Show());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Another_account_in_the_place_of_one_that_is_known_here_is_not_signed(bool isForUser)
    {
        using NatsKeyPair known = NatsKeyPair.Generate(NatsKeyType.Account);
        using (NatsKeyPair real = box.Safe.Store.Keys.Find(box.Home.Operator.Subject!)!)
        {
            box.Safe.Save(StoreBox.O, (OperatorClaims)box.Home.Operator.Wanted.Copy(), real);
            var claims = (AccountClaims)box.Home.Store.Get(StoreBox.A).Wanted.Copy();
            claims.Subject = known.PublicKey;
            box.Safe.Save(StoreBox.A, claims, real);
        }

        if (isForUser)
        {
            string account = box.Home.Store.Get(StoreBox.A).Subject!;
            box.Lock(account);
            box.Append(StoreBox.U, "tags: [y]\n");
            box.Ask(StoreBox.U);
        }
        else
        {
            box.Ask(StoreBox.A);
        }

        string message = Refused.With(ErrorCode.EntityExists, () => box.Show()).Message;
        Assert.Contains(known.PublicKey, message, StringComparison.Ordinal);
        Assert.Contains(box.Home.Store.Get(StoreBox.A).Subject!, message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_forged_token_says_has_gone_by_or_breaks_a_rule_is_not_let_through()
    {
        box.Ask(StoreBox.A);
        ForgeCurrent(evil, box.Home.Clock.Now, claims => claims.Expires = 1000);
        box.Forge(text => text.Replace($"  changes:\n  {Listed}\n", "", StringComparison.Ordinal)
            .Replace("    tags: [x]", "    tags: [x]\n    expires: 1970-01-01T00:16:40Z", StringComparison.Ordinal));
        Refused.With(ErrorCode.InvalidTime, () => box.Show());
    }

    [Fact]
    public void A_completed_token_that_a_strange_key_signed_does_not_stand_above_anything()
    {
        string second = box.NewKey(NatsKeyType.Account);
        box.Append(StoreBox.A, $"claims: {{ signing_keys: [{second}] }}\n");
        box.Wish(StoreBox.U, second);
        box.Ask(StoreBox.A, StoreBox.U);
        string identity = box.Home.Operator.Subject!;
        ForgeAbove(evil, claims => claims.SigningKeys.Add(identity));
        Assert.Equal(2, Refusals());

        int Refusals()
        {
            using var keys = new KeyRing(box.Safe.Store.Keys);
            using var completion = new SigningRequestCompleter(
                box.Safe.Store, keys, NatsSigningRequest.Read(box.File, box.Safe.Store), SigningKeyChoice.Default);
            return completion.Waiting.Count(signature => Refused.With(ErrorCode.UnknownOperator, () => completion.Check(signature)) is not null);
        }
    }

    [Fact]
    public void What_lies_below_something_that_was_left_unsigned_is_not_signed_by_its_new_key()
    {
        string second = box.NewKey(NatsKeyType.Account);
        box.Append(StoreBox.A, $"claims: {{ signing_keys: [{second}] }}\n");
        box.Wish(StoreBox.U, second);
        box.Ask(StoreBox.A, StoreBox.U);
        Assert.Equal(2, box.Show().Count);
        using var keys = new KeyRing(box.Safe.Store.Keys);
        using var completion = new SigningRequestCompleter(
            box.Safe.Store, keys, NatsSigningRequest.Read(box.File, box.Safe.Store), SigningKeyChoice.Default);
        Refused.With(ErrorCode.SigningKeyNotAllowed, () => completion.Check(completion.Waiting[1]));
        completion.Sign(completion.Waiting[0]);
        completion.Check(completion.Waiting[1]);
    }

    /// <summary>Puts another token in the place of the one that the account has.</summary>
    private void ForgeCurrent(NatsKeyPair signer, DateTimeOffset issuedAt, Action<AccountClaims> change)
    {
        string real = box.Home.Account.Jwt!;
        var claims = (AccountClaims)JwtReader.Read(real).Claims.Copy();
        change(claims);
        box.Forge(text => text.Replace(real, JwtWriter.Write(claims, signer, new MovingClock { Now = issuedAt }), StringComparison.Ordinal));
    }

    /// <summary>Puts another token in the place of that of the operator.</summary>
    private void ForgeAbove(NatsKeyPair signer, Action<OperatorClaims> change)
    {
        string real = box.Home.Operator.Jwt!;
        var claims = new OperatorClaims { Name = "O", Subject = signer.PublicKey };
        change(claims);
        box.Forge(text => text.Replace(real, JwtWriter.Write(claims, signer, box.Home.Clock), StringComparison.Ordinal));
    }
}
