using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

/// <summary>The file of credentials that a store keeps of a user follows the user, and is never made of halves that do not belong together.</summary>
public sealed class CredentialRenewalTests : IDisposable
{
    private readonly StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
    private readonly string path;

    public CredentialRenewalTests()
    {
        path = CredentialFile.DefaultPath(box.User)!;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    }

    [Fact]
    public void A_user_that_is_signed_again_has_its_new_token_there_and_the_seed_of_before()
    {
        File.WriteAllText(path, new string(CredentialTexts.Of(box.User)));
        box.Resign(StoreBox.U, claims => claims.Tags.Add("later"));
        using NatsCredential renewed = CredentialFile.Read(path);
        Assert.Equal(box.User.Jwt, renewed.Token.Token);
        Assert.Equal(["later"], renewed.Token.Claims.Tags);
        Assert.True(renewed.Matches);
    }

    [Fact]
    public void Where_there_is_no_file_none_is_made()
    {
        box.Resign(StoreBox.U, claims => claims.Tags.Add("later"));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Credentials_of_somebody_else_stay_as_they_are()
    {
        box.Create(StoreBox.A, new NewEntity("V"));
        char[] other = CredentialTexts.Of((NatsUser)box.Store.Get(StoreBox.A.Child("V")));
        Stays(new string(other));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    public void A_file_that_is_no_credentials_stays_as_it_is(string text) => Stays(text);

    [Fact]
    public void A_file_with_the_very_token_is_not_written_again()
    {
        string text = "# mine\n" + new string(CredentialTexts.Of(box.User));
        File.WriteAllText(path, text);
        box.Store.Save(StoreBox.U, box.User.Document);
        Assert.Equal(text, File.ReadAllText(path));
    }

    [Fact]
    public void A_user_with_another_key_has_its_seed_there()
    {
        File.WriteAllText(path, new string(CredentialTexts.Of(box.User)));
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        SaveWith(key, key.PublicKey);
        using NatsCredential renewed = CredentialFile.Read(path);
        Assert.Equal((key.PublicKey, key.PublicKey, true), (renewed.KeyPair.PublicKey, renewed.Token.Subject, renewed.Matches));
    }

    [Fact]
    public void A_key_that_is_not_the_user_s_does_not_come_into_its_file()
    {
        string text = new(CredentialTexts.Of(box.User));
        File.WriteAllText(path, text);
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.User);
        SaveWith(key, box.User.Subject!);
        Assert.Equal(text, File.ReadAllText(path));
    }

    public void Dispose() => box.Dispose();

    private void Stays(string text)
    {
        File.WriteAllText(path, text);
        box.Resign(StoreBox.U, claims => claims.Tags.Add("later"));
        Assert.Equal(["later"], box.User.Tags);
        Assert.Equal(text, File.ReadAllText(path));
    }

    /// <summary>Signs the user again for a subject, and brings a key pair along.</summary>
    private void SaveWith(NatsKeyPair key, string subject)
    {
        var claims = (ClaimSet)box.User.Wanted.Copy();
        claims.Subject = subject;
        claims.Tags.Add("later");
        using NatsKeyPair signer = box.Store.Keys.Find(claims.Issuer!)!;
        using StoreTransaction change = box.Store.BeginChange();
        change.Save(StoreBox.U, new EntityDocument(claims, JwtWriter.Write(claims, signer, box.Clock)), key);
        change.Commit();
    }
}
