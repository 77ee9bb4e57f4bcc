using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Exchange;

/// <summary>What cannot be imported is one error that names it, and the rest goes on.</summary>
public sealed class RefusalTests : IDisposable
{
    private const int All = 34;
    private readonly NscBox box = new();

    [Theory]
    [InlineData("..", "...jwt")]
    [InlineData("../evil", "../evil.jwt")]
    [InlineData("../../../../evil", "../../../../evil.jwt")]
    [InlineData("a/b", "a/b.jwt")]
    [InlineData("trailing ", "trailing.jwt")]
    [InlineData(" leading", "leading.jwt")]
    [InlineData("dot.", "dot..jwt")]
    [InlineData("CON", "device.jwt")]
    [InlineData("com1.x", "device.jwt")]
    [InlineData("what?", "what.jwt")]
    [InlineData("", "nobody.jwt")]
    public void A_user_with_a_name_that_no_file_system_should_see(string name, string file)
    {
        box.WriteUser(name, "BILLING", "accounts", "BILLING", "users", file);
        IsRefused(ErrorCode.InvalidName, $"'{name}'");
    }

    [Theory]
    [InlineData("..", "accounts/../...jwt")]
    [InlineData("../evil", "evil/../evil.jwt")]
    [InlineData("../evil", "evil/evil.jwt")]
    [InlineData("A ", "accounts/space/space.jwt")]
    [InlineData("NUL", "accounts/device/device.jwt")]
    public void An_account_with_such_a_name(string name, string file)
    {
        box.WriteAccount(name, file);
        IsRefused(ErrorCode.InvalidName, $"'{name}'");
    }

    [Fact]
    public void An_account_in_a_folder_with_such_a_name()
    {
        // Windows has no such folders.
        if (!OperatingSystem.IsWindows())
        {
            box.WriteAccount("A", "accounts", "A ", "A.jwt");
            IsRefused(ErrorCode.InvalidName, "'A '");
        }
    }

    [Fact]
    public void The_operator_s_marker_leads_nowhere_else()
    {
        string folder = Path.Combine(box.Source, "stores", "EVIL");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, ".nsc"), """{"managed":false,"name":"../RICH/RICH","kind":"operator","version":"1"}""");
        IsRefused(ErrorCode.InvalidName, "'../RICH/RICH'");
    }

    [Fact]
    public void Users_whose_names_differ_in_case_alone()
    {
        // On a file system that tells no cases apart nsc writes one file; then there is nothing to refuse.
        box.WriteUser("bob", "BILLING", "accounts", "BILLING", "users", "bob.jwt");
        box.WriteUser("BOB", "BILLING", "accounts", "BILLING", "users", "BOB.jwt");
        if (Directory.GetFiles(box.InRich("accounts", "BILLING", "users"), "*")
            .Count(file => file.EndsWith("ob.jwt", StringComparison.OrdinalIgnoreCase) && Path.GetFileName(file).Length == 7) == 2)
        {
            NatsKeysException error = Assert.Single(box.Import());
            Assert.Equal(ErrorCode.EntityExists, error.Code);
            Assert.Contains("user RICH/BILLING/bob", error.Message, StringComparison.Ordinal);
            Assert.Contains("user RICH/BILLING/BOB", error.Message, StringComparison.Ordinal);
            Assert.Equal(All + 1, NscBox.Entities(box.Store).Count());

            // The one that came first is no other the next time, even where it may be replaced.
            Assert.Single(box.Import(overwrite: true));
            Assert.Equal("BOB", box.Store.Get(new EntityPath("RICH", "BILLING", "bob")).Name);
        }
    }

    [Fact]
    public void A_user_whose_signature_does_not_hold()
    {
        string file = box.InRich("accounts", "BILLING", "users", "b1.jwt");
        File.WriteAllText(file, Tokens.Tampered(File.ReadAllText(file)));

        NatsKeysException[] errors = box.Import();
        Assert.Equal([ErrorCode.TokenSignature, ErrorCode.EntityNotFound], errors.Select(error => error.Code));
        Assert.Contains(file, errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("b1.creds", errors[1].Message, StringComparison.Ordinal);
        Assert.Equal(All - 1, NscBox.Entities(box.Store).Count());
    }

    [Fact]
    public void What_lies_below_an_account_that_is_refused_is_counted()
    {
        string file = box.InRich("accounts", "BILLING", "BILLING.jwt");
        File.WriteAllText(file, "no token");

        NatsKeysException error = box.Import()[0];
        Assert.Equal(ErrorCode.TokenMalformed, error.Code);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(" 6 ", error.Message, StringComparison.Ordinal);
        Assert.Equal(All - 7, NscBox.Entities(box.Store).Count());
    }

    [Fact]
    public void A_token_of_another_kind_in_its_place()
    {
        File.Copy(box.InRich("accounts", "SYS", "users", "sys.jwt"), box.InRich("accounts", "BILLING", "BILLING.jwt"), overwrite: true);
        Assert.Contains(box.Import(), error =>
            error.Code == ErrorCode.TokenUnsupported && error.Message.Contains("BILLING.jwt", StringComparison.Ordinal));
    }

    [Fact]
    public void An_entity_of_the_same_name_stays_unless_it_may_be_replaced()
    {
        box.Import();
        var path = new EntityPath("RICH", "BILLING", "b1");
        string before = box.Store.Get(path).Jwt!;
        box.WriteUser("b1", "BILLING", "accounts", "BILLING", "users", "b1.jwt");

        Assert.Equal([ErrorCode.EntityExists], box.Import().Select(error => error.Code));
        Assert.Equal(before, box.Store.Get(path).Jwt);

        box.Import(overwrite: true);
        Assert.Equal(File.ReadAllText(box.InRich("accounts", "BILLING", "users", "b1.jwt")), box.Store.Get(path).Jwt);
    }

    [Fact]
    public void Users_go_below_an_account_of_the_store_that_has_another_token()
    {
        box.Import();
        box.Store.Delete(new EntityPath("RICH", "BILLING", "b1"));
        var account = (NatsAccount)box.Store.Get(new EntityPath("RICH", "BILLING"));
        var claims = (AccountClaims)account.Claims.Copy();
        claims.Description = "another one";
        using NatsKeyPair signer = box.Key(account.Issuer!);
        NatsKeys.Jwt.NatsJwt signed = NatsKeys.Jwt.JwtWriter.Sign(claims, signer, claims.IssuedAt + 1);
        box.Store.Save(account.Path, new EntityDocument(signed.Claims, signed.Token));

        Assert.Equal([ErrorCode.EntityExists], box.Import().Select(error => error.Code));
        Assert.NotNull(box.Store.Find(new EntityPath("RICH", "BILLING", "b1")));
    }

    [Fact]
    public void A_key_in_the_file_of_another_key()
    {
        string[] files = Directory.GetFiles(Path.Combine(box.Source, "keys"), "A*.nk", SearchOption.AllDirectories);
        File.Copy(files[0], files[1], overwrite: true);
        IsRefused(ErrorCode.KeyConflict, files[1]);
    }

    [Fact]
    public void Credentials_of_a_user_who_is_gone()
    {
        File.Delete(box.InRich("accounts", "BILLING", "users", "b1.jwt"));
        NatsKeysException error = Assert.Single(box.Import());
        Assert.Equal(ErrorCode.EntityNotFound, error.Code);
        Assert.Contains("b1.creds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_credentials_stay_unless_they_may_be_replaced()
    {
        box.Import();
        string file = box.At("target", "creds", "RICH", "BILLING", "b1.creds");
        File.WriteAllText(file, "mine");

        Assert.Equal([ErrorCode.FileExists], box.Import().Select(error => error.Code));
        Assert.Equal("mine", File.ReadAllText(file));
        Assert.Empty(box.Import(overwrite: true));
        Assert.Equal(File.ReadAllText(Path.Combine(box.Source, "keys", "creds", "RICH", "BILLING", "b1.creds")), File.ReadAllText(file));
    }

    [Fact]
    public void No_error_has_a_seed()
    {
        string[] seeds = [.. Directory.GetFiles(Path.Combine(box.Source, "keys"), "*.nk", SearchOption.AllDirectories).Select(File.ReadAllText)];
        foreach (string file in Directory.GetFiles(Path.Combine(box.Source, "keys"), "*.nk", SearchOption.AllDirectories)
            .Where((_, index) => index % 2 == 0))
        {
            File.WriteAllText(file, File.ReadAllText(file)[..^1] + "9");
        }

        NatsKeysException[] errors = box.Import();
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.DoesNotContain(seeds, seed => error.ToString().Contains(seed[..57], StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("store")]
    public void Nothing_to_import_is_an_error_of_its_path(string name)
    {
        NatsKeysException error = Refused.With(ErrorCode.FileNotFound, () => box.Import(false, box.At(name)));
        Assert.Contains(box.At(name), error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => box.Dispose();

    private void IsRefused(ErrorCode code, string named)
    {
        NatsKeysException error = Assert.Single(box.Import());
        Assert.Equal(code, error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Equal(All, NscBox.Entities(box.Store).Count());
        Assert.Equal(["source", "store", "target"],
            Directory.GetFileSystemEntries(box.At()).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }
}
