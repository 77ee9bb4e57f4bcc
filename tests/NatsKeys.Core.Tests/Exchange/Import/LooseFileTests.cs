using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Exchange;

/// <summary>Files by themselves, as <c>nsc export keys --include-jwts</c> gives them.</summary>
public sealed class LooseFileTests : IDisposable
{
    private readonly NscBox box = new();
    private readonly string flat;

    public LooseFileTests()
    {
        flat = box.At("flat");
        Directory.CreateDirectory(flat);
    }

    [Fact]
    public void A_flat_folder_of_tokens_and_keys_gives_the_same_store()
    {
        int index = 0;
        foreach (string file in Directory.GetFiles(box.Source, "*.jwt", SearchOption.AllDirectories)
            .Where(file => file.Contains("stores", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(flat, $"{index++}.jwt"));
        }

        foreach (string file in Directory.GetFiles(box.Source, "*.nk", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(flat, Path.GetFileName(file)));
        }

        NatsStore other = NatsStore.InMemory();
        Assert.Empty(box.Import());
        Assert.Empty(box.ImportInto(other, false, flat).Faults);
        Assert.Equal(Content(box.Store), Content(other));
    }

    [Fact]
    public void Credentials_bring_user_key_and_file()
    {
        string source = Path.Combine(box.Source, "keys", "creds", "RICH", "BILLING", "b1.creds");
        string file = Path.Combine(flat, "any.creds");
        File.Copy(source, file);
        Assert.Empty(box.Import(false, box.InRich()));
        box.Store.Delete(new EntityPath("RICH", "BILLING", "b1"));

        (NatsEntity[] entities, NatsKeysException[] faults) = box.ImportInto(box.Store, false, file);
        Assert.Empty(faults);
        Assert.Equal("user RICH/BILLING/b1", Assert.Single(entities).Path.ToString());
        Assert.Equal([entities[0].Subject], box.Store.Keys.PublicKeys());
        Assert.Equal(File.ReadAllBytes(source), File.ReadAllBytes(box.At("target", "creds", "RICH", "BILLING", "b1.creds")));
    }

    [Fact]
    public void A_token_in_a_block_is_taken_without_the_block()
    {
        string token = File.ReadAllText(box.InRich("RICH.jwt"));
        File.WriteAllText(Path.Combine(flat, "o.jwt"), $"-----BEGIN NATS OPERATOR JWT-----\r\n{token}\r\n------END NATS OPERATOR JWT------\r\n");
        Assert.Empty(box.Import(false, flat));
        Assert.Equal(token, box.Store.Get(new EntityPath("RICH")).Jwt);
    }

    [Fact]
    public void The_newest_of_two_tokens_of_one_entity_is_taken_and_the_other_is_named()
    {
        File.Copy(box.InRich("RICH.jwt"), Path.Combine(flat, "a.jwt"));
        var claims = (OperatorClaims)NatsKeys.Jwt.JwtReader.Read(File.ReadAllText(box.InRich("RICH.jwt"))).Claims;
        using NatsKeyPair key = box.Key(claims.Subject!);
        string old = NatsKeys.Jwt.JwtWriter.Write(claims, key, new Jwt.FixedClock(1_600_000_000));
        File.WriteAllText(Path.Combine(flat, "0.jwt"), old);

        NatsKeysException error = Assert.Single(box.Import(false, flat));
        Assert.Equal(ErrorCode.EntityExists, error.Code);
        Assert.Contains("0.jwt", error.Message, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(box.InRich("RICH.jwt")), box.Store.Get(new EntityPath("RICH")).Jwt);
    }

    [Fact]
    public void Tokens_of_version_1_stay_as_they_are()
    {
        foreach (System.Text.Json.Nodes.JsonNode? entry in Vectors.Load("jwt-v1.json")["cases"]!.AsArray())
        {
            if (entry!["claim_type"]!.ToString() is "operator" or "account")
            {
                File.WriteAllText(Path.Combine(flat, entry["name"]! + ".jwt"), entry["token"]!.ToString());
            }
        }

        (NatsEntity[] entities, NatsKeysException[] faults) = box.ImportInto(box.Store, false, flat);
        Assert.Empty(faults);
        Assert.NotEmpty(entities);
        Assert.All(entities, entity =>
        {
            NatsEntity read = box.Store.Get(entity.Path);
            Assert.Contains(read.Jwt, Directory.GetFiles(flat).Select(File.ReadAllText));
            Assert.NotEqual(EntityState.Modified, read.State);
        });
    }

    [Fact]
    public void Credentials_with_another_token_of_a_user_in_the_store_need_leave_to_replace_it()
    {
        box.Import();
        var path = new EntityPath("RICH", "BILLING", "b1");
        var user = (NatsUser)box.Store.Get(path);
        using NatsKeyPair signer = box.Key(user.Issuer!);
        var claims = (UserClaims)user.Claims.Copy();
        claims.Tags.Add("older");
        NatsKeys.Jwt.NatsJwt signed = NatsKeys.Jwt.JwtWriter.Sign(claims, signer, claims.IssuedAt + 1);
        box.Store.Save(path, new EntityDocument(signed.Claims, signed.Token));
        string file = Path.Combine(flat, "b1.creds");
        File.Copy(Path.Combine(box.Source, "keys", "creds", "RICH", "BILLING", "b1.creds"), file);

        Assert.Equal([ErrorCode.EntityExists, ErrorCode.FileExists], box.Import(false, file).Select(error => error.Code));
        Assert.Empty(box.Import(true, file));
        Assert.Equal(File.ReadAllText(box.InRich("accounts", "BILLING", "users", "b1.jwt")), box.Store.Get(path).Jwt);
    }

    [Fact]
    public void A_token_whose_parent_nobody_knows_is_an_error_that_names_its_signer()
    {
        File.Copy(box.InRich("accounts", "BILLING", "BILLING.jwt"), Path.Combine(flat, "a.jwt"));
        NatsKeysException error = Assert.Single(box.Import(false, flat));
        Assert.Equal(ErrorCode.EntityNotFound, error.Code);
        Assert.Contains("OAXHORJ4GZUM4EZQK54FNAWYNVC7TFPVSMN2RQ5AQEHMRN4XBUMPBUH4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_activation_is_no_entity()
    {
        NatsKeysException error = Assert.Single(box.Import(false, Path.Combine(box.Source, "devices-invoices.jwt")));
        Assert.Equal(ErrorCode.TokenUnsupported, error.Code);
        Assert.Contains("devices-invoices.jwt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_separators_is_refused_here_too()
    {
        box.WriteUser("../../evil", "BILLING", "evil.jwt");
        Assert.Empty(box.Import(false, box.InRich("accounts", "..", "RICH.jwt")));
        NatsKeysException error = Assert.Single(box.Import(false, box.InRich("evil.jwt")));
        Assert.Equal(ErrorCode.InvalidName, error.Code);
    }

    [Fact]
    public void Stores_and_keys_may_be_named_apart_and_one_operator_alone()
    {
        Assert.Empty(box.Import(false, Path.Combine(box.Source, "stores"), Path.Combine(box.Source, "keys")));
        Assert.Equal(34, NscBox.Entities(box.Store).Count());
        Assert.Equal(43, box.Store.Keys.PublicKeys().Count());

        NatsStore memory = NatsStore.InMemory();
        Assert.Empty(box.ImportInto(memory, false, box.Rich).Faults);
        Assert.Equal(["RICH"], memory.Names());
        Assert.Empty(memory.Keys.PublicKeys());
    }

    [Fact]
    public void A_folder_for_everything_is_what_the_option_H_makes()
    {
        string all = box.At("all");
        Directory.Move(Path.Combine(box.Source, "stores"), all);
        Directory.Move(Path.Combine(box.Source, "keys", "keys"), Path.Combine(all, "keys"));
        Directory.Move(Path.Combine(box.Source, "keys", "creds"), Path.Combine(all, "creds"));
        Assert.Empty(box.Import(false, all));
        Assert.Equal(34, NscBox.Entities(box.Store).Count());
        Assert.Equal(43, box.Store.Keys.PublicKeys().Count());
        Assert.Equal(25, Directory.GetFiles(box.At("target", "creds"), "*.creds", SearchOption.AllDirectories).Length);
    }

    public void Dispose() => box.Dispose();

    private static string[] Content(NatsStore store) =>
        [.. NscBox.Entities(store).Select(entity => $"{entity.Path} {entity.Jwt}"), .. store.Keys.PublicKeys().Order(StringComparer.Ordinal)];
}
