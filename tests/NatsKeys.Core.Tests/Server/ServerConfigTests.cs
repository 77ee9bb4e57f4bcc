using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Entities;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Server;

public class ServerConfigTests
{
    [Theory]
    [EveryStore]
    public void The_configuration_is_nsc_s_to_the_byte(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.U).With(new EntityPath("O", "B")).With(new EntityPath("O", "C"));
        NatsEntity[] accounts = [.. box.Store.Children(box.Operator).OrderBy(account => account.Subject, StringComparer.Ordinal)];
        string preload = string.Concat(accounts.Select(account => $"  // Account \"{account.Name}\"\n  {account.Subject}: {account.Jwt}\n\n"));
        string start = $"// Operator \"O\"\noperator: {box.Operator.Jwt}\n\n";
        Assert.Equal($"{start}resolver: MEMORY\n\nresolver_preload: {{\n{preload}}}\n", ServerConfig.ForMemoryResolver(box.Operator));

        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).SystemAccount = box.Account.Subject);
        start = $"// Operator \"O\"\noperator: {box.Operator.Jwt}\n\nsystem_account: {box.Account.Subject}\n\n";
        Assert.Equal($"{start}resolver: MEMORY\n\nresolver_preload: {{\n{preload}}}\n", ServerConfig.ForMemoryResolver(box.Operator));
    }

    [Fact]
    public void Without_accounts_there_is_an_empty_list()
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.O);
        Assert.EndsWith("resolver: MEMORY\n\nresolver_preload: {\n}\n", ServerConfig.ForMemoryResolver(box.Operator), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("O\nport: 1", "// Operator \"O\\n", "// Operator \"O\\u000a")]
    [InlineData("O\r\nport: 1", "// Operator \"O\\r", "// Operator \"O\\u000d")]
    [InlineData("O\u2028port: 1", "// Operator \"O\\u2028", null)]
    [InlineData("O\u0085port: 1", "// Operator \"O\\u0085", null)]
    [InlineData("\"O\\", "// Operator \"\\\"O\\\\\"", null)]
    public void No_name_breaks_out_of_its_comment(string name, string start, string? orStart)
    {
        // A store in memory takes what no editor would let through, as a store made by another tool might.
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.O);
        box.Store.Save(new EntityPath(name), new EntityDocument(box.Operator.Claims, box.Operator.Jwt));
        string text = ServerConfig.ForMemoryResolver((NatsOperator)box.Store.Get(new EntityPath(name)));

        string first = text.Split('\n')[0];
        Assert.True(first.StartsWith(start, StringComparison.Ordinal) || (orStart is not null && first.StartsWith(orStart, StringComparison.Ordinal)), first);
        Assert.DoesNotContain(first, character => char.IsControl(character) || character is '\u2028' or '\u2029');
        Assert.StartsWith($"operator: {box.Operator.Jwt}", text.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_signed_cannot_be_configured()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.A);
        box.Store.Save(StoreBox.A, new EntityDocument(box.Account.Claims, Jwt: null));
        NatsKeysException error = Refused.With(ErrorCode.InvalidServerConfig, () => ServerConfig.ForMemoryResolver(box.Operator));
        Assert.Contains("account O/A", error.Message, StringComparison.Ordinal);
        box.Store.Save(StoreBox.O, new EntityDocument(box.Operator.Claims, Jwt: null));
        Refused.With(ErrorCode.InvalidServerConfig, () => ServerConfig.ForMemoryResolver(box.Operator));
    }

    [Theory]
    [EveryStore]
    public void A_system_account_that_is_not_in_the_store_is_refused(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        string missing = Tokens.Payload("account-min").Text("sub");
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).SystemAccount = missing);
        Assert.Contains(missing, Refused.With(ErrorCode.InvalidServerConfig, () => ServerConfig.ForMemoryResolver(box.Operator)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_is_for_its_owner_alone_and_overwritten_only_when_asked()
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("server.conf");
        ServerConfig.Write(path, "one", overwrite: false);
        Refused.With(ErrorCode.FileExists, () => ServerConfig.Write(path, "two", overwrite: false));
        Assert.Equal("one", File.ReadAllText(path));
        ServerConfig.Write(path, "two", overwrite: true);
        Assert.Equal("two", File.ReadAllText(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }
}
