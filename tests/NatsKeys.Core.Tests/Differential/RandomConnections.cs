using System.Globalization;
using System.Text.Json.Nodes;

namespace NatsKeys.Core.Tests.Differential;

/// <summary>
/// Makes up whom servers let in: hours, networks, connection types and bearers, near the time and the addresses of a test, and such that are none.
/// </summary>
/// <param name="seed">Which ones.</param>
internal sealed class RandomConnections(int seed)
{
    private static readonly string[] Networks =
    [
        "127.0.0.0/8", "127.0.0.1/32", "127.0.0.2/32", "127.0.0.2/31", "127.0.0.3/30", "127.0.0.128/25", "10.0.0.0/8", "0.0.0.0/0", "128.0.0.0/1",
        "::/0", "::1/128", "fe80::/10", "::ffff:127.0.0.1/128", "::ffff:127.0.0.2/104",
        "::ffff:0:0/96", "::ffff:10.0.0.0/104", "::ffff:7f00:2/128", "0:0:0:0:0:ffff:127.0.0.0/120", "::127.0.0.1/128", "::ffff:127.0.0.1/95",
        "127.0.0.1/0032",
    ];

    private static readonly string[] BadNetworks =
    [
        "127.0.0.1", "127.0.0.1/33", "127.0.0.01/8", "127.1/8", "0x7f.0.0.1/8", "127.0.0.1/", "/8", "", "127.0.0.0/8 ", " 127.0.0.0/8",
        "127.0.0.0/8,10.0.0.0/8", "localhost/8", "[::1]/128", "::1%lo/128", "127.0.0.256/8",
        "127.0.0.1/-8", "127.0.0.1/8/8", "1::2::3/64", "::12345/64", "2130706433/8", "::ffff:127.0.0.01/104", "::1/129",
    ];

    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati",
        "Asia/Kathmandu", "Australia/Lord_Howe", "Etc/GMT+12", "EST", "Local",
    ];

    private static readonly string[] BadZones =
        ["utc", "europe/berlin", "W. Europe Standard Time", "Europe/Nowhere", "Europe", "../UTC", "/UTC", "GMT+25", "UTC ", "zone.tab"];
    private static readonly string[] BadTimes = ["24:00:00", "8:00", "08:60:00", "", " 08:00:00", "08:00:00Z", "noon", "08:00:60", "-1:00:00"];
    private static readonly string[] Types =
        ["STANDARD", "standard", "Standard", "WEBSOCKET", "MQTT", "MQTT_WS", "LEAFNODE", "LEAFNODE_WS", "IN_PROCESS", "PIGEON", "", " STANDARD",
            "STANDARD,MQTT"];
    private static readonly int[] Distances = [-1380, -720, -360, -120, -60, -10, 10, 60, 120, 360, 720, 1380];

#pragma warning disable CA5394 // Nothing secret comes of it, and a seed must give the same again.
    private readonly Random random = new(seed);

    /// <summary>Gets whether something of this probability happens.</summary>
    internal bool Happens(double probability) => random.NextDouble() < probability;

    /// <summary>Gets one of some things.</summary>
    internal T One<T>(params T[] things) => things[random.Next(things.Length)];
#pragma warning restore CA5394

    /// <summary>What decides who is let in, of a user or of the template of a role.</summary>
    /// <param name="now">The time of the test. What begins or ends does so some minutes before or after it.</param>
    internal JsonObject Restrictions(DateTimeOffset now)
    {
        var made = new JsonObject { ["subs"] = -1, ["data"] = -1, ["payload"] = -1 };
        if (Happens(0.4))
        {
            made["src"] = List(1, 2, 3, () => Happens(0.06) ? One(BadNetworks) : One(Networks));
        }

        if (Happens(0.4))
        {
            string? zone = Happens(0.2) ? null : Happens(0.07) ? One(BadZones) : One(Zones);
            TimeZoneInfo there = zone is null or "Local" ? TimeZoneInfo.Local : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? known)
                ? known : TimeZoneInfo.Utc;
            made["times"] = List(1, 1, 2, () => Range(TimeZoneInfo.ConvertTime(now, there)));
            if (zone is not null)
            {
                made["times_location"] = zone;
            }
        }

        if (Happens(0.3))
        {
            made["allowed_connection_types"] = List(0, 1, 2, () => Happens(0.4) ? "STANDARD" : One(Types));
        }

        if (Happens(0.3))
        {
            made["bearer_token"] = true;
        }

        return made;
    }

    private JsonObject Range(DateTimeOffset local)
    {
        string Time() => Happens(0.03) ? One(BadTimes)
            : local.AddMinutes(One(Distances)).ToString(Happens(0.9) ? "HH:mm:ss" : "H:mm:ss", CultureInfo.InvariantCulture);
        string start = Time();
        return new JsonObject { ["start"] = start, ["end"] = Happens(0.05) ? start : Time() };
    }

    private JsonArray List(int fewest, int usual, int most, Func<JsonNode> make) =>
        [.. Enumerable.Range(0, One(fewest, usual, usual, most)).Select(_ => make())];
}
