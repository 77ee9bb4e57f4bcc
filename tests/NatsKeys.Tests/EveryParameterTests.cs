using System.Globalization;
using System.Text.Json.Nodes;
using NatsKeys.Tests.Help;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>
/// Every parameter that says something about an entity stands in its token, under the name and in the form that the specification gives it.
/// </summary>
public class EveryParameterTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    private const string OperatorToken = "(Get-NatsOperator O -Store $s).Jwt";
    private const string AccountToken = "(Get-NatsAccount A -Store $s).Jwt";
    private const string NewAccountToken = "(Get-NatsAccount N -Store $s).Jwt";
    private const string UserToken = "(Get-NatsUser U -Account A -Store $s).Jwt";
    private const string NewUserToken = "(Get-NatsUser N -Account A -Store $s).Jwt";

    private const string Setup =
        """
        $s = New-NatsStore -InMemory
        $o = New-NatsOperator O -Store $s -ServiceUrl nats://first:1 -AccountServerUrl nats://old:1
        $ok = $o | Add-NatsSigningKey
        $a = $o | New-NatsAccount A -AllowPublish p1, p2, b1 -DenyPublish p3, p4 -AllowSubscribe s1, s2, b1 -DenySubscribe s3, s4 -AllowResponse 2
        $b = $o | New-NatsAccount B
        $ak = $a | Add-NatsSigningKey
        $bk = $b | Add-NatsSigningKey
        $role = $a | Add-NatsSigningKey -Role reader -AllowPublish p1, p2, b1 -DenyPublish p3, p4 -AllowSubscribe s1, s2, b1 -DenySubscribe s3,
            s4 -AllowResponse 2 -SourceNetwork 192.0.2.0/24, 198.51.100.0/24 -ConnectionType MQTT, STANDARD -AllowedTime 01:00:00-02:00:00,
            03:00:00-04:00:00
        $u = $a | New-NatsUser U -Tag old -AllowPublish p1, p2, b1 -DenyPublish p3, p4 -AllowSubscribe s1, s2, b1 -DenySubscribe s3,
            s4 -AllowResponse 2 -SourceNetwork 192.0.2.0/24, 198.51.100.0/24 -ConnectionType MQTT, STANDARD -AllowedTime 01:00:00-02:00:00,
            03:00:00-04:00:00
        $a | Add-NatsExport svc.* Service -LatencySubject lat
        $a | Add-NatsExport str.> Stream
        $b | Add-NatsExport theirs.* Service
        $b | Add-NatsExport secret.* Service -Private
        $a | Add-NatsImport theirs.a -From $b
        $b | Add-NatsExport flow Stream
        $a | Add-NatsImport flow -From $b
        $b | Add-NatsExport flow2 Stream
        $curve = New-NatsKeyPair Curve
        $ident = New-NatsKeyPair Account
        $uident = New-NatsKeyPair User
        $oident = New-NatsKeyPair Operator
        """;

    private static readonly Row[] Rows =
    [
        .. EntityRows(),
        .. AccountRows("New-NatsAccount N -Operator $o", NewAccountToken),
        .. AccountRows("$a | Set-NatsAccount", AccountToken),
        .. PermissionRows("New-NatsAccount N -Operator $o", NewAccountToken, "nats.default_permissions.", []),
        .. PermissionRows("$a | Set-NatsAccount", AccountToken, "nats.default_permissions.", ["p1", "p2", "b1"]),
        .. RemovalRows("$a | Set-NatsAccount", AccountToken, "nats.default_permissions."),
        .. AdditionRows("$a | Set-NatsAccount", AccountToken, "nats.default_permissions."),
        .. PermissionRows("New-NatsUser N -Account $a", NewUserToken, "nats.", []),
        .. UserRows("New-NatsUser N -Account $a", NewUserToken, "nats."),
        .. PermissionRows("$u | Set-NatsUser", UserToken, "nats.", ["p1", "p2", "b1"]),
        .. UserRows("$u | Set-NatsUser", UserToken, "nats."),
        .. RemovalRows("$u | Set-NatsUser", UserToken, "nats."),
        .. AdditionRows("$u | Set-NatsUser", UserToken, "nats."),
        .. UserAdditionRows("$u | Set-NatsUser", UserToken, "nats."),
        .. UserRemovalRows("$u | Set-NatsUser", UserToken, "nats."),
        .. PermissionRows("$a | Add-NatsSigningKey -Role new", AccountToken, "nats.signing_keys[role=new].template.", []),
        .. UserRows("$a | Add-NatsSigningKey -Role new", AccountToken, "nats.signing_keys[role=new].template."),
        .. PermissionRows("$role | Set-NatsSigningKey", AccountToken, "nats.signing_keys[role=reader].template.", ["p1", "p2", "b1"]),
        .. UserRows("$role | Set-NatsSigningKey", AccountToken, "nats.signing_keys[role=reader].template."),
        .. RemovalRows("$role | Set-NatsSigningKey", AccountToken, "nats.signing_keys[role=reader].template."),
        .. AdditionRows("$role | Set-NatsSigningKey", AccountToken, "nats.signing_keys[role=reader].template."),
        .. UserAdditionRows("$role | Set-NatsSigningKey", AccountToken, "nats.signing_keys[role=reader].template."),
        .. UserRemovalRows("$role | Set-NatsSigningKey", AccountToken, "nats.signing_keys[role=reader].template."),
        .. ExportRows("$a | Add-NatsExport new.* Service", "nats.exports[subject=new.*]."),
        .. ExportRows("$a | Set-NatsExport svc.*", "nats.exports[subject=svc.*]."),
        .. ItemRows(),
    ];

    // They say which entity or which part of it is meant, where it lies, or what the cmdlet gives. -SigningKey has a test of its own below.
    private static readonly string[] Selecting = ["Store", "PassThru", "IfExists", "InputObject", "Operator", "Account", "SigningKey"];

    private static readonly string[] SelectingHere =
    [
        "Set-NatsUser -User", "Set-NatsUser -Role",
        "Set-NatsExport -Subject", "Set-NatsExport -Type", "Set-NatsImport -Subject", "Set-NatsImport -Type",
        "Set-NatsImport -From", "Set-NatsExport -Row", "Set-NatsImport -Row", "Set-NatsJetStreamLimit -Row", "Set-NatsAuthCallout -Row",
        "Set-NatsSigningKey -Key", "Rename-NatsUser -User", "New-NatsActivation -Export", "Add-NatsImport -Export", "Add-NatsRevocation -Type",
        "Add-NatsRevocation -Row", "Add-NatsExport -Row", "Add-NatsImport -Row", "Add-NatsSubjectMapping -Row",
    ];

    private static readonly string[] Verbs = ["New", "Set", "Add", "Rename"];
    private static readonly string[] NounsWithoutClaims =
        ["NatsStore", "NatsKeyPair", "NatsPermission", "NatsServerConfig", "NatsSignature", "NatsSigningRequest"];

    public static TheoryData<string> Settings => [.. Rows.Select(row => row.ToString())];

    public static TheoryData<string> Editors => [.. Rows.Select(row => row.Cmdlet).Distinct(StringComparer.Ordinal)];

    // What names a new entity, and what it is created with, does not change an entity that exists. Activations have a test of their own.
    public static TheoryData<string> Changes => [.. Rows
        .Where(row => (row.Cmdlet.StartsWith("Set-", StringComparison.Ordinal) && row.Parameter != "Token")
            || (row.Cmdlet is "New-NatsOperator" or "New-NatsAccount" or "New-NatsUser"
                && row.Parameter is not ("Name" or "Key" or "GenerateSigningKey" or "SystemAccount" or "Role")))
        .Select(row => row.ToString())
        .Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_parameter_is_read_back_from_the_token(string setting)
    {
        Row row = Rows.Single(row => row.ToString() == setting);
        PowerShellSession session = commands.Session;
        session.Run(Setup);
        RunResult result = session.Run($"$result = {row.Script}");
        Assert.Empty(result.Errors);

        JsonNode? found = Select(EntityFiles.Payload((string)session.Run(row.Token).Single.BaseObject), row.Path);
        JsonNode? expected = JsonNode.Parse(WithKeys(row.Expected, session));
        Assert.True(JsonNode.DeepEquals(expected, found),
            $"{row.Path} is {found?.ToJsonString() ?? "null"}, and {expected?.ToJsonString() ?? "null"} was expected.");
    }

    /// <summary>What is typed is what -WhatIf names.</summary>
    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_names_the_parameter_that_was_typed(string change)
    {
        Row row = Rows.First(row => row.ToString() == change);
        PowerShellSession session = commands.Session;
        session.Run(Setup);
        string script = row.Script;
        if (row.Cmdlet.StartsWith("New-", StringComparison.Ordinal))
        {
            Assert.Empty(session.Run($"$null = {row.Call}").Errors);
            script += " -IfExists Update";
        }

        string[] named = row.Parameter switch
        {
            "AllowPublishSubscribe" or "AddAllowPublishSubscribe" or "RemoveAllowPublishSubscribe" => ["AllowPublish", "AllowSubscribe"],
            "Permission" => ["AllowPublish"],
            "RemoveResponse" => ["AllowResponse", "ResponseTtl"],
            "Enable" => ["MaxMemory", "MaxDisk"],
            "Tier" => ["tier R3"],
            var list when list.StartsWith("Add", StringComparison.Ordinal) => [list["Add".Length..]],
            var list when list.StartsWith("Remove", StringComparison.Ordinal) => [list["Remove".Length..]],
            var same => [same],
        };
        string differences = string.Join('\n', session.RunText($"{script} -WhatIf").Split('\n')[1..]);
        Assert.All(named, name => Assert.Matches($@"(^|\W){name}\b", differences));
    }

    [Theory]
    [MemberData(nameof(Editors))]
    public void The_key_that_was_asked_for_is_the_issuer(string cmdlet)
    {
        Row row = Rows.First(row => row.Cmdlet == cmdlet);
        PowerShellSession session = commands.Session;
        session.Run(Setup);
        string kind = EntityFiles.Payload((string)session.Run($"$result = {row.Script}; {row.Token}").Single.BaseObject)["nats"]!["type"]!.ToString();
        (string key, string publicKey) = kind switch
        {
            "operator" when cmdlet == "New-NatsOperator" => ("$oident -Key $oident", "$oident.PublicKey"),
            "operator" => ("(Get-NatsKeyPair $o.Subject -Store $s)", "$o.Subject"),
            "account" => ("$ok", "$ok.PublicKey"),
            "activation" => ("$bk", "$bk.PublicKey"),
            _ => ("$ak", "$ak.PublicKey"),
        };

        session.Run(Setup);
        RunResult result = session.Run($"$result = {row.Script} -SigningKey {key}");
        Assert.Empty(result.Errors);

        Assert.Equal(session.Run(publicKey).Single.BaseObject,
            EntityFiles.Payload((string)session.Run(row.Token).Single.BaseObject)["iss"]!.ToString());
    }

    [Fact]
    public void No_parameter_that_states_something_is_missing_here()
    {
        IEnumerable<string> parameters = commands.All
            .Where(command => Verbs.Contains(command.Verb) && !NounsWithoutClaims.Contains(command.Noun))
            .SelectMany(command => ModuleCommands.OwnParameters(command).Select(parameter => parameter.Name).Distinct()
                .Where(parameter => !Selecting.Contains(parameter))
                .Select(parameter => $"{command.Name} -{parameter}"));
        Assert.Empty(parameters.Except(Rows.Select(row => $"{row.Cmdlet} -{row.Parameter}")).Except(SelectingHere));
    }

    private static IEnumerable<Row> EntityRows()
    {
        foreach ((string cmdlet, string token, bool isNew) in new[]
        {
            ("New-NatsOperator N -Store $s", "(Get-NatsOperator N -Store $s).Jwt", true), ("New-NatsAccount N -Operator $o", NewAccountToken, true),
            ("New-NatsUser N -Account $a", NewUserToken, true),
            ("$o | Set-NatsOperator", OperatorToken, false), ("$a | Set-NatsAccount", AccountToken, false), ("$u | Set-NatsUser", UserToken, false),
        })
        {
            yield return new(cmdlet, "Expires", "2099-01-31", token, "exp", "4073500800");
            yield return new(cmdlet, "NotBefore", "2098-01-31T12:00:00Z", token, "nbf", "4042008000");
            yield return new(cmdlet, "Tag", "' Team:X ', y", token, "nats.tags", """["team:x","y"]""");
            if (!isNew)
            {
                yield return new(cmdlet, "AddTag", "Team:X", token, "nats.tags[last]", "\"team:x\"");
            }
        }

        yield return new("New-NatsOperator", "Name", "N -Store $s", "(Get-NatsOperator N -Store $s).Jwt", "name", "\"N\"");
        yield return new("New-NatsOperator N -Store $s", "Key", "$oident", "(Get-NatsOperator N -Store $s).Jwt", "sub", "\"<oident>\"");
        yield return new("New-NatsOperator N -Store $s", "GenerateSigningKey", "", "(Get-NatsOperator N -Store $s).Jwt", "nats.signing_keys",
            "[\"<n.sk>\"]");
        yield return new("New-NatsOperator N -Store $s", "SystemAccount", "SYS", "(Get-NatsOperator N -Store $s).Jwt", "nats.system_account",
            "\"<sys>\"");
        foreach ((string cmdlet, string token) in new[] { ("New-NatsOperator N -Store $s", "(Get-NatsOperator N -Store $s).Jwt"),
            ("$o | Set-NatsOperator", OperatorToken) })
        {
            yield return new(cmdlet, "AccountServerUrl", "nats://new:4222", token, "nats.account_server_url", "\"nats://new:4222\"");
            yield return new(cmdlet, "ServiceUrl", "nats://a:1, tls://b:2", token, "nats.operator_service_urls", """["nats://a:1","tls://b:2"]""");
            yield return new(cmdlet, "RequireSigningKeys", "", token, "nats.strict_signing_key_usage", "true");
            yield return new(cmdlet, "AssertServerVersion", "2.9.1", token, "nats.assert_server_version", "\"2.9.1\"");
        }

        yield return new("$o | Set-NatsOperator", "AddServiceUrl", "nats://a:1, nats://first:1", OperatorToken, "nats.operator_service_urls",
            """["nats://first:1","nats://a:1"]""");
        yield return new("$o | Set-NatsOperator", "RemoveServiceUrl", "nats://first:1", OperatorToken, "nats.operator_service_urls", "null");
        yield return new("New-NatsAccount N -Operator $o", "GenerateSigningKey", "", NewAccountToken, "nats.signing_keys", "[\"<n.sk>\"]");
        yield return new("$o | Set-NatsOperator", "SystemAccount", "B", OperatorToken, "nats.system_account", "\"<b>\"");
        yield return new("$u | Set-NatsUser", "RemoveTag", "OLD", UserToken, "nats.tags", "null");
        yield return new("$a | Set-NatsAccount -AddTag x, y", "RemoveTag", "X", AccountToken, "nats.tags", """["x","y"]""");
        yield return new("$o | Set-NatsOperator -AddTag x, y -PassThru | Set-NatsOperator", "RemoveTag", "X", OperatorToken, "nats.tags",
            """["y"]""");
        yield return new("New-NatsAccount", "Name", "N -Operator $o", NewAccountToken, "name", "\"N\"");
        yield return new("New-NatsAccount N -Operator $o", "Key", "$ident", NewAccountToken, "sub", "\"<ident>\"");
        yield return new("New-NatsUser", "Name", "N -Account $a", NewUserToken, "name", "\"N\"");
        yield return new("New-NatsUser N -Account $a", "Key", "$uident.PublicKey", NewUserToken, "sub", "\"<uident>\"");
        yield return new("New-NatsUser N -Account $a", "Role", "reader", NewUserToken, "iss", "\"<role>\"");
        yield return new("$o | Rename-NatsOperator", "NewName", "P", "(Get-NatsOperator P -Store $s).Jwt", "name", "\"P\"");
        yield return new("$a | Rename-NatsAccount", "NewName", "N", NewAccountToken, "name", "\"N\"");
        yield return new("$u | Rename-NatsUser", "NewName", "N", NewUserToken, "name", "\"N\"");
    }

    private static IEnumerable<Row> AccountRows(string cmdlet, string token) =>
    [
        new(cmdlet, "MaxConnections", "7", token, "nats.limits.conn", "7"),
        new(cmdlet, "MaxLeafNodes", "8", token, "nats.limits.leaf", "8"),
        new(cmdlet, "MaxData", "1GiB", token, "nats.limits.data", "1073741824"),
        new(cmdlet, "MaxExports", "9", token, "nats.limits.exports", "9"),
        new(cmdlet, "MaxImports", "10", token, "nats.limits.imports", "10"),
        new(cmdlet, "MaxPayload", "64kb", token, "nats.limits.payload", "65536"),
        new(cmdlet, "MaxSubscriptions", "11", token, "nats.limits.subs", "11"),
        new(cmdlet, "AllowWildcardExports:$false", "", token, "nats.limits.wildcards", "null"),
        new(cmdlet, "DisallowBearer", "", token, "nats.limits.disallow_bearer", "true"),
        new(cmdlet, "Description", "'a text'", token, "nats.description", "\"a text\""),
        new(cmdlet, "InfoUrl", "https://example.com/x", token, "nats.info_url", "\"https://example.com/x\""),
        new(cmdlet, "TraceSubject", "traces.here", token, "nats.trace", """{"dest":"traces.here","sampling":100}"""),
        new(cmdlet + " -TraceSubject traces", "TraceSampling", "25", token, "nats.trace.sampling", "25"),
        new(cmdlet, "ClusterTraffic", "owner", token, "nats.cluster_traffic", "\"owner\""),
    ];

    /// <param name="cmdlet">What is called.</param>
    /// <param name="token">What gives the token.</param>
    /// <param name="at">Where the permissions stand in it.</param>
    /// <param name="allowed">The subjects that are allowed to be published on before; those to subscribe to begin with another letter.</param>
    private static IEnumerable<Row> PermissionRows(string cmdlet, string token, string at, string[] allowed)
    {
        // What is named replaces what is there, and what is there in the other lists stays.
        bool isNew = allowed.Length == 0;
        string List(params string[] texts) => new JsonArray([.. texts.Select(text => (JsonNode)text)]).ToJsonString();
        return
        [
            new(cmdlet, "AllowPublish", "n1, n2", token, at + "pub.allow", List("n1", "n2")),
            new(cmdlet, "DenyPublish", "n1", token, at + "pub.deny", List("n1")),
            new(cmdlet, "AllowSubscribe", "'n.> queue'", token, at + "sub.allow", List("n.> queue")),
            new(cmdlet, "DenySubscribe", "n1", token, at + "sub.deny", List("n1")),
            new(cmdlet, "AllowPublishSubscribe", "n1", token, at + "sub.allow", List("n1")),
            new(cmdlet, "Permission", "(New-NatsPermission -Request n1, n2)", token, at + "pub.allow", List("n1", "n2")),
            new(cmdlet, "AllowResponse", "5", token, at + "resp", """{"max":5,"ttl":120000000000}"""),
            new(cmdlet, "ResponseTtl", "00:00:03", token, at + "resp", isNew ? """{"max":1,"ttl":3000000000}""" : """{"max":2,"ttl":3000000000}"""),
        ];
    }

    private static IEnumerable<Row> RemovalRows(string cmdlet, string token, string at) =>
    [
        new(cmdlet, "RemoveAllowPublish", "p1, none", token, at + "pub.allow", """["p2","b1"]"""),
        new(cmdlet, "RemoveDenyPublish", "p3", token, at + "pub.deny", """["p4"]"""),
        new(cmdlet, "RemoveAllowSubscribe", "s1, b1", token, at + "sub.allow", """["s2"]"""),
        new(cmdlet, "RemoveDenySubscribe", "s3, s4", token, at + "sub.deny", "null"),
        new(cmdlet, "RemoveAllowPublishSubscribe", "b1", token, at + "pub.allow", """["p1","p2"]"""),
        new(cmdlet, "RemoveResponse", "", token, at + "resp", "null"),
    ];

    private static IEnumerable<Row> AdditionRows(string cmdlet, string token, string at) =>
    [
        new(cmdlet, "AddAllowPublish", "n1, p1", token, at + "pub.allow", """["p1","p2","b1","n1"]"""),
        new(cmdlet, "AddDenyPublish", "n1", token, at + "pub.deny", """["p3","p4","n1"]"""),
        new(cmdlet, "AddAllowSubscribe", "'n.> queue'", token, at + "sub.allow", """["s1","s2","b1","n.> queue"]"""),
        new(cmdlet, "AddDenySubscribe", "n1", token, at + "sub.deny", """["s3","s4","n1"]"""),
        new(cmdlet, "AddAllowPublishSubscribe", "n1", token, at + "sub.allow", """["s1","s2","b1","n1"]"""),
    ];

    private static IEnumerable<Row> UserAdditionRows(string cmdlet, string token, string at) =>
    [
        new(cmdlet, "AddSourceNetwork", "203.0.113.0/24", token, at + "src", """["192.0.2.0/24","198.51.100.0/24","203.0.113.0/24"]"""),
        new(cmdlet, "AddConnectionType", "WEBSOCKET, mqtt", token, at + "allowed_connection_types", """["MQTT","STANDARD","WEBSOCKET"]"""),
        new(cmdlet, "AddAllowedTime", "08:00-18:00", token, at + "times[last]", """{"start":"08:00:00","end":"18:00:00"}"""),
    ];

    private static IEnumerable<Row> UserRows(string cmdlet, string token, string at) =>
    [
        new(cmdlet, "SourceNetwork", "203.0.113.0/24", token, at + "src", """["203.0.113.0/24"]"""),
        new(cmdlet, "BearerToken", "", token, at + "bearer_token", "true"),
        new(cmdlet, "ProxyRequired", "", token, at + "proxy_required", "true"),
        new(cmdlet, "ConnectionType", "WEBSOCKET", token, at + "allowed_connection_types", """["WEBSOCKET"]"""),
        new(cmdlet, "MaxSubscriptions", "3", token, at + "subs", "3"),
        new(cmdlet, "MaxData", "4", token, at + "data", "4"),
        new(cmdlet, "MaxPayload", "5", token, at + "payload", "5"),
        new(cmdlet, "AllowedTime", "08:00-18:00", token, at + "times", """[{"start":"08:00:00","end":"18:00:00"}]"""),
        new(cmdlet, "Locale", "Europe/Berlin", token, at + "times_location", "\"Europe/Berlin\""),
    ];

    private static IEnumerable<Row> UserRemovalRows(string cmdlet, string token, string at) =>
    [
        new(cmdlet, "RemoveSourceNetwork", "192.0.2.0/24", token, at + "src", """["198.51.100.0/24"]"""),
        new(cmdlet, "RemoveConnectionType", "MQTT", token, at + "allowed_connection_types", """["STANDARD"]"""),
        new(cmdlet, "RemoveAllowedTime", "01:00:00-02:00:00", token, at + "times", """[{"start":"03:00:00","end":"04:00:00"}]"""),
    ];

    private static IEnumerable<Row> ExportRows(string cmdlet, string at) =>
    [
        new(cmdlet, "Name", "'a name'", AccountToken, at + "name", "\"a name\""),
        new(cmdlet, "Private", "", AccountToken, at + "token_req", "true"),
        new(cmdlet, "ResponseType", "Chunked", AccountToken, at + "response_type", "\"Chunked\""),
        new(cmdlet, "ResponseThreshold", "00:00:02", AccountToken, at + "response_threshold", "2000000000"),
        new(cmdlet, "LatencySubject", "lat.here", AccountToken, at + "service_latency", """{"sampling":"headers","results":"lat.here"}"""),
        new(cmdlet + " -LatencySubject lat", "LatencySampling", "20", AccountToken, at + "service_latency", """{"sampling":20,"results":"lat"}"""),
        new(cmdlet, "AccountTokenPosition", "2", AccountToken, at + "account_token_position", "2"),
        new(cmdlet, "Advertise", "", AccountToken, at + "advertise", "true"),
        new(cmdlet, "AllowTrace", "", AccountToken, at + "allow_trace", "true"),
        new(cmdlet, "Description", "'a text'", AccountToken, at + "description", "\"a text\""),
        new(cmdlet, "InfoUrl", "https://example.com", AccountToken, at + "info_url", "\"https://example.com\""),
    ];

    private static IEnumerable<Row> ItemRows() =>
    [
        new("$a | Add-NatsExport -Type Stream", "Subject", "'new.>'", AccountToken, "nats.exports[subject=new.>].type", "\"stream\""),
        new("$a | Add-NatsExport new", "Type", "Service", AccountToken, "nats.exports[subject=new].type", "\"service\""),
        new("$a | Add-NatsSigningKey", "Key", $"{ModuleTestKeys.Account}", AccountToken, "nats.signing_keys[last-or-any]",
            $"\"{ModuleTestKeys.Account}\""),
        new("$a | Add-NatsSigningKey", "Role", "new", AccountToken, "nats.signing_keys[role=new].role", "\"new\""),
        new("$a | Add-NatsSigningKey -Role new", "Description", "'a text'", AccountToken, "nats.signing_keys[role=new].description", "\"a text\""),
        new("$role | Set-NatsSigningKey", "Role", "other", AccountToken, "nats.signing_keys[role=other].key", "\"<role>\""),
        new("$role | Set-NatsSigningKey", "Description", "'a text'", AccountToken, "nats.signing_keys[role=reader].description", "\"a text\""),
        new("$a | Add-NatsImport -From $b", "Subject", "flow2", AccountToken, "nats.imports[subject=flow2].type", "\"stream\""),
        new("$a | Add-NatsImport theirs.n", "From", "B", AccountToken, "nats.imports[subject=theirs.n].account", "\"<b>\""),
        new($"$a | Add-NatsImport foreign -From {ModuleTestKeys.Account}", "Type", "Stream", AccountToken, "nats.imports[subject=foreign].type",
            "\"stream\""),
        new("$a | Add-NatsImport theirs.n -From $b", "LocalSubject", "mine", AccountToken, "nats.imports[subject=theirs.n].local_subject",
            "\"mine\""),
        new("$a | Add-NatsImport theirs.n -From $b", "Name", "'a name'", AccountToken, "nats.imports[subject=theirs.n].name", "\"a name\""),
        new("$t = $b | New-NatsActivation secret.n -TargetAccount $a; $a | Add-NatsImport secret.n -From $b", "Token", "$t", AccountToken,
            "nats.imports[subject=secret.n].token", "\"<t>\"") { Cmdlet = "Add-NatsImport" },
        new("$a | Add-NatsImport theirs.n -From $b", "Share", "", AccountToken, "nats.imports[subject=theirs.n].share", "true"),
        new("$a | Add-NatsImport flow2 -From $b", "AllowTrace", "", AccountToken, "nats.imports[subject=flow2].allow_trace", "true"),
        new("$a | Set-NatsImport theirs.a", "LocalSubject", "mine", AccountToken, "nats.imports[subject=theirs.a].local_subject", "\"mine\""),
        new("$a | Set-NatsImport theirs.a", "Name", "'a name'", AccountToken, "nats.imports[subject=theirs.a].name", "\"a name\""),
        new("$t = $b | New-NatsActivation secret.n -TargetAccount $a; $a | Add-NatsImport secret.n -From $b; $a | Set-NatsImport secret.n", "Token",
            "$t.Token", AccountToken, "nats.imports[subject=secret.n].token", "\"<t>\"") { Cmdlet = "Set-NatsImport" },
        new("$a | Set-NatsImport theirs.a", "Share", "", AccountToken, "nats.imports[subject=theirs.a].share", "true"),
        new("$a | Set-NatsImport flow", "AllowTrace", "", AccountToken, "nats.imports[subject=flow].allow_trace", "true"),
        new("$a | Add-NatsSubjectMapping -To y", "Subject", "x", AccountToken, "nats.mappings.x", """[{"subject":"y","weight":100}]"""),
        new("$a | Add-NatsSubjectMapping x", "To", "y", AccountToken, "nats.mappings.x", """[{"subject":"y","weight":100}]"""),
        new("$a | Add-NatsSubjectMapping x y", "Weight", "30", AccountToken, "nats.mappings.x", """[{"subject":"y","weight":30}]"""),
        new("$a | Add-NatsSubjectMapping x y", "Cluster", "c", AccountToken, "nats.mappings.x", """[{"subject":"y","weight":100,"cluster":"c"}]"""),
        new("Add-NatsRevocation -At 2030-01-01 -Store $s -Account A", "User", "U", AccountToken, "nats.revocations", """{"<u>":1893456000}"""),
        new("$u | Add-NatsRevocation", "At", "2030-01-01", AccountToken, "nats.revocations", """{"<u>":1893456000}"""),
        new("Add-NatsRevocation -Confirm:$false -At 2030-01-01 -Store $s -Account A -TargetAccount *", "Export", "str.>", AccountToken,
            "nats.exports[subject=str.>].revocations", """{"*":1893456000}"""),
        new("Add-NatsRevocation -At 2030-01-01 -Store $s -Account A -Export str.>", "TargetAccount", "B", AccountToken,
            "nats.exports[subject=str.>].revocations", """{"<b>":1893456000}"""),
        new("$a | Set-NatsJetStreamLimit -MaxDisk 1", "Tier", "3", AccountToken, "nats.limits.tiered_limits",
            """{"R3":{"disk_storage":1,"streams":-1,"consumer":-1}}"""),
        new("$a | Set-NatsJetStreamLimit", "MaxMemory", "512MiB", AccountToken, "nats.limits.mem_storage", "536870912"),
        new("$a | Set-NatsJetStreamLimit", "MaxDisk", "Unlimited", AccountToken, "nats.limits.disk_storage", "-1"),
        new("$a | Set-NatsJetStreamLimit -MaxDisk 1", "MaxStreams", "5", AccountToken, "nats.limits.streams", "5"),
        new("$a | Set-NatsJetStreamLimit -MaxDisk 1", "MaxConsumers", "6", AccountToken, "nats.limits.consumer", "6"),
        new("$a | Set-NatsJetStreamLimit -MaxDisk 1", "MaxAckPending", "7", AccountToken, "nats.limits.max_ack_pending", "7"),
        new("$a | Set-NatsJetStreamLimit -MaxDisk 1", "MaxMemoryStream", "8", AccountToken, "nats.limits.mem_max_stream_bytes", "8"),
        new("$a | Set-NatsJetStreamLimit -MaxDisk 1", "MaxDiskStream", "9", AccountToken, "nats.limits.disk_max_stream_bytes", "9"),
        new("$a | Set-NatsJetStreamLimit -MaxDisk 1", "MaxBytesRequired", "", AccountToken, "nats.limits.max_bytes_required", "true"),
        new("$a | Set-NatsJetStreamLimit", "Enable", "", AccountToken, "nats.limits.mem_storage", "-1"),
        new("$a | Set-NatsAuthCallout U; $v = $a | New-NatsUser V; $a | Set-NatsAuthCallout", "AddAuthUser", "V, U", AccountToken,
            "nats.authorization.auth_users", """["<u>","<v>"]""") { Cmdlet = "Set-NatsAuthCallout" },
        new("$v = $a | New-NatsUser V; $a | Set-NatsAuthCallout U, V; $a | Set-NatsAuthCallout", "RemoveAuthUser", "U", AccountToken,
            "nats.authorization.auth_users", """["<v>"]""") { Cmdlet = "Set-NatsAuthCallout" },
        new("$a | Set-NatsAuthCallout U -AllowedAccount A; $a | Set-NatsAuthCallout", "AddAllowedAccount", "B", AccountToken,
            "nats.authorization.allowed_accounts", """["<a>","<b>"]""") { Cmdlet = "Set-NatsAuthCallout" },
        new("$a | Set-NatsAuthCallout U -AllowedAccount A, B; $a | Set-NatsAuthCallout", "RemoveAllowedAccount", "A", AccountToken,
            "nats.authorization.allowed_accounts", """["<b>"]""") { Cmdlet = "Set-NatsAuthCallout" },
        new("$a | Set-NatsAuthCallout", "AuthUser", "U", AccountToken, "nats.authorization", """{"auth_users":["<u>"]}"""),
        new("$a | Set-NatsAuthCallout U", "AllowedAccount", "B", AccountToken, "nats.authorization.allowed_accounts", """["<b>"]"""),
        new("$a | Set-NatsAuthCallout U", "EncryptionKey", "$curve", AccountToken, "nats.authorization.xkey", "\"<curve>\""),
        new("$a | Set-NatsAuthCallout U -EncryptionKey $curve; $a | Set-NatsAuthCallout", "RemoveEncryptionKey", "", AccountToken,
            "nats.authorization.xkey", "null") { Cmdlet = "Set-NatsAuthCallout" },
        new("$b | New-NatsActivation -TargetAccount $a", "Subject", "secret.x", "$result.Token", "nats.subject", "\"secret.x\""),
        new("$b | New-NatsActivation secret.x", "TargetAccount", "A", "$result.Token", "sub", "\"<a>\""),
        new("$b | New-NatsActivation secret.x -TargetAccount A", "Type", "Service", "$result.Token", "nats.kind", "\"service\""),
        new("$b | New-NatsActivation secret.x -TargetAccount A", "Expires", "2099-01-31", "$result.Token", "exp", "4073500800"),
        new("$b | New-NatsActivation secret.x -TargetAccount A", "NotBefore", "2098-01-31T12:00:00Z", "$result.Token", "nbf", "4042008000"),
    ];

    /// <summary>The node at a path such as <c>nats.exports[subject=x].name</c>.</summary>
    private static JsonNode? Select(JsonNode? node, string path)
    {
        while (path.Length > 0 && node is not null)
        {
            if (path[0] == '[')
            {
                string filter = path[1..path.IndexOf(']', StringComparison.Ordinal)];
                path = path[(filter.Length + 2)..].TrimStart('.');
                node = Item(node.AsArray(), filter);
                continue;
            }

            int end = path.AsSpan().IndexOfAny('.', '[');
            string name = end < 0 ? path : path[..end];
            path = end < 0 ? "" : path[end..].TrimStart('.');
            node = node[name];
        }

        return node;
    }

    private static JsonNode? Item(JsonArray items, string filter) => filter.Split('=') switch
    {
        ["last"] => items[^1],
        ["last-or-any"] => items.Single(item => item is JsonValue && item.ToString() == ModuleTestKeys.Account),
        [var member, var value] => items.Single(item => item is JsonObject entry && entry[member]?.ToString() == value),
        _ => throw new ArgumentException(filter),
    };

    private static string WithKeys(string expected, PowerShellSession session)
    {
        foreach ((string name, string expression) in new[]
        {
            ("a", "$a.Subject"), ("b", "$b.Subject"), ("u", "$u.Subject"), ("v", "$v.Subject"), ("role", "$role.PublicKey"),
            ("curve", "$curve.PublicKey"), ("t", "$t.Token"),
            ("ident", "$ident.PublicKey"), ("role", "$role.PublicKey"), ("uident", "$uident.PublicKey"), ("oident", "$oident.PublicKey"),
            ("n.sk", "$result.SigningKeys[0].PublicKey"), ("sys", "(Get-NatsAccount SYS -Operator N -Store $s).Subject"),
        })
        {
            if (expected.Contains($"<{name}>", StringComparison.Ordinal))
            {
                expected = expected.Replace($"<{name}>", (string)session.Run(expression).Single.BaseObject, StringComparison.Ordinal);
            }
        }

        return expected;
    }

    private sealed record Row(string Call, string Parameter, string Argument, string Token, string Path, string Expected)
    {
        public string Cmdlet { get; init; } = Call.Split(' ').Last(word => word.Contains("-Nats", StringComparison.Ordinal) && word[0] != '-');

        public string Parameter { get; } = Parameter.Split(':')[0];

        public string Script { get; } = string.Create(CultureInfo.InvariantCulture, $"{Call} -{Parameter} {Argument}").TrimEnd();

        public override string ToString() => $"{Script}: {Path}";
    }

    private static class ModuleTestKeys
    {
        public const string Account = "ABHYL27UAHHQXA5HLH2YWHFQBIP4YMPC7RNZ4PSFRAMJHSSZUUIXF2RV";
    }
}
