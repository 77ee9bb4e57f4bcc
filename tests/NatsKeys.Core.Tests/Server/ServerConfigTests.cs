using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Keys;
using NatsKeys.Rules;
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
        Assert.Equal($"{start}resolver: MEMORY\n\nresolver_preload: {{\n{preload}}}\n", Memory(box));

        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).SystemAccount = box.Account.Subject);
        start = $"// Operator \"O\"\noperator: {box.Operator.Jwt}\n\nsystem_account: {box.Account.Subject}\n\n";
        Assert.Equal($"{start}resolver: MEMORY\n\nresolver_preload: {{\n{preload}}}\n", Memory(box));
    }

    [Fact]
    public void Without_accounts_there_is_an_empty_list()
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.O);
        Assert.EndsWith("resolver: MEMORY\n\nresolver_preload: {\n}\n", Memory(box), StringComparison.Ordinal);
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
        string text = ServerConfig.Make(new ServerConfigRequest((NatsOperator)box.Store.Get(new EntityPath(name)), ResolverKind.Memory));

        string first = text.Split('\n')[0];
        Assert.True(first.StartsWith(start, StringComparison.Ordinal) || (orStart is not null && first.StartsWith(orStart, StringComparison.Ordinal)),
            first);
        Assert.DoesNotContain(first, character => char.IsControl(character) || character is '\u2028' or '\u2029');
        Assert.StartsWith($"operator: {box.Operator.Jwt}", text.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_signed_cannot_be_configured()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.A);
        box.Store.Save(StoreBox.A, new EntityDocument(box.Account.Claims, Jwt: null));
        NatsKeysException error = Refused.With(ErrorCode.InvalidServerConfig, () => Memory(box));
        Assert.Contains("account O/A", error.Message, StringComparison.Ordinal);
        box.Store.Save(StoreBox.O, new EntityDocument(box.Operator.Claims, Jwt: null));
        Refused.With(ErrorCode.InvalidServerConfig, () => Memory(box));
    }

    [Theory]
    [EveryStore]
    public void A_system_account_that_is_not_in_the_store_is_refused(StorePlace place)
    {
        using StoreBox box = new StoreBox(place).With(StoreBox.A);
        string missing = Tokens.Payload("account-min").Text("sub");
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).SystemAccount = missing);
        Assert.Contains(missing, Refused.With(ErrorCode.InvalidServerConfig, () => Memory(box)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_is_for_its_owner_alone_and_overwritten_only_when_asked()
    {
        using var folder = new TemporaryFolder();
        (string, string)[] files = [(folder.At("operator.jwt"), "token"), (folder.At("server.conf"), "one")];
        ServerConfig.Write(files[1..], overwrite: false);
        Refused.With(ErrorCode.FileExists, () => ServerConfig.Write(files, overwrite: false));
        Assert.False(File.Exists(folder.At("operator.jwt")));
        ServerConfig.Write([files[0], (folder.At("server.conf"), "two")], overwrite: true);
        Assert.Equal("two", File.ReadAllText(folder.At("server.conf")));
        Refused.With(ErrorCode.InvalidServerConfig, () => ServerConfig.Write([files[0], files[0]], overwrite: true));
        if (!OperatingSystem.IsWindows())
        {
            foreach ((string path, _) in files)
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
        }
    }

    [Fact]
    public void A_full_resolver_is_nsc_s_but_for_the_comments()
    {
        using StoreBox box = WithSystemAccount();
        Assert.Equal(
            $$"""
            // Operator "O"
            operator: {{box.Operator.Jwt}}

            system_account: {{box.Account.Subject}}

            resolver {
                type: full
                dir: "./jwt"
                allow_delete: false
                interval: "2m"
                timeout: "1.9s"
            }

            resolver_preload: {
              // Account "A"
              {{box.Account.Subject}}: {{box.Account.Jwt}}

            }

            """,
            ServerConfig.Make(new ServerConfigRequest(box.Operator, ResolverKind.Full)));
    }

    [Fact]
    public void Everything_that_is_asked_for_stands_in_the_configuration()
    {
        using StoreBox box = WithSystemAccount();
        string text = ServerConfig.Make(new ServerConfigRequest(box.Operator, ResolverKind.Cache)
        {
            OperatorFile = "C:\\o\"2.jwt",
            Settings = new ResolverSettings { Directory = "/var/lib/nats/jwt", TimeToLive = TimeSpan.FromMinutes(90),
                Timeout = TimeSpan.FromMilliseconds(2250), Limit = 12 },
            Server = new ServerSettings
            {
                Name = "n1", Host = "::1", Port = 4222, HttpPort = 8222, LeafNodes = new() { Port = 7422 }, ClusterPort = 6222, ClusterName = "C",
                Routes = ["n2:6222", "tls://[::1]:6222"],
                JetStream = new JetStreamSettings { Domain = "hub", MaxMemory = 0, MaxFile = 1024 },
            },
        });
        Assert.StartsWith(
            """
            server_name: "n1"
            host: "::1"
            port: 4222
            http_port: 8222

            cluster {
                name: "C"
                host: "::1"
                port: 6222
                routes: ["nats://n2:6222", "tls://[::1]:6222"]
            }

            leafnodes {
                host: "::1"
                port: 7422
            }

            jetstream {
                store_dir: "./jetstream"
                domain: "hub"
                max_memory_store: 0
                max_file_store: 1024
            }

            // Operator "O"
            operator: "C:\\o\"2.jwt"

            """,
            text,
            StringComparison.Ordinal);
        Assert.Contains(
            """
            resolver {
                type: cache
                dir: "/var/lib/nats/jwt"
                ttl: "90m"
                timeout: "2.25s"
                limit: 12
            }
            """,
            text,
            StringComparison.Ordinal);
    }

    public static TheoryData<string, ResolverKind, object> WrongSettings => new()
    {
        { "folder", ResolverKind.Memory, new ResolverSettings { Directory = "x" } },
        { "timeout and no limit", ResolverKind.Memory, new ResolverSettings { Timeout = TimeSpan.FromSeconds(1), Limit = 1 } },
        { "deletes and no hard deletes and no interval", ResolverKind.Cache,
            new ResolverSettings { AllowDelete = false, HardDelete = true, Interval = TimeSpan.FromSeconds(1) } },
        { "time to live", ResolverKind.Full, new ResolverSettings { TimeToLive = TimeSpan.FromSeconds(1) } },
        { "Hard deletes", ResolverKind.Full, new ResolverSettings { HardDelete = true } },
        { "interval", ResolverKind.Full, new ResolverSettings { Interval = TimeSpan.Zero } },
        { "timeout", ResolverKind.Cache, new ResolverSettings { Timeout = TimeSpan.FromSeconds(-1) } },
        { "time to live", ResolverKind.Cache, new ResolverSettings { TimeToLive = TimeSpan.Zero } },
        { "resolver limit 0", ResolverKind.Cache, new ResolverSettings { Limit = 0 } },
    };

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public void A_resolver_takes_only_what_servers_take(string named, ResolverKind kind, object settings) =>
        IsRefused(named, box => new ServerConfigRequest(box.Operator, kind) { Settings = (ResolverSettings)settings });

    private static readonly TlsSettings Tls = new() { Certificate = "c.pem", Key = "k.pem" };

    private static readonly Dictionary<string, IReadOnlyList<string>> West = new() { ["west"] = ["w1:7222"] };

    public static TheoryData<string, object> WrongServers => new()
    {
        { "'a b'", new ServerSettings { Name = "a b" } },
        { "cluster", new ServerSettings { ClusterName = "", ClusterPort = 1 } },
        { "empty", new ServerSettings { Host = "" } },
        { "Port 1", new ServerSettings { Port = 1, HttpPort = 1 } },
        { "requires a cluster port", new ServerSettings { ClusterName = "C" } },
        { "requires a cluster port", new ServerSettings { Routes = ["n2:6222"] } },
        { "must have a server name", new ServerSettings { ClusterPort = 1, ClusterName = "C", JetStream = new() } },
        { "and a cluster name", new ServerSettings { ClusterPort = 1, Name = "n1", JetStream = new() } },
        { "'a.b'", new ServerSettings { JetStream = new() { Domain = "a.b" } } },
        { "''", new ServerSettings { JetStream = new() { Domain = "" } } },
        { "cannot be unlimited", new ServerSettings { JetStream = new() { MaxMemory = -1 } } },
        { "cannot be unlimited", new ServerSettings { JetStream = new() { MaxFile = -1 } } },
        { "'n2'", new ServerSettings { ClusterPort = 1, Routes = ["n2"] } },
        { "'[::1]'", new ServerSettings { ClusterPort = 1, Routes = ["[::1]"] } },
        { "'n2:'", new ServerSettings { ClusterPort = 1, Routes = ["n2:"] } },
        { "Passwords belong", new ServerSettings { ClusterPort = 1, Routes = ["nats://u:p@n2:1"] } },
        { "'nats://@n2:1'", new ServerSettings { ClusterPort = 1, Routes = ["nats://@n2:1"] } },
        { "'n2:1 '", new ServerSettings { ClusterPort = 1, Routes = ["n2:1 "] } },
        { "'n2:1/path'", new ServerSettings { ClusterPort = 1, Routes = ["n2:1/path"] } },
        { "'ws://n2'", new ServerSettings { ClusterPort = 1, Routes = ["ws://n2"] } },
        { "'http://n2:1'", new ServerSettings { ClusterPort = 1, Routes = ["http://n2:1"] } },
        { "not both", new ServerSettings { HttpPort = 1, HttpsPort = 2, Tls = Tls } },
        { "require the certificate", new ServerSettings { HttpsPort = 2 } },
        { "certificate and its key", new ServerSettings { Tls = new() { Certificate = "c" } } },
        { "certificate and its key", new ServerSettings { Tls = new() { HandshakeFirst = true } } },
        { "file of the authority", new ServerSettings { Tls = Tls with { Verifies = true } } },
        { "TLS timeout", new ServerSettings { Tls = Tls with { Timeout = TimeSpan.Zero } } },
        { "requires TLS", new ServerSettings { WebSocket = new() { Port = 1 } } },
        { "require a WebSocket port", new ServerSettings { WebSocket = new() { WithoutTls = true } } },
        { "require a WebSocket port", new ServerSettings { WebSocket = new() { Origins = ["https://a"] } } },
        { "'https://a/b'", new ServerSettings { WebSocket = new() { Port = 1, WithoutTls = true, Origins = ["https://a/b"] } } },
        { "'a'", new ServerSettings { WebSocket = new() { Port = 1, WithoutTls = true, Origins = ["a"] } } },
        { "cookie", new ServerSettings { WebSocket = new() { Port = 1, WithoutTls = true, TokenCookie = "a b" } } },
        { "Port 1", new ServerSettings { WebSocket = new() { Port = 1, WithoutTls = true }, MqttPort = 1, Name = "n", JetStream = new() } },
        { "server name", new ServerSettings { MqttPort = 1, JetStream = new() } },
        { "requires JetStream", new ServerSettings { MqttPort = 1, Name = "n" } },
        { "gateway port", new ServerSettings { Gateway = new() { RejectsUnknown = true } } },
        { "gateway port", new ServerSettings { Gateway = new() { Clusters = West } } },
        { "requires a cluster name", new ServerSettings { Gateway = new() { Port = 1 } } },
        { "no address", new ServerSettings { ClusterName = "c",
            Gateway = new() { Port = 1, Clusters = new Dictionary<string, IReadOnlyList<string>> { ["w"] = [] } } } },
        { "'w1'", new ServerSettings { ClusterName = "c",
            Gateway = new() { Port = 1, Clusters = new Dictionary<string, IReadOnlyList<string>> { ["w"] = ["w1"] } } } },
        { "requires a cluster port", new ServerSettings { ClusterName = "c", Routes = ["n2:1"], Gateway = new() { Port = 1 } } },
        { "requires an address", new ServerSettings { LeafNodes = new() { Remotes = [new([], "A", null)] } } },
        { "specified twice", new ServerSettings { HttpPort = 4222 } },
        { "not an address", new ServerSettings { Host = "[::1]" } },
        { "not an address", new ServerSettings { Host = "not an address!" } },
        { "specified twice", new ServerSettings { LeafNodes = new() { Remotes = [new(["h:1"], "A", null), new(["h:1"], "A", "x")] } } },
        { "are mixed", new ServerSettings { LeafNodes = new() { Remotes = [new(["h:1", "ws://h:2"], "A", null)] } } },
        { "'http://h:1'", new ServerSettings { LeafNodes = new() { Remotes = [new(["http://h:1"], "A", null)] } } },
        { "read the $", new ServerSettings { LeafNodes = new() { Remotes = [new(["h:1"], "A", "/a$b")] } } },
        { "connections 0", new ServerSettings { Limits = new() { MaxConnections = 0 } } },
        { "subscriptions -2", new ServerSettings { Limits = new() { MaxSubscriptions = -2 } } },
        { "message size Unlimited", new ServerSettings { Limits = new() { MaxPayload = -1 } } },
        { "control line size 2147483648", new ServerSettings { Limits = new() { MaxControlLine = 1L << 31 } } },
        { "cannot be larger", new ServerSettings { Limits = new() { MaxPayload = 65L << 20 } } },
        { "cannot be larger", new ServerSettings { Limits = new() { MaxPayload = 2, MaxPending = 1 } } },
    };

    [Theory]
    [MemberData(nameof(WrongServers))]
    public void A_server_is_told_only_what_it_takes(string named, object settings) =>
        IsRefused(named, box => new ServerConfigRequest(box.Operator, ResolverKind.Memory) { Server = (ServerSettings)settings });

    /// <summary>Only what is written here: no name, path or address gets out of its quotes, and the order is always the same.</summary>
    [Fact]
    public void Every_listener_stands_in_the_configuration_with_what_it_needs()
    {
        using StoreBox box = WithSystemAccount();
        string text = ServerConfig.Make(new ServerConfigRequest(box.Operator, ResolverKind.Memory)
        {
            TrustedProxies = ["UB", "UA", "UB"],
            PinnedAccounts = [box.Account.Subject!],
            Server = new ServerSettings
            {
                Name = "$n\"}1k", Host = "::1", HttpsPort = 8443, MqttPort = 1883, ClusterName = "c", JetStream = new(),
                Tls = Tls with { Certificate = "C:\\a b\\$x.pem", CertificateAuthority = "ca\n.pem", Verifies = true, HandshakeFirst = true,
                    Timeout = TimeSpan.FromSeconds(2.5) },
                Limits = new() { MaxConnections = -1, MaxSubscriptions = 7, MaxPayload = 8, MaxControlLine = 9, MaxPending = 10 },
                WebSocket = new() { Port = 8080, SameOrigin = true, Compresses = true, TokenCookie = "t", Origins = ["https://a.b", "http://c:1"] },
                Gateway = new() { Port = 7222, RejectsUnknown = true,
                    Clusters = new Dictionary<string, IReadOnlyList<string>> { ["west"] = ["w1:7222", "tls://w2:7222"], ["10k"] = ["e:1"] } },
                LeafNodes = new() { Remotes =
                    [new(["tls://h:7422"], box.Account.Subject!, "/l.creds"), new(["h:7422"], box.Account.Subject!, null)] },
            },
        });
        const string Certificate =
            """
                cert_file: "C:\\a b\\$x.pem"
                key_file: "k.pem"
                ca_file: "ca\x0a.pem"
            """;
        string inside = Certificate.Replace("\n", "\n    ", StringComparison.Ordinal);
        Assert.Equal(
            $$"""
            server_name: "$n\"}1k"
            host: "::1"
            https_port: 8443
            max_connections: -1
            max_subscriptions: 7
            max_payload: 8
            max_control_line: 9
            max_pending: 10

            tls {
            {{Certificate}}
                verify: true
                handshake_first: true
                timeout: "2.5s"
            }

            websocket {
                host: "::1"
                port: 8080
                same_origin: true
                allowed_origins: ["https://a.b", "http://c:1"]
                compression: true
                jwt_cookie: "t"
                tls {
                {{inside}}
                    verify: true
                    timeout: "2.5s"
                }
            }

            mqtt {
                host: "::1"
                port: 1883
                tls {
                {{inside}}
                    verify: true
                    timeout: "2.5s"
                }
            }

            gateway {
                name: "c"
                host: "::1"
                port: 7222
                reject_unknown_cluster: true
                gateways: [
                    {
                        name: "10k"
                        urls: ["nats://e:1"]
                    }
                    {
                        name: "west"
                        urls: ["nats://w1:7222", "tls://w2:7222"]
                    }
                ]
                tls {
                {{inside}}
                    verify: true
                    timeout: "2.5s"
                }
            }

            leafnodes {
                remotes: [
                    {
                        urls: ["tls://h:7422"]
                        account: "{{box.Account.Subject}}"
                        credentials: "/l.creds"
                        tls {
                        {{inside.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                            timeout: "2.5s"
                        }
                    }
                    {
                        urls: ["nats://h:7422"]
                        account: "{{box.Account.Subject}}"
                    }
                ]
            }

            jetstream {
                store_dir: "./jetstream"
            }

            proxies {
                trusted: [
                    {
                        key: "UA"
                    }
                    {
                        key: "UB"
                    }
                ]
            }

            // Operator "O"
            """,
            text[..text.IndexOf("\noperator:", StringComparison.Ordinal)]);
        Assert.Contains($"resolver: MEMORY\nresolver_pinned_accounts: [\"{box.Account.Subject}\"]\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_that_a_named_server_does_not_know_is_refused_with_the_version_that_does()
    {
        using StoreBox box = WithSystemAccount();
        string Make(string version, ServerConfigRequest request) =>
            ServerConfig.Make(request with { Versions = ServerVersions.Of([ServerVersion.Parse("2.15.1"), ServerVersion.Parse(version)]) });
        void IsSince(string setting, string before, string since, ServerConfigRequest request)
        {
            NatsKeysException error = Refused.With(ErrorCode.InvalidServerConfig, () => Make(before, request));
            Assert.All([before, setting, since], named => Assert.Contains(named, error.Message, StringComparison.Ordinal));
            Make(since, request);
        }

        var memory = new ServerConfigRequest(box.Operator, ResolverKind.Memory);
        IsSince("handshake_first", "2.10.3", "2.10.4", memory with { Server = new() { Tls = Tls with { HandshakeFirst = true } } });
        IsSince("proxies", "2.11.17", "2.12.0", memory with { TrustedProxies = ["UA"] });
        IsSince("hard_delete", "2.9.15", "2.9.16",
            new(box.Operator, ResolverKind.Full) { Settings = new() { AllowDelete = true, HardDelete = false } });

        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).AssertServerVersion = "2.11.0");
        Assert.Contains("2.11.0",
            Refused.With(ErrorCode.InvalidServerConfig, () => Make("2.10.0", new(box.Operator, ResolverKind.Memory))).Message,
            StringComparison.Ordinal);
        Make("2.11.0", new(box.Operator, ResolverKind.Memory));
    }

    [Fact]
    public void A_system_account_that_servers_do_not_trust_is_refused()
    {
        using StoreBox box = WithSystemAccount();
        using NatsKeyPair stranger = NatsKeyPair.Generate(NatsKeyType.Operator);
        box.Save(StoreBox.A, box.Account.Wanted, stranger);
        Assert.Contains(stranger.PublicKey, Refused.With(ErrorCode.InvalidServerConfig, () => Memory(box)).Message, StringComparison.Ordinal);

        using StoreBox late = WithSystemAccount();
        late.Resign(StoreBox.A, claims => claims.Expires = late.Clock.GetUtcNow().ToUnixTimeSeconds());
        Assert.Contains("account O/A", Refused.With(ErrorCode.InvalidServerConfig, () => Memory(late)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_of_another_operator_is_refused()
    {
        using StoreBox box = WithSystemAccount().With(new EntityPath("P", "B"));
        var foreign = (NatsAccount)box.Store.Get(new EntityPath("P", "B"));
        IsRefused("account P/B", _ => new ServerConfigRequest(box.Operator, ResolverKind.Memory) { Accounts = [foreign] });
        IsRefused("full resolver", _ => new ServerConfigRequest((NatsOperator)box.Store.Get(new EntityPath("P")), ResolverKind.Full));
        IsRefused("JetStream", _ =>
            new ServerConfigRequest((NatsOperator)box.Store.Get(new EntityPath("P")), ResolverKind.Memory) { Server = new() { JetStream = new() } });
    }

    private static string Memory(StoreBox box) => ServerConfig.Make(new ServerConfigRequest(box.Operator, ResolverKind.Memory));

    private static StoreBox WithSystemAccount()
    {
        StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.A);
        box.Resign(StoreBox.O, claims => ((OperatorClaims)claims).SystemAccount = box.Account.Subject);
        return box;
    }

    private static void IsRefused(string named, Func<StoreBox, ServerConfigRequest> request)
    {
        using StoreBox box = WithSystemAccount();
        NatsKeysException error = Refused.With(ErrorCode.InvalidServerConfig, () => ServerConfig.Make(request(box)));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }
}
