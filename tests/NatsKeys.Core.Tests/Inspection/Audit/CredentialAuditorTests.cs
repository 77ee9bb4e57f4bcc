using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Files;
using NatsKeys.Inspection;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Inspection;

public class CredentialAuditorTests
{
    [Fact]
    public void The_token_of_the_user_and_a_copy_that_ends_earlier_are_good()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        Write(box, box.User.Jwt!);
        Assert.Null(Stale(box));

        Write(box, Copy(box, claims => claims.Expires = At(days: 1)));
        Assert.Null(Stale(box));

        box.Clock.Now = MovingClock.Start.AddDays(2);
        Assert.Contains("2026-01-02 00:00:00Z", Stale(box), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_token_is_stale()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U).With(StoreBox.A.Child("V"));
        Write(box, Copy(box, claims => claims.Tags = ["old"]));
        Assert.NotNull(Stale(box));

        var other = (NatsUser)box.Store.Get(StoreBox.A.Child("V"));
        WriteText(box, CredentialTexts.Of(other));
        Assert.Contains(other.Subject!, Stale(box), StringComparison.Ordinal);

        WriteText(box, "nothing".ToCharArray());
        Assert.NotNull(Stale(box));
    }

    [Fact]
    public void A_token_of_a_key_that_is_not_listed_any_more_is_stale()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string key = box.AddSigningKey(StoreBox.A);
        using NatsKeyPair signer = box.Store.Keys.Find(key)!;
        Write(box, Copy(box, claims => ((UserClaims)claims).IssuerAccount = box.Account.Subject, signer));
        Assert.DoesNotContain(key, Stale(box)!, StringComparison.Ordinal);

        box.Edit(editor => editor.RemoveSigningKey(StoreBox.A, key, SigningKeyChoice.Default));
        Assert.Contains(key, Stale(box), StringComparison.Ordinal);
        Assert.Contains("account O/A", Stale(box), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_that_outlives_the_user_is_stale()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string endless = box.User.Jwt!;
        string longer = Copy(box, claims => claims.Expires = At(days: 3));
        string shorter = Copy(box, claims => claims.Expires = At(days: 1));
        box.Resign(StoreBox.U, claims => claims.Expires = At(days: 2));

        foreach (string token in new[] { endless, longer })
        {
            Write(box, token);
            Assert.NotNull(Stale(box));
        }

        Write(box, shorter);
        Assert.Null(Stale(box));
    }

    [Fact]
    public void A_token_that_is_revoked_is_stale_though_the_user_is_not()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string old = Copy(box, claims => claims.Expires = At(days: 1));
        Write(box, old);
        Assert.Null(Stale(box));
        box.Clock.Now = MovingClock.Start.AddHours(1);
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).Revocations[box.User.Subject!] = At(days: 0));
        box.Resign(StoreBox.U, _ => { });
        Write(box, old);
        Assert.NotNull(Stale(box));
    }

    [Fact]
    public void Credentials_of_nobody_are_told_and_matter_less_where_nobody_gets_in_with_them()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        string file = Write(box, box.User.Jwt!);
        string other = box.At("keys", "creds", "Gone", "X", "Y.creds");
        Directory.CreateDirectory(Path.GetDirectoryName(other)!);
        File.Copy(file, other);
        box.Store.Delete(StoreBox.U);

        StoreFinding[] found = Orphans(box);
        Assert.Equal(["user Gone/X/Y", "user O/A/U"], found.Select(finding => $"{finding.Path}"));
        Assert.Equal([other, file], found.Select(finding => finding.File));
        Assert.All(found, finding => Assert.Contains("never", finding.Message, StringComparison.Ordinal));
        Assert.Equal(["user O/A/U"], Orphans(box, "O").Select(finding => $"{finding.Path}"));

        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).Revocations["*"] = At(days: 1));
        Assert.Equal([FindingSeverity.Warning, FindingSeverity.Advice], Orphans(box).Select(finding => finding.Severity));
        Assert.Contains("user O/A/U", Orphans(box)[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_secret_is_in_what_is_said_of_credentials()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        char[] text = CredentialTexts.Of(box.User);
        string seed = new string(text).Split('\n').Single(line => line.StartsWith("SU", StringComparison.Ordinal));
        WriteText(box, seed.ToCharArray());
        Assert.DoesNotContain(seed[..20], Stale(box), StringComparison.Ordinal);
        box.Store.Delete(StoreBox.U);
        Assert.DoesNotContain(seed[..20], Assert.Single(Orphans(box)).Message, StringComparison.Ordinal);
    }

    private static long At(int days) => MovingClock.Start.AddDays(days).ToUnixTimeSeconds();

    /// <summary>Another token of the user.</summary>
    private static string Copy(StoreBox box, Action<ClaimSet> change, ISigner? signer = null)
    {
        var claims = (ClaimSet)box.User.Wanted.Copy();
        using NatsKeyPair identity = box.Store.Keys.Find(box.Account.Subject!)!;
        change(claims);
        return JwtWriter.Write(claims, signer ?? identity, box.Clock);
    }

    /// <summary>Puts a token and the user's seed where the store keeps the user's credentials.</summary>
    private static string Write(StoreBox box, string token)
    {
        using NatsKeyPair key = box.Store.Keys.Find(box.User.Subject!)!;
        return WriteText(box, CredentialFormat.Write(token, key));
    }

    private static string WriteText(StoreBox box, char[] text)
    {
        string file = CredentialFile.DefaultPath(box.User)!;
        SecretFile.Write(file, text, overwrite: true);
        return file;
    }

    private static string? Stale(StoreBox box) =>
        StoreAuditor.Check(box.Store).SingleOrDefault(finding => finding.Rule == "audit.stale-credential")?.Message;

    private static StoreFinding[] Orphans(StoreBox box, string? operatorName = null) =>
        [.. StoreAuditor.Check(box.Store, operatorName: operatorName).Where(finding => finding.Rule == "audit.orphaned-credential")];
}
