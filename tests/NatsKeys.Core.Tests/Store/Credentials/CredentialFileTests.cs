using NatsKeys.Core.Tests.Signing;
using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

public class CredentialFileTests
{
    [Theory]
    [EveryStore]
    public void The_credentials_of_a_stored_user_can_be_read_back(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        using NatsCredential read = CredentialFormat.Read(CredentialTexts.Of(box.User));

        Assert.True(read.Matches);
        Assert.Equal(box.User.Jwt, read.Token.Token);
        Assert.Equal(box.Account.Subject, read.IssuerAccount);
    }

    [Theory]
    [EveryStore]
    public void Without_the_seed_there_are_no_credentials(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        box.Store.Keys.Remove(box.User.Subject!);
        NatsKeysException error = Refused.With(ErrorCode.KeyNotFound, () => CredentialTexts.Of(box.User));
        Assert.Contains("user O/A/U", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [EveryStore]
    public void The_seed_may_come_from_a_source_that_gives_it_away(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U);
        using NatsKeyPair key = box.Store.Keys.Find(box.User.Subject!)!;
        box.Store.Keys.Remove(key.PublicKey);
        using (var keys = new KeyRing(box.Store.Keys, [FakeSource.Of(key)]))
        {
            using NatsCredential read = CredentialFormat.Read(CredentialTexts.Of(box.User, keys));
            Assert.True(read.Matches);
        }

        using var signs = new KeyRing(box.Store.Keys, [new SignerKeySource(KeySourceKind.Signer, key.PublicKey, (data, _) => data, "a test", "kms")]);
        Assert.Contains("'kms'", Refused.With(ErrorCode.KeyNotFound, () => CredentialTexts.Of(box.User, signs)).Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain(key.PublicKey, box.Store.Keys.PublicKeys());
    }

    [Fact]
    public void An_unsigned_user_has_no_credentials()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        box.Store.Save(StoreBox.U, new EntityDocument(box.User.Claims, Jwt: null));
        Refused.With(ErrorCode.InvalidCredential, () => CredentialTexts.Of(box.User));
    }

    [Fact]
    public void Credentials_lie_below_the_key_root_and_those_of_a_store_in_memory_nowhere()
    {
        using StoreBox disk = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        using StoreBox memory = new StoreBox(StorePlace.Memory).With(StoreBox.U);
        Assert.Equal(disk.At("keys", "creds", "O", "A", "U.creds"), CredentialFile.DefaultPath(disk.User));
        Assert.Null(CredentialFile.DefaultPath(memory.User));
    }

    [Fact]
    public void Errors_name_the_file_and_never_the_seed()
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("U.creds");
        NatsKeysException missing = Refused.With(ErrorCode.FileNotFound, () => CredentialFile.Read(path).Dispose());
        File.WriteAllText(path, Vectors.Seed("U1"));
        NatsKeysException broken = Refused.With(ErrorCode.InvalidCredential, () => CredentialFile.Read(path).Dispose());

        Assert.All([missing, broken], error => Assert.Equal(path, error.Path));
        Assert.Contains(path, broken.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Vectors.Seed("U1"), broken.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_of_another_kind_is_no_credential()
    {
        Refused.With(ErrorCode.InvalidCredential, () => CredentialFormat.Read($"{Tokens.Exact("account-min")}\n{Vectors.Seed("U1")}").Dispose());
    }
}
