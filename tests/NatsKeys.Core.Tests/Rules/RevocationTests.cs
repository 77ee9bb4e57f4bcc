using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

public class RevocationTests
{
    public static TheoryData<string, string> Cases => Vectors.Cases("revocation.json", "cases", "issued_at");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Keys_are_revoked_up_to_a_second(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        bool revoked = Revocations.IsRevoked(Read(vector["revocations"]!), vector.Text("subject"), vector["issued_at"]!.GetValue<long>());
        Assert.True(vector.Flag("revoked") == revoked, id);
    }

    [Fact]
    public void A_revocation_is_never_moved_back_and_one_for_all_covers_others()
    {
        JsonObject file = Vectors.Load("revocation.json");
        ClaimTable<long> list = Read(file["compact"]!["before"]!);
        Assert.Equal(file["compact"]!["removed"]!.AsArray().Select(key => key!.ToString()), Revocations.Compact(list));
        Assert.Equal(Read(file["compact"]!["after"]!), list);

        Revocations.Revoke(list, "c", 50);
        Assert.Equal(101, list["c"]);
        Revocations.Revoke(list, "c", 150);
        Assert.Equal(150, list["c"]);
    }

    private static ClaimTable<long> Read(JsonNode map)
    {
        var list = new ClaimTable<long>();
        foreach ((string key, JsonNode? time) in map.AsObject())
        {
            list[key] = time!.GetValue<long>();
        }

        return list;
    }
}
