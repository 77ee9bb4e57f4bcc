using NatsKeys.Claims;

namespace NatsKeys.Core.Tests.Schema;

/// <summary>
/// Fills claims with what an administrator may have in mind, each member by its name. A member that it does not know gets any text, which
/// a schema that asks for more refuses: so a new claim is missed here too.
/// </summary>
/// <param name="random">What decides.</param>
/// <param name="texts">Texts for people; never none.</param>
/// <param name="fillsAll">Whether every member gets a value.</param>
/// <param name="within">The member that is being filled.</param>
internal sealed class ClaimFiller(Random random, IReadOnlyList<string> texts, bool fillsAll, string within = "") : ClaimReader
{
    private static readonly string[] Subjects =
        ["a", "orders.>", "orders.*.new", ">", "*.b.*", "$SYS.REQ.ACCOUNT.*.CLAIMS.UPDATE", "grüße.日本", "$1.x"];
    private static readonly string[] Placeholders = ["tele.{{name()}}.>", "{{ tag(team) }}.*", "a.{{account-tag(x)}}"];
    private static readonly string[] Urls = ["https://example.com", "http://u:p@127.0.0.1:80/a?b#c", "nats://[::1]:4222"];
    private static readonly string[] ServiceUrls = ["nats://127.0.0.1:4222", "tls://example.com", "WSS://example.com:443", "ws://[::1]"];
    private static readonly string[] Networks = ["192.0.2.0/24", "10.0.0.7/8", "2001:DB8::/32", "::ffff:192.0.2.1/128"];
    private static readonly string[] Times = ["08:00:00", "8:00:00", "23:59:59.5"];
    private static readonly string[] ConnectionTypes = ["STANDARD", "LEAFNODE_WS", "IN_PROCESS", "LATER"];
    private static readonly long[] Limits = [-1, 0, 1, 100, 1L << 33, long.MaxValue];
    private static readonly Dictionary<char, string[]> Keys = Vectors.Load("keys.json")["keys"]!.AsArray()
        .Select(key => key!["public"]!.ToString()).GroupBy(key => key[0]).ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>The public key of an account, for maps that ask for one.</summary>
    public static string AccountKey => Keys['A'][0];

    /// <summary>New claims of a kind with values in all or some members, and their standard members.</summary>
    public static T Fill<T>(T claims, Random random, IReadOnlyList<string> texts, bool fillsAll)
        where T : ClaimSet
    {
        var filler = new ClaimFiller(random, texts, fillsAll);
        claims.Map(filler);
        claims.Subject = filler.Key(claims.KindText!.ToUpperInvariant()[0]);
        claims.Name = filler.Any();
        claims.Audience = filler.Any();
        claims.Tags = filler.List(filler.Any);
        claims.Expires = filler.Time();
        claims.NotBefore = filler.Time();
        return claims;
    }

    public override string? Text(string name, string? value) => name switch
    {
        "kind" => value,
        "subject" or "dest" or "results" => Pick(Subjects),
        "account" or "key" => Key('A'),
        "type" => Pick("stream", "service"),
        "start" or "end" => Pick(Times),
        _ when !Fills() => value,
        "local_subject" or "to" => Pick(Subjects),
        "system_account" or "issuer_account" => Key('A'),
        "xkey" => Key('X'),
        "cluster_traffic" => Pick("system", "owner"),
        "response_type" => Pick("Singleton", "Stream", "Chunked"),
        "info_url" => Pick(Urls),
        "account_server_url" => Pick("nats://127.0.0.1:4222", "https://example.com/jwt/v1"),
        "assert_server_version" => Pick("2.10.0", "10.0.123"),
        "times_location" => Pick("UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"),
        _ => Any(),
    };

    public override long Integer(string name, long value, long absent = 0, long minimum = long.MinValue, long maximum = long.MaxValue) => name switch
    {
        _ when !Fills() => value,
        "weight" or "sampling" => random.Next(1, 101),
        "max" or "ttl" => random.NextInt64(long.MinValue, long.MaxValue),
        "response_threshold" => random.NextInt64(long.MaxValue),
        "account_token_position" => random.Next(1, 100),
        _ => Limits[random.Next(Limits.Length)],
    };

    protected override ulong Unsigned(string name, ulong value) => throw NotInFiles();

    protected override bool Flag(string name, bool value) => Fills() ? !value : value;

    public override ClaimList<string> Texts(string name, ClaimList<string> values, bool commaSeparated = false) => List(() => name switch
    {
        "allow" or "deny" when random.Next(5) == 0 && within.Contains("template", StringComparison.Ordinal) => Pick(Placeholders),
        "allow" or "deny" when random.Next(3) == 0 && within.EndsWith("sub", StringComparison.Ordinal) => Pick(Subjects) + " workers.*",
        "allow" or "deny" => Pick(Subjects),
        "signing_keys" => Key('O'),
        "auth_users" => Key('U'),
        "allowed_accounts" => random.Next(3) == 0 ? "*" : Key('A'),
        "operator_service_urls" => Pick(ServiceUrls),
        "src" => Pick(Networks),
        "allowed_connection_types" => Pick(ConnectionTypes),
        _ => Any(),
    });

    protected override ClaimList<ClaimList<string>> TextLists(string name, ClaimList<ClaimList<string>> values) => throw NotInFiles();

    protected override long Sampling(string name, long value) => random.Next(101);

    protected override T Object<T>(string name, T value) => Filled(name, value);

    protected override T? Optional<T>(string name, T? value)
        where T : class => Fills() ? Filled(name, new T()) : null;

    protected override ClaimList<T> Objects<T>(string name, ClaimList<T> values) => fillsAll && new T() is IPlainForm
        ? [Plain<T>(), Filled(name, new T())]
        : List(() => Item<T>(name));

    protected override ClaimTable<long> IntegerMap(string name, ClaimTable<long> values) =>
        Map(() => random.Next(3) == 0 ? "*" : Key(within.Length == 0 ? 'U' : 'A'), () => random.NextInt64());

    protected override ClaimTable<T> ObjectMap<T>(string name, ClaimTable<T> values) =>
        Map(() => "R" + random.Next(1, 6), () => Filled(name, new T()));

    protected override ClaimTable<ClaimList<T>> ListMap<T>(string name, ClaimTable<ClaimList<T>> values) =>
        Map(() => Pick(Subjects), () => List(() => Item<T>(name)));

    private static InvalidOperationException NotInFiles() => new("Entity files do not hold claims of this kind.");

    private bool Fills() => fillsAll || random.Next(2) == 0;

    private string Any() => texts[random.Next(texts.Count)];

    private string Pick(params string[] values) => values[random.Next(values.Length)];

    private string Key(char type) => Pick(Keys[type]);

    private long Time() => Fills() ? random.Next(4) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(1, int.MaxValue) : 0;

    private ClaimList<T> List<T>(Func<T> item) => [.. Enumerable.Range(0, fillsAll ? 1 : random.Next(4)).Select(_ => item())];

    private ClaimTable<T> Map<T>(Func<string> name, Func<T> value)
    {
        var map = new ClaimTable<T>();
        foreach (string each in List(name))
        {
            map[each] = value();
        }

        return map;
    }

    private T Filled<T>(string name, T value)
        where T : ClaimObject
    {
        value.Map(new ClaimFiller(random, texts, fillsAll, $"{within}.{name}"));
        return value;
    }

    private T Item<T>(string name)
        where T : ClaimObject, new() => new T() is IPlainForm && random.Next(2) == 0 ? Plain<T>() : Filled(name, new T());

    private T Plain<T>()
        where T : ClaimObject, new()
    {
        var item = new T();
        ((IPlainForm)item).Plain = Key('A');
        return item;
    }
}
